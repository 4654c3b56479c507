"""Writing, reading and erasing entries (protocol §9)."""

import hashlib

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.exc import IntegrityError

from shared_space import limits, realtime
from shared_space.access import member
from shared_space.accounts.proof import demand_password
from shared_space.boxes import SHARED_ENTRY, check, on_the_wire
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.journals.models import Entry, Journal
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


def readable(journal_id: str) -> Journal:
    """Return a journal that the member may read; any other is not found."""
    journal = member().readable(id_from(journal_id))
    if journal is None:
        raise Refusal(404, "not_found")
    return journal


def writable(journal_id: str) -> Journal:
    """Return a journal that the member may write to, locked; an archive is read only."""
    Journal.lock(id_from(journal_id))
    journal = readable(journal_id)
    if is_archived(journal):
        raise Refusal(409, "archived")
    return journal


def is_archived(journal: Journal) -> bool:
    """Tell whether a journal is that of a space that has ended."""
    if not journal.shared:
        return False
    space = member().space
    return space is None or space.id != journal.id


def tag_for(journal: Journal, tag: bytes | None) -> bytes | None:
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
    page = journal.older(before, limit)
    return answer({"entries": [one.shown() for one in page], "place": journal.place})


@bp.get("/<journal_id>/entries/<entry_id>")
def entry(journal_id: str, entry_id: str) -> Response:
    """Return one entry."""
    found = readable(journal_id).entry(id_from(entry_id))
    if found is None:
        raise Refusal(404, "not_found")
    return answer(found.shown())


@bp.get("/<journal_id>/changes")
def changes(journal_id: str) -> Response:
    """Return what was written or erased after a place."""
    after = whole_number("after", 0, 0, MAX_REV)
    limit = whole_number("limit", 100, 1, 200)
    journal = readable(journal_id)
    page = journal.changed(after, limit)
    last = page[-1].place if page else after
    more = last < journal.place and bool(page)
    return answer({"entries": [one.shown() for one in page], "place": last, "more": more})


@bp.put("/<journal_id>/entries/<entry_id>")
@limits.writes
def write(journal_id: str, entry_id: str) -> Response:
    """Keep one revision of one entry."""
    body = body_of(Writing, on_the_wire(SHARED_ENTRY))
    wanted = id_from(entry_id)
    try:
        with writing():
            journal = writable(journal_id)
            box, tag = check(body.box, journal.kind), tag_for(journal, body.tag)
            entry = Entry.write(journal, wanted, member().id, body.rev, box, tag)
            db.session.flush()
            kept = {
                "sha256": b64(hashlib.sha256(box).digest()),
                "place": entry.place,
                "born": entry.born,
            }
            id_, shared = journal.id, journal.shared
    except IntegrityError as error:  # written in another journal at this moment
        raise Refusal(404, "not_found") from error
    announce(id_, shared, kept["place"])
    return answer(kept, 201 if body.rev == 1 else 200)


@bp.put("/<journal_id>/entries")
@limits.writes
def write_several(journal_id: str) -> Response:
    """Keep a revision of each of several entries; what is refused of one stops no other."""
    body = body_of(Several, MANY_BYTES)
    try:
        with writing():
            journal = writable(journal_id)
            begin(journal, body.entries)
            results = [{"id": b64(one.id)} | written(journal, one) for one in body.entries]
            id_, shared, place = journal.id, journal.shared, journal.place
    except IntegrityError as error:  # written in another journal at this moment
        raise Refusal(404, "not_found") from error
    if any("sha256" in one for one in results):
        announce(id_, shared, place)
    return answer({"entries": results})


def begin(journal: Journal, several: list[Placed]) -> None:
    """Keep in one go what is new: most of what one request brings is."""
    unknown = Entry.unknown([one.id for one in several])
    fresh = []
    for one in several:
        box, tag = check(one.box, journal.kind), tag_for(journal, one.tag)
        if one.rev == 1 and one.id in unknown:
            unknown.remove(one.id)
            fresh.append((one.id, box, tag))
    if fresh:
        Entry.begin(journal, member().id, fresh)


def written(journal: Journal, one: Placed) -> dict[str, object]:
    """Keep one revision of several; return what is known of it, or why it is not kept."""
    try:
        entry = Entry.write(journal, one.id, member().id, one.rev, one.box, one.tag)
    except Refusal as refusal:
        return {"error": refusal.error}
    db.session.flush()
    kept = b64(hashlib.sha256(one.box).digest())
    return {"sha256": kept, "place": entry.place, "born": entry.born}


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
        if is_archived(journal) and not proven:
            raise Refusal(401, "wrong")
        entry = Entry.erase(journal, wanted, member().id, body.rev)
        db.session.flush()
        place, id_, shared = entry.place, journal.id, journal.shared
        left = Membership.who_left(id_)
    announce(id_, shared, place)
    realtime.tell_members(left, "journal:changed", {"journal": b64(id_), "place": place})
    return answer({"place": place})


def announce(journal_id: bytes, shared: bool, place: object) -> None:
    """Tell the open pages of who may read this that there is something to ask for."""
    payload = {"journal": b64(journal_id), "place": place}
    if shared:
        realtime.tell_space(journal_id, "journal:changed", payload)
    else:
        realtime.tell_members([journal_id], "journal:changed", payload)
