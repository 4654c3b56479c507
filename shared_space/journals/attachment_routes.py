"""Routes for attachments: sealed files, each sent and fetched as a whole."""

from flask import Blueprint, Response, request
from sqlalchemy.exc import IntegrityError

from shared_space.encoding import base64url, from_base64url
from shared_space.envelopes import PRIVATE_ATTACHMENT, SHARED_ATTACHMENT, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account_id
from shared_space.http.request_body import id_param, raw_body
from shared_space.http.responses import json_response
from shared_space.journals.access import readable, writable
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.routes import tag_for
from shared_space.storage.transactions import write_transaction

bp = Blueprint("attachments", __name__, url_prefix="/api/journals")

PATH = "/<journal_id>/entries/<entry_id>/attachments/<attachment_id>"


@bp.put(PATH)
@rate_limits.writes
def put_attachment(journal_id: str, entry_id: str, attachment_id: str) -> Response:
    """Store a file, which may arrive before its entry."""
    box = raw_body(SHARED_ATTACHMENT.cap)
    entry, wanted, tag = id_param(entry_id), id_param(attachment_id), author_tag()
    try:
        with write_transaction():
            Attachment.prune()
            journal = writable(journal_id)
            validate_envelope(box, SHARED_ATTACHMENT if journal.shared else PRIVATE_ATTACHMENT)
            found = Entry.find_own(journal, entry, current_account_id())
            kept, new = Attachment.save(
                journal, entry, found, wanted, current_account_id(), box, tag_for(journal, tag)
            )
            sha256 = kept.sha256
    except IntegrityError as error:
        raise ApiError(404, "not_found") from error
    return json_response({"sha256": base64url(sha256)}, 201 if new else 200)


def author_tag() -> bytes | None:
    """Return the author tag in the request's header, or None."""
    text = request.headers.get("X-Author-Tag")
    try:
        return None if text is None else from_base64url(text, 32)
    except ValueError as error:
        raise ApiError(400, "bad_request") from error


@bp.get(PATH)
def get_attachment(journal_id: str, entry_id: str, attachment_id: str) -> Response:
    """Return a file's sealed bytes."""
    found = Attachment.get_or_404(readable(journal_id), id_param(entry_id), id_param(attachment_id))
    response = Response(found.box, mimetype="application/octet-stream")
    if found.tag:
        response.headers["X-Author-Tag"] = base64url(found.tag)
    return response
