"""Bare Flask routes on the same server, engine and tables, with the same statements.

They take the session from Flask's signed cookie, validate nothing, have no limits, send no events
and set no headers.
"""

import base64
import hashlib
import os
import sys
from datetime import timedelta

from gevent import monkey

monkey.patch_all()

import sqlalchemy as sa  # noqa: E402
from flask import Flask, Response, jsonify, request, session  # noqa: E402

from shared_space import clock  # noqa: E402
from shared_space.accounts.models import SELECT_LIVE_SESSION  # noqa: E402
from shared_space.journals.access import SELECT_ACCESS  # noqa: E402
from shared_space.journals.attachments import MARK_ATTACHED  # noqa: E402
from shared_space.journals.entries import (  # noqa: E402
    INSERT_ENTRY,
    SELECT_ENTRY,
    SELECT_OLDER,
    SIZES,
)
from shared_space.journals.models import RESERVE_SEQS  # noqa: E402
from shared_space.operations.server import Server  # noqa: E402
from shared_space.storage import engines  # noqa: E402

app = Flask(__name__)
app.secret_key = bytes.fromhex(os.environ["BENCH_KEY"])
url = os.environ["BENCH_URL"]
engine = sa.create_engine(url)
if engine.dialect.name == "sqlite":
    sa.event.listen(engine, "connect", engines.set_pragmas)


def b64(data: bytes) -> str:
    """Encode bytes as base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    """Decode base64url."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def session_of(connection: sa.Connection) -> bytes:
    """Return the id of the request's session."""
    now, token_hash = clock.now(), hashlib.sha256(session["_user_id"].encode()).digest()
    limits = {"idle": now - timedelta(days=14), "first": (now - timedelta(days=30)).date()}
    return bytes(connection.execute(SELECT_LIVE_SESSION, {"hash": token_hash} | limits).one().id)


@app.get("/api/journals/<journal>/entries")
def newest(journal: str) -> Response:
    """Return the newest fifty entries."""
    with engine.connect() as connection:
        asked = {"journal": raw(journal), "session": session_of(connection)}
        place = connection.execute(SELECT_ACCESS, asked).one().last_seq
        page = {"journal": asked["journal"], "before": 2**53, "limit": 50}
        connection.execute(SIZES[SELECT_OLDER], page).all()
        entries = [
            {"id": b64(row.id), "author": b64(row.author_id), "rev": row.rev,
             "born": row.created_seq, "place": row.seq, "box": b64(row.box)}
            for row in connection.execute(SELECT_OLDER, page)
        ]  # fmt: skip
        return jsonify({"entries": entries, "place": place})


@app.put("/api/journals/<journal>/entries/<entry>")
def write(journal: str, entry: str) -> Response:
    """Store a new entry."""
    box, here, id_ = raw(request.get_json()["box"]), raw(journal), raw(entry)
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        mine = session_of(connection)
        place = connection.execute(RESERVE_SEQS, {"journal": here, "count": 1}).scalar_one()
        connection.execute(SELECT_ACCESS, {"journal": here, "session": mine}).one()
        assert connection.execute(SELECT_ENTRY, {"entry": id_}).one_or_none() is None
        row = {"id": id_, "journal_id": here, "author_id": here, "rev": 1, "born": place,
               "place": place, "box": box, "tag": None}  # fmt: skip
        connection.execute(INSERT_ENTRY, row)
        connection.execute(MARK_ATTACHED, {"entry": id_, "journal": here, "author": here})
        connection.commit()
    return jsonify({"sha256": b64(hashlib.sha256(box).digest()), "place": place, "born": place})


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), app, log=None).serve_forever()
