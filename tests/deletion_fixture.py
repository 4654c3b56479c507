"""An account to delete: everything that Ana wrote, and the places that may still hold its bytes."""

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

import requests

from tests.boxes import PRIVATE, SHARED, b64, new_id, sealed, some, wrap
from tests.database import in_database
from tests.people import linked_couple, ok, space_of
from tests.servers import Server

# The length of the pieces that are searched for, and the distance between their starts, in bytes.
SLICE, STEP = 16, 48


class DeletionScenario:
    """Ana and Sam, and everything that Ana wrote, as bytes."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ana, self.sam = linked_couple(server)
        self.space = space_of(self.ana)
        self.private = [self.write(self.ana.id, PRIVATE, size) for size in (92, 1096, 5000, 40_000)]
        self.shared = [self.write(self.space, SHARED, size) for size in (1096, 9000)]
        self.sealed_ref = new_id()
        for person in (self.ana, self.sam):
            ok(person.give())
        ok(self.ana.give(self.sealed_ref))
        ok(self.ana.light())
        ok(self.ana.signal(self.space))
        ok(self.sam.signal(self.space))
        keys = {"authKey": self.ana.auth_key, "verifier": some(32), "wrap": wrap(0x02)}
        ok(self.ana.put("/api/sheet", keys), 204)
        ok(self.sam.write(self.sam.id), 201)
        ok(self.sam.write(self.space), 201)

    def write(self, journal: str, kind: int, size: int) -> bytes:
        """Write an entry, change it and attach a file to larger ones; return all of the bytes."""
        first, then, file, entry = sealed(kind, size), sealed(kind, size + 700), b"", new_id()
        ok(self.ana.write(journal, entry, box=b64(first)), 201)
        ok(self.ana.write(journal, entry, rev=2, box=b64(then)))
        if size > 1000:
            file = sealed(kind + 1, 70_000)
            tag = some(32) if kind == SHARED else None
            ok(self.ana.attach(journal, entry, new_id(), file, tag), 201)
        return first[8:] + then[8:] + file[8:]

    def delete(self, take_back: bool = False, auth_key: str = "") -> requests.Response:
        body = {"authKey": auth_key or self.ana.auth_key, "takeBack": take_back}
        return self.ana.delete("/api/account", body)

    def credentials(self) -> bytes:
        """Return what is stored for opening the account; of each hash, only the digest."""
        mine = raw(self.ana.id)
        found = b""
        for table, columns in {
            "accounts": "auth_hash, seed, wrap, sheet_wrap, sheet_hash",
            "sessions": "token_hash",
            "memberships": "wrap, pin",
        }.items():
            key = "id" if table == "accounts" else "account_id"
            (row,) = in_database(
                self.server, f"SELECT {columns} FROM {table} WHERE {key} = ?", mine
            )
            found += b"".join(
                one.rpartition("$")[2].encode() if isinstance(one, str) else one
                for one in row
                if one is not None
            )
        return found


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def found_of_each(needles: list[bytes], places: list[bytes]) -> list[int]:
    """Return for each of `needles` how many of its pieces are found in any of `places`.

    Each place is read only once, as it can be large.
    """
    sliced = [
        {needle[at : at + SLICE] for at in range(0, len(needle) - SLICE, STEP)}
        for needle in needles
    ]
    assert all(sliced)
    wanted = set().union(*sliced)
    found = {
        piece
        for source in places
        for at in range(len(source) - SLICE + 1)
        if (piece := source[at : at + SLICE]) in wanted
    }
    return [len(slices & found) for slices in sliced]


def files_of(server: Server, copy: Path) -> dict[str, bytes]:
    """Return the bytes of the database, of its write-ahead log, and of a backup made now."""
    file = server.data / "space.sqlite3"
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(copy)) as backup:
        now.backup(backup)
        log = file.with_name("space.sqlite3-wal")
        return {
            "database": file.read_bytes(),
            "log": log.read_bytes() if log.exists() else b"",
            "copy": copy.read_bytes(),
        }


def rows_that_hold(server: Server, needle: bytes) -> set[str]:
    """Return the columns, as `table.column`, in which some bytes are stored."""
    found = set()
    for table, column in columns(server):
        statement = f"SELECT count(*) FROM {table} WHERE instr({column}, ?)"
        if in_database(server, statement, needle) != [(0,)]:
            found.add(f"{table}.{column}")
    return found


def columns(server: Server) -> list[tuple[str, str]]:
    tables = in_database(server, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    return [
        (table, row[1])
        for (table,) in tables
        for row in in_database(server, f"PRAGMA table_info({table})")
    ]
