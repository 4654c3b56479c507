"""Ten thousand entries to search in."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

from tests.browser.partners import Person, signed_in
from tests.crypto_reference import Fields, hkdf, seal
from tests.patience import SECONDS
from tests.servers import Server

ENTRIES = 10_000
FIRST_DAY = datetime(1999, 7, 10, 12, tzinfo=UTC)


def many_pages(server: Server, ana: Person) -> None:
    """Insert ten thousand encrypted notes into Ana's journal, one a day, without the rate limit."""
    client = signed_in(ana, server)
    key = hkdf(client.account_key, b"", "ss/v1/acct/data")
    database = sqlite3.connect(server.data / "space.sqlite3", timeout=SECONDS)
    with database:
        (place,) = database.execute(
            "SELECT place FROM journals WHERE id = ?", (client.id,)
        ).fetchone()
        database.executemany(
            "INSERT INTO entries (id, journal_id, author_id, rev, born, place, box) "
            "VALUES (?, ?, ?, 1, ?, ?, ?)",
            (
                (record, client.id, client.id, place + number, place + number, box)
                for number in range(1, ENTRIES + 1)
                for record, box in [note(key, client.id, number)]
            ),
        )
        database.execute("UPDATE journals SET place = ? WHERE id = ?", (place + ENTRIES, client.id))
    database.close()


def note(key: bytes, ana: bytes, number: int) -> tuple[bytes, bytes]:
    """Return the id and the box of one note."""
    record = number.to_bytes(16)
    at = (FIRST_DAY + timedelta(days=number)).isoformat()
    text = f"Soup, rain, the list on the fridge; line {number}."
    felt = {1: ["tenderness"], 9_000: ["tenderness"]}.get(number, ["sadness"])
    if number == 1:
        text = "AÑORANZA, and the first maple"
    body = {"v": 1, "type": "note", "at": at, "text": text, "feelings": felt, "files": []}
    return record, seal(key, 0x10, Fields(ana, record, ana, 1), json.dumps(body).encode())
