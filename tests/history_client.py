"""How the reference client checks a journal's history, from docs/protocol.md §19 alone."""

from collections.abc import Iterable
from typing import Any

from tests.crypto_reference import Fields, unb64, unseal
from tests.history_reference import HistoryError, Write, fold, read_write, start_head
from tests.reference_account import Doc
from tests.reference_client import ReferenceClient, read


def check_history(client: ReferenceClient, journal: str) -> int:
    """Fold a journal's whole history, and compare it with all that the client knows of it.

    Returns its last place. Raises HistoryError.
    """
    entries, heads = read_history(client, journal)
    for place, head in client.heads.get(journal, {}).items():
        if heads.get(place) != head:
            raise HistoryError(f"another history than before at {place}")
    compare_witnesses(client, journal, entries, heads)
    client.heads[journal] = heads
    return max(heads)


def read_history(client: ReferenceClient, journal: str) -> tuple[list[Doc], dict[int, bytes]]:
    """Return a journal's entries and tombstones, and the head after each place.

    Raises HistoryError.
    """
    id_ = unb64(journal)
    entries = all_pages(client, f"/journals/{journal}/changes", "entries")
    start: int = client.call("GET", f"/journals/{journal}/history")["start"]
    writes = all_pages(client, f"/journals/{journal}/history", "writes")
    # What was written after the entries were read belongs to the next time.
    end: int = max((one["place"] for one in entries), default=0)
    if start > end:
        raise HistoryError(f"starts at {start}, and ends at {end}")
    both = [read_write(one) for one in [*writes, *entries] if start < one["place"] <= end]
    heads = fold(id_, start, start_head(id_, start), both, end)
    compare_last_writes(both, entries)
    return entries, heads


def compare_last_writes(writes: Iterable[Write], entries: list[Doc]) -> None:
    """Raise HistoryError unless the last write of each entry is the one that is served."""
    last = {one.entry: one.place for one in sorted(writes, key=lambda one: one.place)}
    served = {(unb64(one["id"]), one["place"]) for one in entries}
    if withheld := set(last.items()) - served:
        raise HistoryError(f"withheld: {len(withheld)}")


def compare_witnesses(
    client: ReferenceClient, journal: str, entries: list[Doc], heads: dict[int, bytes]
) -> None:
    """Raise HistoryError if an author saw another history than `heads`.

    What an author wrote before checking these very heads is passed over.
    """
    agreed: dict[str, int] = {}
    for entry in sorted(entries, key=lambda one: -one["place"]):
        author, said = entry["author"], witness(client, journal, entry)
        if said is None or entry["place"] <= agreed.get(author, 0):
            continue
        if said["place"] >= entry["place"] or heads.get(said["place"]) != unb64(said["head"]):
            raise HistoryError(f"{author} saw another history at {said['place']}")
        agreed[author] = max(agreed.get(author, 0), said["place"])


def witness(client: ReferenceClient, journal: str, entry: Doc) -> Any:
    """Return what an entry says of its journal's history, or None."""
    if "box" not in entry:
        return None
    if journal == client.me["id"]:
        where = Fields(client.id, unb64(entry["id"]), client.id, entry["rev"])
        document = read(unseal(client.account("data"), 0x10, where, unb64(entry["box"])))
    else:
        document = client.open_shared(entry, unb64(journal))
    return document.get("chain")


def all_pages(client: ReferenceClient, path: str, what: str) -> list[Any]:
    """Return the items of every page of a list that is read by `after`."""
    found: list[Any] = []
    after, more = 0, True
    while more:
        page = client.call("GET", f"{path}?after={after}")
        assert not page["more"] or (page[what] and page["place"] > after)
        found, after, more = found + page[what], page["place"], page["more"]
    return found
