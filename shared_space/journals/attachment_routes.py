"""Sealed files beside entries: one box each, sent and fetched whole."""

from flask import Response, request
from sqlalchemy.exc import IntegrityError

from shared_space import limits
from shared_space.access import account_id
from shared_space.boxes import PRIVATE_ATTACHMENT, SHARED_ATTACHMENT, check
from shared_space.db import writing
from shared_space.errors import Refusal
from shared_space.journals.attachments import Attachment
from shared_space.journals.reach import readable, writable
from shared_space.journals.routes import bp, tag_for
from shared_space.wire import answer, b64, id_from, raw_body, unb64

PATH = "/<journal_id>/entries/<entry_id>/attachments/<attachment_id>"


@bp.put(PATH)
@limits.writes
def attach(journal_id: str, entry_id: str, attachment_id: str) -> Response:
    """Keep a file."""
    box = raw_body(SHARED_ATTACHMENT.cap)
    entry, wanted, tag = id_from(entry_id), id_from(attachment_id), author_tag()
    try:
        with writing():
            Attachment.prune()
            journal = writable(journal_id)
            check(box, SHARED_ATTACHMENT if journal.shared else PRIVATE_ATTACHMENT)
            kept, new = Attachment.keep(
                journal, entry, wanted, account_id(), box, tag_for(journal, tag)
            )
            sha256 = kept.sha256
    except IntegrityError as error:
        raise Refusal(404, "not_found") from error
    return answer({"sha256": b64(sha256)}, 201 if new else 200)


def author_tag() -> bytes | None:
    """Read the author tag out of its header."""
    text = request.headers.get("X-Author-Tag")
    try:
        return None if text is None else unb64(text, 32)
    except ValueError as error:
        raise Refusal(400, "bad_request") from error


@bp.get(PATH)
def attachment(journal_id: str, entry_id: str, attachment_id: str) -> Response:
    """Return a file's box."""
    found = Attachment.of(readable(journal_id), id_from(entry_id), id_from(attachment_id))
    response = Response(found.box, mimetype="application/octet-stream")
    if found.tag:
        response.headers["X-Author-Tag"] = b64(found.tag)
    return response
