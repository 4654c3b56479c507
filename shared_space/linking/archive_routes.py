"""What is left of a space that has ended: being told of it, and taking one's own words back."""

from flask import Blueprint, Response

from shared_space.accounts.reauthentication import require_password
from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import id_param, parse_body
from shared_space.http.responses import json_response, no_content
from shared_space.linking.leaving import erase_answer, take_back_answers, take_back_entries
from shared_space.linking.models import Membership
from shared_space.linking.notifications import notify_former_members
from shared_space.linking.routes import not_found
from shared_space.linking.schemas import AnswerDeletion, PasswordProof
from shared_space.live import broadcast
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction
from shared_space.talk.models import AnswerPair

bp = Blueprint("archives", __name__, url_prefix="/api")


def own_archive(space_id: str) -> Membership:
    """Return the member's half of a space that has ended; any other is not found."""
    mine = db.session.get(Membership, (id_param(space_id), current_account().id))
    if mine is None or mine.state != "archived":
        raise not_found()
    return mine


@bp.delete("/archives/<space_id>/notice")
@rate_limits.writes
def dismiss_end_notice(space_id: str) -> Response:
    """Note that the member has read that the space has ended: it is said once."""
    with write_transaction():
        own_archive(space_id).told = True
        mine = current_account().id
    broadcast.publish_to_members([mine], "linking:changed", {})
    return no_content()


@bp.delete("/archives/<space_id>/words")
@rate_limits.writes
def take_back_words(space_id: str) -> Response:
    """Erase all that the member wrote there, for both."""
    require_password(parse_body(PasswordProof).authKey)
    more = True
    while more:
        with write_transaction():
            mine = own_archive(space_id)
            ended, own = mine.space_id, mine.account_id
            more = take_back_entries(ended, own) or take_back_answers(ended, own, False)
    notify_former_members(ended)
    return no_content()


@bp.delete("/archives/<space_id>/answers/<ref>")
@rate_limits.writes
def take_back_answer(space_id: str, ref: str) -> Response:
    """Erase one of the member's answers there, for both; the same again does nothing."""
    body, wanted = parse_body(AnswerDeletion), id_param(ref)
    require_password(body.authKey)
    with write_transaction():
        mine = own_archive(space_id)
        ended, own = mine.space_id, mine.account_id
        pair = AnswerPair.get_or_create_locked(ended, wanted)
        erase_answer(pair, own, body.rev)
        shown = pair.to_json(own, archived=True)
    notify_former_members(ended)
    return json_response(shown)
