"""Writing, reading and erasing entries (protocol §9)."""

import hashlib
from typing import Any

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.exc import IntegrityError

from shared_space import limits, realtime
from shared_space.access import account_id
from shared_space.accounts.proof import demand_password
from shared_space.boxes import SHARED_ENTRY, check, on_the_wire
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.journals.entries import Entry, Kept, shown
from shared_space.journals.models import Journal, Reached
from shared_space.journals.reach import readable, writable
from shared_space.linking.models import Membership
from shared_space.wire import (
    MAX_REV,
    Body,
    Box,
    Bytes16,
    Bytes32,
    Rev,
    answer,
    b64,
    body_of,
    id_from,
    whole_number,
)

bp = Blueprint("journals", __name__, url_prefix="/api/journals")
MANY = 100  # entries that one request may bring: an archive of 10,000 is there in two minutes
MANY_BYTES = 4 * 1024 * 1024  # and how large such a request may be


class Writing(Body):
    """One revision."""

    rev: Rev
    box: Box
    tag: Bytes32 | None = None


class Placed(Writing):
    """One revision, and of which entry."""

    id: Bytes16


class Several(Body):
    """Revisions of several entries, in the order in which they are to be kept."""

    entries: list[Placed] = Field(min_length=1, max_length=MANY)


class Erasing(Body):
    """The revision that erases; an archive asks for the password too."""

    rev: Rev
    authKey: Bytes32 | None = None


def tag_for(journal: Reached, tag: bytes | None) -> bytes | None:
    """Return the author tag: demanded where two write, refused where one does."""
    if journal.shared != (tag is not None):
        raise Refusal(400, "bad_request")
    return tag


@bp.get("/<journal_id>/entries")
def entries(journal_id: str) -> Response:
    """Return a page of entries, newest first."""
    before = whole_number("before", MAX_REV, 1, MAX_REV)
    limit = whole_number("limit", 50, 1, 500)
    journal = readable(journal_id)
    page = Entry.older(journal, before, limit)
    return answer({"entries": [shown(one) for one in page], "place": journal.place})


@bp.get("/<journal_id>/entries/<entry_id>")
def entry(journal_id: str, entry_id: str) -> Response:
    """Return one entry."""
    found = Entry.there(readable(journal_id), id_from(entry_id))
    if found is None:
        raise Refusal(404, "not_found")
    return answer(shown(found))


@bp.get("/<journal_id>/changes")
def changes(journal_id: str) -> Response:
    """Return what was written or erased after a place."""
    after = whole_number("after", 0, 0, MAX_REV)
    limit = whole_number("limit", 100, 1, 200)
    journal = readable(journal_id)
    page = Entry.changed(journal, after, limit)
    last = page[-1].place if page else after
    more = last < journal.place and bool(page)
    return answer({"entries": [shown(one) for one in page], "place": last, "more": more})


@bp.put("/<journal_id>/entries/<entry_id>")
@limits.writes
def write(journal_id: str, entry_id: str) -> Response:
    """Keep one revision of one entry."""
    body = body_of(Writing, on_the_wire(SHARED_ENTRY))
    wanted = id_from(entry_id)
    try:
        with writing():
            journal = writable(journal_id, taking=1)
            box, tag = check(body.box, journal.kind), tag_for(journal, body.tag)
            kept = Entry.write(journal, wanted, account_id(), body.rev, box, tag)
            if journal.in_hand:  # the same write again needs no number
                db.rollback()
    except IntegrityError as error:  # written in another journal at this moment
        raise Refusal(404, "not_found") from error
    announce(journal, kept.place)
    return answer(told(box, kept), 201 if body.rev == 1 else 200)


def told(box: bytes, kept: Kept) -> dict[str, object]:
    """Say what is kept, so that the page may let its draft go."""
    return {"sha256": b64(hashlib.sha256(box).digest()), "place": kept.place, "born": kept.born}


@bp.put("/<journal_id>/entries")
@limits.writes
def write_several(journal_id: str) -> Response:
    """Keep a revision of each of several entries; what is refused of one stops no other."""
    body = body_of(Several, MANY_BYTES)
    try:
        with writing():
            journal = writable(journal_id)
            begun = begin(journal, body.entries)
            results = [{"id": b64(one.id)} | written(journal, one, begun) for one in body.entries]
    except IntegrityError as error:  # written in another journal at this moment
        raise Refusal(404, "not_found") from error
    if places := [one["place"] for one in results if "place" in one]:
        announce(journal, max(places))
    return answer({"entries": results})


def begin(journal: Reached, several: list[Placed]) -> dict[bytes, Kept]:
    """Keep in one go what is new: most of what one request brings is."""
    unknown = Entry.unknown([one.id for one in several])
    fresh = []
    for one in several:
        box, tag = check(one.box, journal.kind), tag_for(journal, one.tag)
        if one.rev == 1 and one.id in unknown:
            unknown.remove(one.id)
            fresh.append((one.id, box, tag))
    return Entry.begin(journal, account_id(), fresh) if fresh else {}


def written(journal: Reached, one: Placed, begun: dict[bytes, Kept]) -> dict[str, Any]:
    """Keep one revision of several; return what is known of it, or why it is not kept."""
    kept = begun.pop(one.id, None) if one.rev == 1 else None
    try:
        kept = kept or Entry.write(journal, one.id, account_id(), one.rev, one.box, one.tag)
        return told(one.box, kept)
    except Refusal as refusal:
        return {"error": refusal.error}


@bp.delete("/<journal_id>/entries/<entry_id>")
@limits.writes
def erase(journal_id: str, entry_id: str) -> Response:
    """Erase one's own entry, for everyone who could read it."""
    body = body_of(Erasing)
    wanted = id_from(entry_id)
    proven = body.authKey is not None
    if body.authKey is not None:
        demand_password(body.authKey)
    with writing():
        Journal.lock(id_from(journal_id))
        journal = readable(journal_id)
        if journal.archived and not proven:
            raise Refusal(401, "wrong")
        place = Entry.erase(journal, wanted, account_id(), body.rev).place
        left = Membership.who_left(journal.id)
    announce(journal, place)
    payload = {"journal": b64(journal.id), "place": place}
    realtime.tell_members(left, "journal:changed", payload)
    return answer({"place": place})


def announce(journal: Reached, place: int) -> None:
    """Tell the open pages of who may read this that there is something to ask for."""
    payload = {"journal": b64(journal.id), "place": place}
    if journal.shared:
        realtime.tell_space(journal.id, "journal:changed", payload)
    else:
        realtime.tell_members([journal.id], "journal:changed", payload)
