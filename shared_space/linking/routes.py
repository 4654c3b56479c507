"""Inviting, opening, accepting, confirming, leaving (protocol §7 and §10)."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response
from sqlalchemy.exc import IntegrityError

from shared_space import clock, limits, realtime
from shared_space.access import member
from shared_space.accounts.me import me
from shared_space.accounts.models import Account
from shared_space.boxes import INVITED_WRAP, PIN, SHARED_ENTRY, SPACE_WRAP, check, on_the_wire
from shared_space.candle.models import Candle
from shared_space.db import db, take_turns, writing
from shared_space.errors import Refusal
from shared_space.journals.entries import Entry, shown
from shared_space.journals.models import Journal, Reached
from shared_space.linking import bodies
from shared_space.linking.models import MOST_OPEN, Invitation, Membership, Space
from shared_space.linking.parting import part
from shared_space.wire import MINUTE, answer, b64, body_of, nothing

bp = Blueprint("linking", __name__, url_prefix="/api")
HELLO_BODY = on_the_wire(SHARED_ENTRY) + on_the_wire(PIN)


def not_found() -> Refusal:
    """Own, closed, claimed by another, voided, unknown: all alike."""
    return Refusal(404, "not_found")


def who_asks() -> Account:
    """Return the member who asks, once whoever else is linking has finished."""
    take_turns("linking")
    return member()


def refuse_if_linked(account_id: bytes, inviter_id: bytes | None = None) -> None:
    """Refuse who has a space already; two who invited each other are told so."""
    mine = Membership.current(account_id)
    if mine is None:
        return
    crossed = inviter_id is not None and mine.partner_id == inviter_id
    if crossed or mine.space.state == "joining":
        raise Refusal(409, "already_joining")
    raise Refusal(409, "already_linked")


def greet(space_id: bytes, author: bytes, hello: bodies.Hello) -> None:
    """Keep a hello as the first entries of the journal to be."""
    journal = Reached(space_id, shared=True)
    Entry.write(journal, hello.id, author, 1, check(hello.box, SHARED_ENTRY), hello.tag)


@bp.post("/invitations")
@limits.writes
def invite() -> Response:
    """Make a space to be, and the door to it."""
    body = body_of(bodies.NewInvitation, HELLO_BODY)
    wrap, own = check(body.wrap, INVITED_WRAP), check(body.own, SPACE_WRAP)
    try:
        with writing():
            mine = who_asks()
            Invitation.prune()
            refuse_if_linked(mine.id)
            waiting = Invitation.open_of(mine.id)
            if len(waiting) >= MOST_OPEN:
                closing = min(one.closes for one in waiting) - clock.now()
                raise Refusal(429, "too_many", limits.seconds(closing))
            closes = clock.this_hour() + timedelta(days=body.days)
            db.session.add(
                Space(id=body.space, state="invited", inviter_id=mine.id, language=body.language)
            )
            db.session.add(Journal(id=body.space, shared=True, place=0))
            db.session.flush()
            db.session.add(
                Membership(space_id=body.space, account_id=mine.id, state="invited", wrap=own)
            )
            db.session.add(
                Invitation(
                    id=body.id,
                    space_id=body.space,
                    inviter_id=mine.id,
                    verifier=body.verifier,
                    wrap=wrap,
                    closes=closes,
                )
            )
            db.session.flush()
            greet(body.space, mine.id, body.hello)
    except IntegrityError as error:
        raise Refusal(409, "taken") from error
    return answer({"closes": closes.strftime(MINUTE)}, 201)


@bp.delete("/invitations")
@limits.writes
def take_back() -> Response:
    """Take an invitation back, or say no to who accepted it."""
    body = body_of(bodies.Which)
    with writing():
        mine, found = who_asks(), db.session.get(Invitation, body.id)
        if found is None or found.inviter_id != mine.id:
            raise not_found()
        both = [one.account_id for one in found.space.memberships]
        found.space.erase()
    realtime.tell_members(both, "linking:changed", {})
    return nothing()


@bp.post("/invitations/opening")
def open_invitation() -> Response:
    """Claim an invitation and receive what only its secret opens."""
    body = body_of(bodies.Opening)
    with writing():
        limits.count("opening", *limits.OPENING)
    with writing():
        mine = who_asks()
        Invitation.prune()
        if not Invitation.was_accepted_by(body.id, mine.id):
            refuse_if_linked(mine.id, Invitation.inviter_of(body.id, body.auth))
        claimed = Invitation.claim(body.id, body.auth, mine.id)
        shown = opened(claimed) if claimed else None
        inviter = claimed.inviter_id if claimed else None
        if claimed:
            limits.give_back("opening")
    if shown is None or inviter is None:
        raise not_found()
    realtime.tell_members([inviter], "linking:changed", {})
    return answer(shown)


def opened(found: Invitation) -> dict[str, Any]:
    """Return what opening shows."""
    return {
        "space": b64(found.space_id),
        "inviter": b64(found.inviter_id),
        "language": found.space.language,
        "wrap": b64(found.wrap),
        "hello": shown(found.space.hellos()[0]),
    }


@bp.post("/invitations/acceptance")
@limits.writes
def accept() -> Response:
    """Come in, as far as the door."""
    body = body_of(bodies.Acceptance, HELLO_BODY)
    wrap, pin = check(body.wrap, SPACE_WRAP), check(body.pin, PIN)
    try:
        with writing():
            mine = who_asks()
            Invitation.prune()
            found = Invitation.claim(body.id, body.auth, mine.id)
            if found is None:
                refuse_if_linked(mine.id)
                shown = None
            elif found.proof == body.proof:
                shown = me(mine)  # the same acceptance again
            else:
                refuse_if_linked(mine.id, found.inviter_id)
                if found.proof is not None:
                    raise not_found()
                greet(found.space_id, mine.id, body.hello)
                found.accept(mine.id, wrap, pin, body.proof)
                Invitation.void_open(mine.id)
                shown = me(mine)
            inviter = found.inviter_id if found else None
    except IntegrityError as error:
        raise Refusal(409, "already_joining") from error
    if shown is None or inviter is None:
        raise not_found()
    realtime.tell_members([inviter], "linking:changed", {})
    return answer(shown)


@bp.post("/invitations/confirmation")
@limits.writes
def confirm() -> Response:
    """Say yes: both are in."""
    body = body_of(bodies.Confirmation, on_the_wire(PIN))
    pin = check(body.pin, PIN)
    with writing():
        mine, found = who_asks(), db.session.get(Invitation, body.id)
        if found is None or found.inviter_id != mine.id or found.proof is None:
            raise not_found()
        if not found.is_open():
            raise not_found()
        space = found.space
        db.session.delete(found)
        db.session.flush()
        space.move_to("active")
        own = db.session.get_one(Membership, (space.id, mine.id))
        own.put_pin(1, pin)
        Candle.bring_together(space.id, [one.account_id for one in space.memberships])
        Invitation.void_open(mine.id)
        both, joined = [one.account_id for one in space.memberships], space.id
        db.session.expire_all()
        shown = me(member())
    for account_id in both:
        realtime.enter(account_id, joined)
    realtime.tell_members(both, "linking:changed", {})
    return answer(shown)


@bp.put("/space/pin")
@limits.writes
def put_pin() -> Response:
    """Keep the member's next pin."""
    body = body_of(bodies.NextPin, on_the_wire(PIN))
    box = check(body.box, PIN)
    with writing():
        mine = member().membership
        if mine is None or mine.space.state != "active":
            raise not_found()
        if not mine.put_pin(body.rev, box):
            raise Refusal(
                409, "conflict", current={"rev": mine.pin_rev, "box": b64(mine.pin or b"")}
            )
    return nothing()


@bp.delete("/space")
def leave() -> Response:
    """Leave: archived for both, at once, with nobody's consent."""
    with writing():
        own = who_asks().membership
        if own is None:
            raise not_found()
        left = own.space_id
        both = part(own)
    realtime.leave(left)
    realtime.tell_members(both, "linking:changed", {})
    return nothing()
