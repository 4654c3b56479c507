"""What is left of a space that has ended: being told of it, and taking one's own words back."""

from flask import Response

from shared_space import limits, realtime
from shared_space.access import member
from shared_space.accounts.proof import demand_password
from shared_space.db import db, writing
from shared_space.journals.models import Journal
from shared_space.linking.bodies import AnswerTakenBack, Proven
from shared_space.linking.models import Membership
from shared_space.linking.parting import erase_answer, take_back_answers, take_back_entries
from shared_space.linking.routes import bp, not_found
from shared_space.talk.models import Pair
from shared_space.wire import answer, b64, body_of, id_from, nothing


def archive(space_id: str) -> Membership:
    """Return the member's half of a space that has ended; any other is not found."""
    mine = db.session.get(Membership, (id_from(space_id), member().id))
    if mine is None or mine.state != "archived":
        raise not_found()
    return mine


def tell_both(space_id: bytes) -> None:
    """Tell the open pages of both that something there was taken back."""
    both = Membership.who_left(space_id)
    place = db.session.get_one(Journal, space_id).place
    realtime.tell_members(both, "journal:changed", {"journal": b64(space_id), "place": place})


@bp.delete("/archives/<space_id>/notice")
@limits.writes
def put_the_notice_away(space_id: str) -> Response:
    """Note that the member has read that the space has ended: it is said once."""
    with writing():
        archive(space_id).told = True
        mine = member().id
    realtime.tell_members([mine], "linking:changed", {})
    return nothing()


@bp.delete("/archives/<space_id>/words")
@limits.writes
def take_back_words(space_id: str) -> Response:
    """Erase all that the member wrote there, for both."""
    demand_password(body_of(Proven).authKey)
    more = True
    while more:
        with writing():
            mine = archive(space_id)
            ended, own = mine.space_id, mine.account_id
            more = take_back_entries(ended, own) or take_back_answers(ended, own, False)
    tell_both(ended)
    return nothing()


@bp.delete("/archives/<space_id>/answers/<ref>")
@limits.writes
def take_back_answer(space_id: str, ref: str) -> Response:
    """Erase one of the member's answers there, for both; the same again does nothing."""
    body, wanted = body_of(AnswerTakenBack), id_from(ref)
    demand_password(body.authKey)
    with writing():
        mine = archive(space_id)
        ended, own = mine.space_id, mine.account_id
        pair = Pair.of(ended, wanted)
        erase_answer(pair, own, body.rev)
        shown = pair.shown(own, archived=True)
    tell_both(ended)
    return answer(shown)
