"""Routes for writing, reading and erasing entries (protocol §9)."""

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
from shared_space.journals.history import history_since, write_payload
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("journals", __name__, url_prefix="/api/journals")
MAX_BATCH_ENTRIES = 100  # per request; 10,000 entries are then imported in two minutes
MAX_BATCH_BYTES = 4 * 1024 * 1024  # of such a request


class RevisionBody(RequestBody):
    """A revision of an entry."""

    rev: Rev
    box: Bytes
    tag: Bytes32 | None = None


class EntryRevision(RevisionBody):
    """A revision, and the id of its entry."""

    id: Bytes16


class BatchBody(RequestBody):
    """Revisions of several entries, stored in this order."""

    entries: list[EntryRevision] = Field(min_length=1, max_length=MAX_BATCH_ENTRIES)


class DeletionBody(RequestBody):
    """The revision that erases an entry. In an archive the password's proof is needed, too."""

    rev: Rev
    authKey: Bytes32 | None = None


def tag_for(journal: JournalAccess, tag: bytes | None) -> bytes | None:
    """Return the author tag. Raises 400 unless a shared journal has one and an individual none."""
    if journal.shared != (tag is not None):
        raise ApiError(400, "bad_request")
    return tag


@bp.get("/<journal_id>/entries")
def list_entries(journal_id: str) -> Response:
    """Return a page of a journal's entries, newest first."""
    before = int_arg("before", MAX_REV, 1, MAX_REV)
    limit = int_arg("limit", 50, 1, 500)
    journal = readable(journal_id)
    page = Entry.page_before(journal, before, limit)
    return json_response(
        {"entries": [entry_payload(one) for one in page], "place": journal.last_seq}
    )


@bp.get("/<journal_id>/entries/<entry_id>")
def get_entry(journal_id: str, entry_id: str) -> Response:
    """Return an entry."""
    found = Entry.find(readable(journal_id), id_param(entry_id))
    if found is None:
        raise ApiError(404, "not_found")
    return json_response(entry_payload(found))


@bp.get("/<journal_id>/changes")
def list_changes(journal_id: str) -> Response:
    """Return the entries and tombstones that were written after a sequence number."""
    after = int_arg("after", 0, 0, MAX_REV)
    limit = int_arg("limit", 100, 1, 200)
    journal = readable(journal_id)
    page = Entry.changes_since(journal, after, limit)
    last = page[-1].seq if page else after
    more = last < journal.last_seq and bool(page)
    return json_response(
        {"entries": [entry_payload(one) for one in page], "place": last, "more": more}
    )


@bp.get("/<journal_id>/history")
def list_history(journal_id: str) -> Response:
    """Return the writes after a sequence number whose boxes are gone, without anything sealed."""
    after = int_arg("after", 0, 0, MAX_REV)
    limit = int_arg("limit", 500, 1, 1000)
    page = history_since(readable(journal_id), after, limit)
    return json_response(
        {
            "start": page.start,
            "writes": [write_payload(one) for one in page.writes],
            "place": page.seq,
            "more": page.more,
        }
    )


@bp.put("/<journal_id>/entries/<entry_id>")
@rate_limits.writes
def write_entry(journal_id: str, entry_id: str) -> Response:
    """Store a revision of an entry."""
    body = parse_body(RevisionBody, max_json_bytes(SHARED_ENTRY))
    id_ = id_param(entry_id)
    try:
        with write_transaction():
            journal = writable(journal_id, count=1)
            box, tag = validate_envelope(body.box, journal.kind), tag_for(journal, body.tag)
            result = Entry.write(journal, id_, current_account_id(), body.rev, box, tag)
            if journal.reserved:  # a repeated write: give the reserved number back
                db.rollback()
    except IntegrityError as error:  # the id is being written in another journal right now
        raise ApiError(404, "not_found") from error
    notify_readers(journal, result.seq)
    return json_response(write_receipt(box, result), 201 if body.rev == 1 else 200)


def write_receipt(box: bytes, result: WriteResult) -> dict[str, object]:
    """Return the JSON that confirms a write. Its hash lets the page delete its draft."""
    return {
        "sha256": base64url(hashlib.sha256(box).digest()),
        "place": result.seq,
        "born": result.created_seq,
    }


@bp.put("/<journal_id>/entries")
@rate_limits.writes
def write_batch(journal_id: str) -> Response:
    """Store revisions of several entries. An error of one does not stop the others."""
    body = parse_body(BatchBody, MAX_BATCH_BYTES)
    try:
        with write_transaction():
            journal = writable(journal_id)
            inserted = insert_new(journal, body.entries)
            results = [
                {"id": base64url(one.id)} | write_one(journal, one, inserted)
                for one in body.entries
            ]
    except IntegrityError as error:  # an id is being written in another journal right now
        raise ApiError(404, "not_found") from error
    if places := [one["place"] for one in results if "place" in one]:
        notify_readers(journal, max(places))
    return json_response({"entries": results})


def insert_new(journal: JournalAccess, revisions: list[EntryRevision]) -> dict[bytes, WriteResult]:
    """Insert all new entries in one statement; return their numbers by id."""
    unknown = Entry.missing_ids([one.id for one in revisions])
    new = []
    for one in revisions:
        box, tag = validate_envelope(one.box, journal.kind), tag_for(journal, one.tag)
        if one.rev == 1 and one.id in unknown:
            unknown.remove(one.id)
            new.append((one.id, box, tag))
    return Entry.insert_many(journal, current_account_id(), new) if new else {}


def write_one(
    journal: JournalAccess, one: EntryRevision, inserted: dict[bytes, WriteResult]
) -> dict[str, Any]:
    """Store one revision of a batch unless it was just inserted; return its receipt or error."""
    result = inserted.pop(one.id, None) if one.rev == 1 else None
    try:
        if result is None:
            author = current_account_id()
            result = Entry.write(journal, one.id, author, one.rev, one.box, one.tag)
        return write_receipt(one.box, result)
    except ApiError as error:
        return {"error": error.error}


@bp.delete("/<journal_id>/entries/<entry_id>")
@rate_limits.writes
def erase_entry(journal_id: str, entry_id: str) -> Response:
    """Erase one of the member's own entries, for all its readers."""
    body = parse_body(DeletionBody)
    id_ = id_param(entry_id)
    if body.authKey is not None:
        require_password(body.authKey)
    with write_transaction():
        Journal.lock(id_param(journal_id))
        journal = readable(journal_id)
        if journal.archived and body.authKey is None:
            raise ApiError(401, "wrong")
        seq = Entry.erase(journal, id_, current_account_id(), body.rev).seq
        former_members = Membership.archived_member_ids(journal.id)
    notify_readers(journal, seq)
    payload = {"journal": base64url(journal.id), "place": seq}
    live_server().broadcast.publish_to_members(former_members, "journal:changed", payload)
    return json_response({"place": seq})


def notify_readers(journal: JournalAccess, seq: int) -> None:
    """Tell the open pages of a journal's members that it has changed."""
    payload = {"journal": base64url(journal.id), "place": seq}
    if journal.shared:
        live_server().broadcast.publish_to_space(journal.id, "journal:changed", payload)
    else:
        live_server().broadcast.publish_to_members([journal.id], "journal:changed", payload)
