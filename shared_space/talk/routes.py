"""Routes for submitting, withdrawing and revealing answers (protocol §8)."""

from collections.abc import Callable

from flask import Blueprint, Response
from sqlalchemy.exc import IntegrityError

from shared_space.accounts.models import Account
from shared_space.encoding import base64url
from shared_space.envelopes import ANSWER, max_json_bytes, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account, current_account_id
from shared_space.http.request_body import (
    Bytes,
    Bytes16,
    Bytes32,
    RequestBody,
    Rev,
    id_param,
    parse_body,
)
from shared_space.http.responses import json_response
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.reminders import notifier
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction
from shared_space.talk.models import Answer, AnswerPair

bp = Blueprint("talk", __name__, url_prefix="/api")


class AnswerBody(RequestBody):
    """A revision of an answer."""

    id: Bytes16
    rev: Rev
    share: Bytes32
    box: Bytes
    tag: Bytes32
    quiet: bool


class AnswerDeletion(RequestBody):
    """The revision that withdraws an answer."""

    rev: Rev


class EmptyBody(RequestBody):
    """An empty object."""


def active_space() -> bytes:
    """Return the id of the member's active space. Raises 404 if they have none."""
    space = Account.active_space_of(current_account_id())
    if space is None:
        raise ApiError(404, "not_found")
    return space.id


@bp.get("/talk/answers")
def answers() -> Response:
    """Return every pair in which the member may see an answer."""
    return pairs_response(active_space(), archived=False)


@bp.get("/archives/<space_id>/answers")
def archived_answers(space_id: str) -> Response:
    """Return the member's own and the revealed answers of a space that has ended."""
    membership = db.session.get(Membership, (id_param(space_id), current_account_id()))
    if membership is None or membership.state != "archived":
        raise ApiError(404, "not_found")
    return pairs_response(membership.space_id, archived=True)


def pairs_response(space_id: bytes, archived: bool) -> Response:
    """Return the pairs of a space, as the member may see them."""
    pairs = [
        pair.to_json(current_account_id(), archived) for pair in AnswerPair.list_for_space(space_id)
    ]
    return json_response({"answers": [one for one in pairs if one["mine"] or one["theirs"]]})


def mutate(ref: str, change: Callable[[AnswerPair, bytes], None]) -> Response:
    """Run `change(pair, account_id)` on a locked pair, and return it.

    The partner is sent an event only if what they may see has changed, or they would learn from it
    that there is a hidden answer.
    """
    ref_id = id_param(ref)
    try:
        with write_transaction():
            Journal.lock(active_space())
            space_id, own_id = active_space(), current_account().id
            pair = AnswerPair.get_or_create_locked(space_id, ref_id)
            partner = next(
                one.account_id
                for one in current_account().space.memberships  # type: ignore[union-attr]
                if one.account_id != own_id
            )
            before, hidden = pair.to_json(partner), not pair.revealed
            change(pair, own_id)
            db.session.flush()
            newly_revealed = hidden and pair.revealed
            notified = [own_id] + ([partner] if pair.to_json(partner) != before else [])
            payload = pair.to_json(own_id)
            if not pair.answers:
                db.session.delete(pair)
    except IntegrityError as error:
        raise ApiError(404, "not_found") from error
    event = {"ref": base64url(ref_id)}
    live_server().broadcast.publish_to_members(notified, "talk:changed", event)
    notifier.notify_partner_activity(partner if newly_revealed else None)
    return json_response(payload)


@bp.put("/talk/answers/<ref>")
@rate_limits.writes
def submit(ref: str) -> Response:
    """Store an answer or its next revision."""
    body = parse_body(AnswerBody, max_json_bytes(ANSWER))
    box = validate_envelope(body.box, ANSWER)
    return mutate(
        ref,
        lambda pair, own_id: pair.submit(
            Answer(
                id=body.id,
                author_id=own_id,
                rev=body.rev,
                share=body.share,
                box=box,
                tag=body.tag,
                quiet=body.quiet,
                open=False,
            )
        ),
    )


@bp.delete("/talk/answers/<ref>")
@rate_limits.writes
def withdraw(ref: str) -> Response:
    """Withdraw one's own answer."""
    body = parse_body(AnswerDeletion)
    return mutate(ref, lambda pair, own_id: pair.withdraw(own_id, body.rev))


@bp.post("/talk/answers/<ref>/opening")
@rate_limits.writes
def share_early(ref: str) -> Response:
    """Reveal one's own answer without the partner's."""
    parse_body(EmptyBody)
    return mutate(ref, lambda pair, own_id: pair.share_early(own_id))
