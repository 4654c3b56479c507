"""Inviting, opening, accepting, confirming, leaving (protocol §7 and §10)."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response
from sqlalchemy.exc import IntegrityError

from shared_space import clock
from shared_space.accounts import throttle
from shared_space.accounts.models import Account
from shared_space.accounts.serializers import me_payload
from shared_space.candle.models import Candle
from shared_space.encoding import MINUTE_FORMAT, base64url
from shared_space.envelopes import (
    INVITED_WRAP,
    PIN,
    SHARED_ENTRY,
    SPACE_WRAP,
    max_json_bytes,
    validate_envelope,
)
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import parse_body
from shared_space.http.responses import json_response, no_content
from shared_space.journals.entries import Entry, entry_payload
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking import schemas
from shared_space.linking.leaving import leave_space
from shared_space.linking.models import MAX_PENDING_INVITATIONS, Invitation, Membership, Space
from shared_space.live import broadcast, presence
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock, write_transaction

bp = Blueprint("linking", __name__, url_prefix="/api")
HELLO_BODY = max_json_bytes(SHARED_ENTRY) + max_json_bytes(PIN)


def not_found() -> ApiError:
    """Own, closed, claimed by another, voided, unknown: all alike."""
    return ApiError(404, "not_found")


def lock_and_get_account() -> Account:
    """Return the member who asks, once whoever else is linking has finished."""
    advisory_lock("linking")
    return current_account()


def require_unlinked(account_id: bytes, inviter_id: bytes | None = None) -> None:
    """Refuse who has a space already; two who invited each other are told so."""
    mine = Membership.current(account_id)
    if mine is None:
        return
    crossed = inviter_id is not None and mine.partner_id == inviter_id
    if crossed or mine.space.state == "joining":
        raise ApiError(409, "already_joining")
    raise ApiError(409, "already_linked")


def store_hello(space_id: bytes, author: bytes, hello: schemas.SealedName) -> None:
    """Keep a hello as the first entries of the journal to be."""
    journal = JournalAccess(space_id, shared=True)
    Entry.write(journal, hello.id, author, 1, validate_envelope(hello.box, SHARED_ENTRY), hello.tag)


@bp.post("/invitations")
@rate_limits.writes
def invite() -> Response:
    """Make a space to be, and the door to it."""
    body = parse_body(schemas.NewInvitation, HELLO_BODY)
    wrap, own = validate_envelope(body.wrap, INVITED_WRAP), validate_envelope(body.own, SPACE_WRAP)
    try:
        with write_transaction():
            mine = lock_and_get_account()
            Invitation.prune()
            require_unlinked(mine.id)
            waiting = Invitation.pending_for(mine.id)
            if len(waiting) >= MAX_PENDING_INVITATIONS:
                closing = min(one.closes for one in waiting) - clock.now()
                raise ApiError(429, "too_many", throttle.whole_seconds(closing))
            closes = clock.current_hour() + timedelta(days=body.days)
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
            store_hello(body.space, mine.id, body.hello)
    except IntegrityError as error:
        raise ApiError(409, "taken") from error
    return json_response({"closes": closes.strftime(MINUTE_FORMAT)}, 201)


@bp.delete("/invitations")
@rate_limits.writes
def revoke_invitation() -> Response:
    """Take an invitation back, or say no to who accepted it."""
    body = parse_body(schemas.InvitationRef)
    with write_transaction():
        mine, found = lock_and_get_account(), db.session.get(Invitation, body.id)
        if found is None or found.inviter_id != mine.id:
            raise not_found()
        both = [one.account_id for one in found.space.memberships]
        found.space.erase()
    broadcast.publish_to_members(both, "linking:changed", {})
    return no_content()


@bp.post("/invitations/opening")
def open_invitation() -> Response:
    """Claim an invitation and receive what only its secret opens."""
    body = parse_body(schemas.InvitationSecret)
    with write_transaction():
        throttle.consume_attempt("opening", *throttle.INVITATION_QUOTA)
    with write_transaction():
        mine = lock_and_get_account()
        Invitation.prune()
        if not Invitation.was_accepted_by(body.id, mine.id):
            require_unlinked(mine.id, Invitation.inviter_of(body.id, body.auth))
        claimed = Invitation.claim(body.id, body.auth, mine.id)
        shown = invitation_payload(claimed) if claimed else None
        inviter = claimed.inviter_id if claimed else None
        if claimed:
            throttle.refund_attempt("opening")
    if shown is None or inviter is None:
        raise not_found()
    broadcast.publish_to_members([inviter], "linking:changed", {})
    return json_response(shown)


def invitation_payload(found: Invitation) -> dict[str, Any]:
    """Return what opening shows."""
    return {
        "space": base64url(found.space_id),
        "inviter": base64url(found.inviter_id),
        "language": found.space.language,
        "wrap": base64url(found.wrap),
        "hello": entry_payload(found.space.hellos()[0]),
    }


@bp.post("/invitations/acceptance")
@rate_limits.writes
def accept() -> Response:
    """Come in, as far as the door."""
    body = parse_body(schemas.Acceptance, HELLO_BODY)
    wrap, pin = validate_envelope(body.wrap, SPACE_WRAP), validate_envelope(body.pin, PIN)
    try:
        with write_transaction():
            mine = lock_and_get_account()
            Invitation.prune()
            found = Invitation.claim(body.id, body.auth, mine.id)
            if found is None:
                require_unlinked(mine.id)
                shown = None
            elif found.proof == body.proof:
                shown = me_payload(mine)  # the same acceptance again
            else:
                require_unlinked(mine.id, found.inviter_id)
                if found.proof is not None:
                    raise not_found()
                store_hello(found.space_id, mine.id, body.hello)
                found.accept(mine.id, wrap, pin, body.proof)
                Invitation.revoke_pending(mine.id)
                shown = me_payload(mine)
            inviter = found.inviter_id if found else None
    except IntegrityError as error:
        raise ApiError(409, "already_joining") from error
    if shown is None or inviter is None:
        raise not_found()
    broadcast.publish_to_members([inviter], "linking:changed", {})
    return json_response(shown)


@bp.post("/invitations/confirmation")
@rate_limits.writes
def confirm() -> Response:
    """Say yes: both are in."""
    body = parse_body(schemas.Confirmation, max_json_bytes(PIN))
    pin = validate_envelope(body.pin, PIN)
    with write_transaction():
        mine, found = lock_and_get_account(), db.session.get(Invitation, body.id)
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
        Candle.merge_into_shared(space.id, [one.account_id for one in space.memberships])
        Invitation.revoke_pending(mine.id)
        both, joined = [one.account_id for one in space.memberships], space.id
        db.session.expire_all()
        shown = me_payload(current_account())
    for account_id in both:
        presence.add_to_space(account_id, joined)
    broadcast.publish_to_members(both, "linking:changed", {})
    return json_response(shown)


@bp.put("/space/pin")
@rate_limits.writes
def put_pin() -> Response:
    """Keep the member's next pin."""
    body = parse_body(schemas.NextPin, max_json_bytes(PIN))
    box = validate_envelope(body.box, PIN)
    with write_transaction():
        mine = current_account().membership
        if mine is None or mine.space.state != "active":
            raise not_found()
        if not mine.put_pin(body.rev, box):
            raise ApiError(
                409, "conflict", current={"rev": mine.pin_rev, "box": base64url(mine.pin or b"")}
            )
    return no_content()


@bp.delete("/space")
def leave() -> Response:
    """Leave: archived for both, at once, with nobody's consent."""
    with write_transaction():
        own = lock_and_get_account().membership
        if own is None:
            raise not_found()
        left = own.space_id
        both = leave_space(own)
    presence.clear_space(left)
    broadcast.publish_to_members(both, "linking:changed", {})
    return no_content()
