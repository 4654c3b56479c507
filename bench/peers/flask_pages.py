"""Bare Flask routes on the same server, engine and tables, with the statements that are needed.

They know the session by Flask's own signed cookie, check nothing that is sent, limit nothing,
tell no other page and set no headers.
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

from shared_space import clock, engines  # noqa: E402
from shared_space.db import UtcDateTime  # noqa: E402
from shared_space.serving import QuietServer  # noqa: E402

app = Flask(__name__)
app.secret_key = bytes.fromhex(os.environ["BENCH_KEY"])
url = os.environ["BENCH_URL"]
engine = sa.create_engine(url)
if engine.dialect.name == "sqlite":
    sa.event.listen(engine, "connect", engines.harden)
    sa.event.listen(engine, "begin", engines.begin)

SESSION = sa.text(
    "SELECT s.id, s.account_id, s.last_hour, a.login, a.wrap FROM sessions s JOIN accounts a "
    "ON a.id = s.account_id WHERE s.token_hash = :hash AND s.last_hour > :idle AND s.since > :first"
).bindparams(sa.bindparam("idle", type_=UtcDateTime), sa.bindparam("first", type_=sa.Date))
JOURNAL = sa.text("SELECT id, shared, place FROM journals WHERE id = :journal")
NEWEST = sa.text(
    "SELECT id, author_id, rev, born, place, box FROM entries WHERE journal_id = :journal "
    "AND box IS NOT NULL ORDER BY born DESC LIMIT 50"
)
ENTRY = sa.text("SELECT rev, box FROM entries WHERE id = :entry")
NEXT = sa.text("UPDATE journals SET place = place + 1 WHERE id = :journal RETURNING place")
INSERT = sa.text(
    "INSERT INTO entries (id, journal_id, author_id, rev, born, place, box) "
    "VALUES (:entry, :journal, :journal, 1, :place, :place, :box)"
)
CLAIM = sa.text(
    "UPDATE attachments SET waiting_since = NULL WHERE entry_id = :entry "
    "AND journal_id = :journal AND author_id = :journal"
)


def b64(data: bytes) -> str:
    """Write bytes as they travel."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    """Read bytes that travel."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def member(connection: sa.Connection) -> bytes:
    """Return who asks."""
    now, token_hash = clock.now(), hashlib.sha256(session["_user_id"].encode()).digest()
    limits = {"idle": now - timedelta(days=14), "first": (now - timedelta(days=30)).date()}
    return bytes(connection.execute(SESSION, {"hash": token_hash} | limits).one().account_id)


@app.get("/api/journals/<journal>/entries")
def newest(journal: str) -> Response:
    """Read the newest fifty."""
    with engine.connect() as connection:
        asked = {"journal": raw(journal)}
        assert member(connection) == asked["journal"]
        place = connection.execute(JOURNAL, asked).one().place
        entries = [
            {"id": b64(row.id), "author": b64(row.author_id), "rev": row.rev, "born": row.born,
             "place": row.place, "box": b64(row.box)}
            for row in connection.execute(NEWEST, asked)
        ]  # fmt: skip
        return jsonify({"entries": entries, "place": place})


@app.put("/api/journals/<journal>/entries/<entry>")
def write(journal: str, entry: str) -> Response:
    """Write one."""
    box = raw(request.get_json()["box"])
    with engine.connect().execution_options(writing=True) as connection:
        values = {"journal": raw(journal), "entry": raw(entry), "box": box}
        assert member(connection) == values["journal"]
        connection.execute(JOURNAL, values)
        assert connection.execute(ENTRY, values).one_or_none() is None
        place = connection.execute(NEXT, values).scalar_one()
        connection.execute(INSERT, values | {"place": place})
        connection.execute(CLAIM, values)
        connection.commit()
    return jsonify({"sha256": b64(hashlib.sha256(box).digest()), "place": place, "born": place})


if __name__ == "__main__":
    QuietServer(("127.0.0.1", int(sys.argv[1])), app, log=None).serve_forever()
