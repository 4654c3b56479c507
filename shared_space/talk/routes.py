"""Giving, taking back and opening answers."""

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
    """One revision of an answer."""

    id: Bytes16
    rev: Rev
    share: Bytes32
    box: Bytes
    tag: Bytes32
    quiet: bool


class AnswerDeletion(RequestBody):
    """The revision that takes it back."""

    rev: Rev


class EmptyBody(RequestBody):
    """An empty object."""


def active_space() -> bytes:
    """Return the member's active space; who has none finds nothing here."""
    space = Account.active_space_of(current_account_id())
    if space is None:
        raise ApiError(404, "not_found")
    return space.id


@bp.get("/talk/answers")
def answers() -> Response:
    """Return every pair of which this member may see a side."""
    return pairs_response(active_space(), archived=False)


@bp.get("/archives/<space_id>/answers")
def archived_answers(space_id: str) -> Response:
    """Return what was revealed, and one's own, in an archive."""
    mine = db.session.get(Membership, (id_param(space_id), current_account_id()))
    if mine is None or mine.state != "archived":
        raise ApiError(404, "not_found")
    return pairs_response(mine.space_id, archived=True)


def pairs_response(space_id: bytes, archived: bool) -> Response:
    """Return the pairs of a space as the member may see them."""
    pairs = [
        pair.to_json(current_account_id(), archived) for pair in AnswerPair.list_for_space(space_id)
    ]
    return json_response({"answers": [one for one in pairs if one["mine"] or one["theirs"]]})


def mutate(ref: str, what: Callable[[AnswerPair, bytes], None]) -> Response:
    """Change one pair under its lock; tell each of the two only of what they may see."""
    wanted = id_param(ref)
    try:
        with write_transaction():
            Journal.lock(active_space())
            space_id, mine = active_space(), current_account().id
            pair = AnswerPair.get_or_create_locked(space_id, wanted)
            partner = next(
                one.account_id
                for one in current_account().space.memberships  # type: ignore[union-attr]
                if one.account_id != mine
            )
            before, hidden = pair.to_json(partner), not pair.revealed
            what(pair, mine)
            db.session.flush()
            revealed = hidden and pair.revealed
            told = [mine] + ([partner] if pair.to_json(partner) != before else [])
            shown = pair.to_json(mine)
            if not pair.answers:
                db.session.delete(pair)
    except IntegrityError as error:
        raise ApiError(404, "not_found") from error
    live_server().broadcast.publish_to_members(told, "talk:changed", {"ref": base64url(wanted)})
    notifier.notify_partner_activity(partner if revealed else None)
    return json_response(shown)


@bp.put("/talk/answers/<ref>")
@rate_limits.writes
def submit(ref: str) -> Response:
    """Answer, or change one's answer."""
    body = parse_body(AnswerBody, max_json_bytes(ANSWER))
    box = validate_envelope(body.box, ANSWER)
    return mutate(
        ref,
        lambda pair, mine: pair.submit(
            Answer(
                id=body.id,
                author_id=mine,
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
    """Take one's answer back."""
    body = parse_body(AnswerDeletion)
    return mutate(ref, lambda pair, mine: pair.withdraw(mine, body.rev))


@bp.post("/talk/answers/<ref>/opening")
@rate_limits.writes
def open_alone(ref: str) -> Response:
    """Let one's answer be read without the other's."""
    parse_body(EmptyBody)
    return mutate(ref, lambda pair, mine: pair.share_early(mine))
