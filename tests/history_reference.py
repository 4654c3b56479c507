"""The chain over a journal's writes in Python, from docs/protocol.md §19 alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.crypto_reference import sha256, unb64

VERSION, ERASED, BOX, UNKNOWN = b"\x01", b"\x00", b"\x01", b"\x02"


class HistoryError(Exception):
    """The server's answers do not make up one history."""


@dataclass(frozen=True)
class Write:
    """One write of a journal; `sha256` is its box's hash, or None for a deletion."""

    place: int
    entry: bytes
    author: bytes
    rev: int
    sha256: bytes | None

    def leaf(self, journal: bytes) -> bytes:
        """Return the hash that stands for this write in the chain."""
        form, content = (ERASED, bytes(32)) if self.sha256 is None else (BOX, self.sha256)
        about = self.entry + self.rev.to_bytes(8) + form + content + self.author
        return sha256(b"ss/v1/chain/write" + VERSION + journal + self.place.to_bytes(8) + about)


def unknown_leaf(journal: bytes, place: int) -> bytes:
    """Return the leaf of a write which nobody can name any more, and that was accepted as such."""
    about = bytes(16) + bytes(8) + UNKNOWN + bytes(32) + bytes(16)
    return sha256(b"ss/v1/chain/write" + VERSION + journal + place.to_bytes(8) + about)


def start_head(journal: bytes, place: int) -> bytes:
    """Return the head of a journal whose history begins after a place."""
    return sha256(b"ss/v1/chain/start" + VERSION + journal + place.to_bytes(8))


def next_head(before: bytes, leaf: bytes) -> bytes:
    """Return the head after one more write."""
    return sha256(b"ss/v1/chain/head" + VERSION + before + leaf)


def read_write(said: dict[str, Any]) -> Write:
    """Read an entry, a tombstone or a write without its box from a response."""
    if "box" in said:
        content: bytes | None = sha256(unb64(said["box"]))
    else:
        content = unb64(said["sha256"]) if "sha256" in said else None
    return Write(said["place"], unb64(said["id"]), unb64(said["author"]), said["rev"], content)


def fold(
    journal: bytes, start: int, head: bytes, writes: Iterable[Write], end: int
) -> dict[int, bytes]:
    """Return the head after each place from `start` to `end`.

    Raises HistoryError if a place has no write, or an entry's writes do not follow on another.
    """
    at = {write.place: write for write in writes}
    last: dict[bytes, Write] = {}
    heads = {start: head}
    for place in range(start + 1, end + 1):
        write = at.get(place)
        if write is None:
            raise HistoryError(f"nothing at {place}")
        before = last.get(write.entry)
        if before and (
            before.sha256 is None or (before.author, before.rev + 1) != (write.author, write.rev)
        ):
            raise HistoryError(f"{place} does not follow on {before.place}")
        last[write.entry] = write
        heads[place] = next_head(heads[place - 1], write.leaf(journal))
    return heads
