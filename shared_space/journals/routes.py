"""Writing, reading and erasing entries (protocol §9)."""

import hashlib
from typing import Any

from flask import Blueprint, Response
from pydantic import Field
from sqlalchemy.exc import IntegrityError

from shared_space.accounts.reauthentication import require_password
from shared_space.encoding import base64url
from shared_space.envelopes import SHARED_ENTRY, max_json_bytes, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account_id
from shared_space.http.request_body import (
    MAX_REV,
    Bytes,
    Bytes16,
    Bytes32,
    RequestBody,
    Rev,
    id_param,
    int_arg,
    parse_body,
)
from shared_space.http.responses import json_response
from shared_space.journals.access import readable, writable
from shared_space.journals.entries import Entry, WriteResult, entry_payload
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("journals", __name__, url_prefix="/api/journals")
MAX_BATCH_ENTRIES = (
    100  # entries that one request may bring: an archive of 10,000 is there in two minutes
)
MAX_BATCH_BYTES = 4 * 1024 * 1024  # and how large such a request may be


class RevisionBody(RequestBody):
    """One revision."""

    rev: Rev
    box: Bytes
    tag: Bytes32 | None = None


class EntryRevision(RevisionBody):
    """One revision, and of which entry."""

    id: Bytes16


class BatchBody(RequestBody):
    """Revisions of several entries, in the order in which they are to be kept."""

    entries: list[EntryRevision] = Field(min_length=1, max_length=MAX_BATCH_ENTRIES)


class DeletionBody(RequestBody):
    """The revision that erases; an archive asks for the password too."""

    rev: Rev
    authKey: Bytes32 | None = None


def tag_for(journal: JournalAccess, tag: bytes | None) -> bytes | None:
    """Return the author tag: demanded where two write, refused where one does."""
    if journal.shared != (tag is not None):
        raise ApiError(400, "bad_request")
    return tag


@bp.get("/<journal_id>/entries")
def list_entries(journal_id: str) -> Response:
    """Return a page of entries, newest first."""
    before = int_arg("before", MAX_REV, 1, MAX_REV)
    limit = int_arg("limit", 50, 1, 500)
    journal = readable(journal_id)
    page = Entry.page_before(journal, before, limit)
    return json_response({"entries": [entry_payload(one) for one in page], "place": journal.place})


@bp.get("/<journal_id>/entries/<entry_id>")
def get_entry(journal_id: str, entry_id: str) -> Response:
    """Return one entry."""
    found = Entry.find(readable(journal_id), id_param(entry_id))
    if found is None:
        raise ApiError(404, "not_found")
    return json_response(entry_payload(found))


@bp.get("/<journal_id>/changes")
def list_changes(journal_id: str) -> Response:
    """Return what was written or erased after a place."""
    after = int_arg("after", 0, 0, MAX_REV)
    limit = int_arg("limit", 100, 1, 200)
    journal = readable(journal_id)
    page = Entry.changes_since(journal, after, limit)
    last = page[-1].place if page else after
    more = last < journal.place and bool(page)
    return json_response(
        {"entries": [entry_payload(one) for one in page], "place": last, "more": more}
    )


@bp.put("/<journal_id>/entries/<entry_id>")
@rate_limits.writes
def write_entry(journal_id: str, entry_id: str) -> Response:
    """Keep one revision of one entry."""
    body = parse_body(RevisionBody, max_json_bytes(SHARED_ENTRY))
    wanted = id_param(entry_id)
    try:
        with write_transaction():
            journal = writable(journal_id, taking=1)
            box, tag = validate_envelope(body.box, journal.kind), tag_for(journal, body.tag)
            kept = Entry.write(journal, wanted, current_account_id(), body.rev, box, tag)
            if journal.reserved:  # the same write again needs no number
                db.rollback()
    except IntegrityError as error:  # written in another journal at this moment
        raise ApiError(404, "not_found") from error
    notify_readers(journal, kept.place)
    return json_response(write_receipt(box, kept), 201 if body.rev == 1 else 200)


def write_receipt(box: bytes, kept: WriteResult) -> dict[str, object]:
    """Say what is kept, so that the page may let its draft go."""
    return {
        "sha256": base64url(hashlib.sha256(box).digest()),
        "place": kept.place,
        "born": kept.born,
    }


@bp.put("/<journal_id>/entries")
@rate_limits.writes
def write_batch(journal_id: str) -> Response:
    """Keep a revision of each of several entries; what is refused of one stops no other."""
    body = parse_body(BatchBody, MAX_BATCH_BYTES)
    try:
        with write_transaction():
            journal = writable(journal_id)
            begun = insert_new(journal, body.entries)
            results = [
                {"id": base64url(one.id)} | write_one(journal, one, begun) for one in body.entries
            ]
    except IntegrityError as error:  # written in another journal at this moment
        raise ApiError(404, "not_found") from error
    if places := [one["place"] for one in results if "place" in one]:
        notify_readers(journal, max(places))
    return json_response({"entries": results})


def insert_new(journal: JournalAccess, several: list[EntryRevision]) -> dict[bytes, WriteResult]:
    """Keep in one go what is new: most of what one request brings is."""
    unknown = Entry.missing_ids([one.id for one in several])
    fresh = []
    for one in several:
        box, tag = validate_envelope(one.box, journal.kind), tag_for(journal, one.tag)
        if one.rev == 1 and one.id in unknown:
            unknown.remove(one.id)
            fresh.append((one.id, box, tag))
    return Entry.insert_many(journal, current_account_id(), fresh) if fresh else {}


def write_one(
    journal: JournalAccess, one: EntryRevision, begun: dict[bytes, WriteResult]
) -> dict[str, Any]:
    """Keep one revision of several; return what is known of it, or why it is not kept."""
    kept = begun.pop(one.id, None) if one.rev == 1 else None
    try:
        kept = kept or Entry.write(journal, one.id, current_account_id(), one.rev, one.box, one.tag)
        return write_receipt(one.box, kept)
    except ApiError as refusal:
        return {"error": refusal.error}


@bp.delete("/<journal_id>/entries/<entry_id>")
@rate_limits.writes
def erase_entry(journal_id: str, entry_id: str) -> Response:
    """Erase one's own entry, for everyone who could read it."""
    body = parse_body(DeletionBody)
    wanted = id_param(entry_id)
    proven = body.authKey is not None
    if body.authKey is not None:
        require_password(body.authKey)
    with write_transaction():
        Journal.lock(id_param(journal_id))
        journal = readable(journal_id)
        if journal.archived and not proven:
            raise ApiError(401, "wrong")
        place = Entry.erase(journal, wanted, current_account_id(), body.rev).place
        left = Membership.archived_member_ids(journal.id)
    notify_readers(journal, place)
    payload = {"journal": base64url(journal.id), "place": place}
    live_server().broadcast.publish_to_members(left, "journal:changed", payload)
    return json_response({"place": place})


def notify_readers(journal: JournalAccess, place: int) -> None:
    """Tell the open pages of who may read this that there is something to ask for."""
    payload = {"journal": base64url(journal.id), "place": place}
    if journal.shared:
        live_server().broadcast.publish_to_space(journal.id, "journal:changed", payload)
    else:
        live_server().broadcast.publish_to_members([journal.id], "journal:changed", payload)
