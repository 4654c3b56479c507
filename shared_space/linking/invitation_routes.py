"""Routes for inviting, opening, accepting and confirming (protocol §7)."""

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
from shared_space.linking.guards import lock_and_get_account, not_found, require_unlinked
from shared_space.linking.invitations import MAX_PENDING_INVITATIONS, Invitation, erase_space
from shared_space.linking.spaces import Membership, Space
from shared_space.live.server import live_server
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("invitations", __name__, url_prefix="/api")
MAX_HELLO_BODY_BYTES = max_json_bytes(SHARED_ENTRY) + max_json_bytes(PIN)


def store_hello(space_id: bytes, author_id: bytes, hello: schemas.SealedName) -> None:
    """Store the sealed name that a member introduces themselves with, as a shared entry."""
    journal, box = JournalAccess(space_id, shared=True), validate_envelope(hello.box, SHARED_ENTRY)
    Entry.write(journal, hello.id, author_id, 1, box, hello.tag)


@bp.post("/invitations")
@rate_limits.writes
def invite() -> Response:
    """Create an invited space and the invitation to it."""
    body = parse_body(schemas.NewInvitation, MAX_HELLO_BODY_BYTES)
    wrap, own = validate_envelope(body.wrap, INVITED_WRAP), validate_envelope(body.own, SPACE_WRAP)
    try:
        with write_transaction():
            account = lock_and_get_account()
            Invitation.prune()
            require_unlinked(account.id)
            pending = Invitation.pending_for(account.id)
            if len(pending) >= MAX_PENDING_INVITATIONS:
                wait = min(one.expires_at for one in pending) - clock.now()
                raise ApiError(429, "too_many", throttle.whole_seconds(wait))
            expires_at = clock.current_hour() + timedelta(days=body.days)
            db.session.add(
                Space(id=body.space, state="invited", inviter_id=account.id, language=body.language)
            )
            db.session.add(Journal(id=body.space, shared=True, last_seq=0))
            db.session.flush()
            db.session.add(
                Membership(space_id=body.space, account_id=account.id, state="invited", wrap=own)
            )
            db.session.add(
                Invitation(
                    id=body.id,
                    space_id=body.space,
                    inviter_id=account.id,
                    verifier=body.verifier,
                    wrap=wrap,
                    expires_at=expires_at,
                )
            )
            db.session.flush()
            store_hello(body.space, account.id, body.hello)
    except IntegrityError as error:
        raise ApiError(409, "taken") from error
    return json_response({"closes": expires_at.strftime(MINUTE_FORMAT)}, 201)


@bp.delete("/invitations")
@rate_limits.writes
def revoke_invitation() -> Response:
    """Revoke an invitation, or reject the person who has accepted it."""
    body = parse_body(schemas.InvitationRef)
    with write_transaction():
        account, invitation = lock_and_get_account(), db.session.get(Invitation, body.id)
        if invitation is None or invitation.inviter_id != account.id:
            raise not_found()
        member_ids = [one.account_id for one in invitation.space.memberships]
        erase_space(invitation.space)
    live_server().broadcast.publish_to_members(member_ids, "linking:changed", {})
    return no_content()


@bp.post("/invitations/opening")
def open_invitation() -> Response:
    """Claim an invitation, and return what can be opened with its secret."""
    body = parse_body(schemas.InvitationSecret)
    with write_transaction():  # committed first, so that the attempt counts whatever follows
        throttle.consume_attempt("opening", *throttle.INVITATION_QUOTA)
    with write_transaction():
        account = lock_and_get_account()
        Invitation.prune()
        if not Invitation.was_accepted_by(body.id, account.id):
            require_unlinked(account.id, Invitation.inviter_of(body.id, body.auth))
        invitation = Invitation.claim(body.id, body.auth, account.id)
        claimed = (invitation.inviter_id, invitation_payload(invitation)) if invitation else None
        if claimed:
            throttle.refund_attempt("opening")
    # Raised after the commit, which stores the number of wrong tries.
    if claimed is None:
        raise not_found()
    inviter_id, payload = claimed
    live_server().broadcast.publish_to_members([inviter_id], "linking:changed", {})
    return json_response(payload)


def invitation_payload(invitation: Invitation) -> dict[str, Any]:
    """Return the JSON that opening an invitation answers with."""
    return {
        "space": base64url(invitation.space_id),
        "inviter": base64url(invitation.inviter_id),
        "language": invitation.space.language,
        "wrap": base64url(invitation.wrap),
        "hello": entry_payload(invitation.space.hellos()[0]),
    }


@bp.post("/invitations/acceptance")
@rate_limits.writes
def accept() -> Response:
    """Accept an invitation: both members are joining until the inviter confirms."""
    body = parse_body(schemas.Acceptance, MAX_HELLO_BODY_BYTES)
    wrap, pin = validate_envelope(body.wrap, SPACE_WRAP), validate_envelope(body.pin, PIN)
    try:
        with write_transaction():
            account = lock_and_get_account()
            Invitation.prune()
            invitation = Invitation.claim(body.id, body.auth, account.id)
            if invitation is None:
                require_unlinked(account.id)
                accepted = None
            else:
                accept_once(invitation, account, body, wrap, pin)
                accepted = invitation.inviter_id, me_payload(account)
    except IntegrityError as error:
        raise ApiError(409, "already_joining") from error
    # Raised after the commit, which stores the number of wrong tries.
    if accepted is None:
        raise not_found()
    inviter_id, payload = accepted
    live_server().broadcast.publish_to_members([inviter_id], "linking:changed", {})
    return json_response(payload)


def accept_once(
    invitation: Invitation, account: Account, body: schemas.Acceptance, wrap: bytes, pin: bytes
) -> None:
    """Accept a claimed invitation; do nothing if the very same acceptance was stored before."""
    if invitation.proof == body.proof:
        return
    require_unlinked(account.id, invitation.inviter_id)
    if invitation.proof is not None:
        raise not_found()
    store_hello(invitation.space_id, account.id, body.hello)
    invitation.accept(account.id, wrap, pin, body.proof)
    Invitation.revoke_pending(account.id)


@bp.post("/invitations/confirmation")
@rate_limits.writes
def confirm() -> Response:
    """Confirm the person who accepted: the space becomes active for both."""
    body = parse_body(schemas.Confirmation, max_json_bytes(PIN))
    pin = validate_envelope(body.pin, PIN)
    with write_transaction():
        account, invitation = lock_and_get_account(), db.session.get(Invitation, body.id)
        if (
            invitation is None
            or invitation.inviter_id != account.id
            or invitation.proof is None
            or not invitation.is_open()
        ):
            raise not_found()
        space = invitation.space
        db.session.delete(invitation)
        db.session.flush()
        space.move_to("active")
        db.session.get_one(Membership, (space.id, account.id)).put_pin(1, pin)
        member_ids, space_id = [one.account_id for one in space.memberships], space.id
        Candle.merge_into_shared(space_id, member_ids)
        Invitation.revoke_pending(account.id)
        db.session.expire_all()
        payload = me_payload(current_account())
    for account_id in member_ids:
        live_server().presence.add_to_space(account_id, space_id)
    live_server().broadcast.publish_to_members(member_ids, "linking:changed", {})
    return json_response(payload)
