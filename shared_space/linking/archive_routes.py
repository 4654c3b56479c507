"""Routes for a space that has ended: its end notice, and taking back one's own words."""

from flask import Blueprint, Response

from shared_space.accounts.reauthentication import require_password
from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import id_param, parse_body
from shared_space.http.responses import json_response, no_content
from shared_space.linking.guards import not_found
from shared_space.linking.leaving import erase_answer, take_back_answers, take_back_entries
from shared_space.linking.notifications import notify_former_members
from shared_space.linking.schemas import AnswerDeletion, PasswordProof
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction
from shared_space.talk.models import AnswerPair

bp = Blueprint("archives", __name__, url_prefix="/api")


def own_archive(space_id: str) -> Membership:
    """Return the current account's membership in an ended space; raise 404 if there is none."""
    membership = db.session.get(Membership, (id_param(space_id), current_account().id))
    if membership is None or membership.state != "archived":
        raise not_found()
    return membership


@bp.delete("/archives/<space_id>/notice")
@rate_limits.writes
def dismiss_end_notice(space_id: str) -> Response:
    """Record that the member has read that the space has ended, so that it is shown only once."""
    with write_transaction():
        own_archive(space_id).end_notice_read = True
        account_id = current_account().id
    live_server().broadcast.publish_to_members([account_id], "linking:changed", {})
    return no_content()


@bp.delete("/archives/<space_id>/words")
@rate_limits.writes
def take_back_words(space_id: str) -> Response:
    """Delete everything the member wrote in the space, for both, in several short transactions."""
    require_password(parse_body(PasswordProof).authKey)
    more = True
    while more:
        with write_transaction():
            membership = own_archive(space_id)
            ended, author = membership.space_id, membership.account_id
            more = take_back_entries(ended, author) or take_back_answers(ended, author, False)
    notify_former_members(ended)
    return no_content()


@bp.delete("/archives/<space_id>/answers/<ref>")
@rate_limits.writes
def take_back_answer(space_id: str, ref: str) -> Response:
    """Delete one of the member's answers, for both. Repeating the request changes nothing."""
    body, question = parse_body(AnswerDeletion), id_param(ref)
    require_password(body.authKey)
    with write_transaction():
        membership = own_archive(space_id)
        ended, author = membership.space_id, membership.account_id
        pair = AnswerPair.get_or_create_locked(ended, question)
        erase_answer(pair, author, body.rev)
        payload = pair.to_json(author, archived=True)
    notify_former_members(ended)
    return json_response(payload)
