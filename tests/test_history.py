"""The history of a journal's writes: what the server keeps of it, and what readers fold."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.boxes import PRIVATE, box, new_id, proof_of
from tests.conftest import Serve
from tests.crypto_reference import b64, unb64
from tests.database import in_database
from tests.history_client import check_history, read_history
from tests.history_reference import HistoryError, Write, fold, read_write, start_head
from tests.people import Person, at_once, linked_couple, ok, space_of
from tests.reference_client import ReferenceClient
from tests.servers import Server

PASSWORD = "six words that only python knows"


def history_of(person: Person, journal: str, after: int = 0, limit: int = 500) -> Any:
    return ok(person.get(f"/api/journals/{journal}/history?after={after}&limit={limit}"))


def heads_of(person: Person, journal: str) -> dict[int, bytes]:
    """Fold a journal's history as one reader is shown it."""
    entries = ok(person.get(f"/api/journals/{journal}/changes?limit=200"))
    said, id_ = history_of(person, journal), unb64(journal)
    known: list[Write] = [read_write(one) for one in [*said["writes"], *entries["entries"]]]
    first = start_head(id_, said["start"])
    return fold(id_, said["start"], first, known, entries["place"])


def test_a_superseded_write_and_a_deletion_leave_hashes(server: Server) -> None:
    ana, sam = linked_couple(server)
    space, entry, first = space_of(ana), new_id(), box(0x20)
    ok(ana.write(space, entry, box=first), 201)
    assert history_of(ana, space) == {"start": 0, "writes": [], "place": 3, "more": False}
    ok(ana.write(space, entry, rev=2))
    about = {"id": entry, "author": ana.id}
    old = about | {"rev": 1, "place": 3, "sha256": proof_of(first)}
    assert history_of(sam, space)["writes"] == [old]
    ok(ana.delete(f"/api/journals/{space}/entries/{entry}", {"rev": 3}))
    told = history_of(sam, space)["writes"]
    assert [one["place"] for one in told] == [3, 4, 5]
    assert told[2] == about | {"rev": 3, "place": 5, "gone": True}
    assert heads_of(ana, space) == heads_of(sam, space)
    rows = in_database(server, "SELECT box, tag FROM entries WHERE id = ?", unb64(entry))
    assert rows == [(None, None)]


def test_a_repeated_write_moves_nothing(server: Server) -> None:
    ana = Person.joins(server)
    entry, written = new_id(), box(PRIVATE)
    ok(ana.write(ana.id, entry, box=written), 201)
    before = heads_of(ana, ana.id)
    ok(ana.write(ana.id, entry, box=written), 201)
    assert heads_of(ana, ana.id) == before
    for _ in range(2):
        ok(ana.delete(f"/api/journals/{ana.id}/entries/{entry}", {"rev": 2}))
    assert max(heads_of(ana, ana.id)) == 2


def test_a_batch_with_changes_is_in_the_history(server: Server) -> None:
    ana = Person.joins(server)
    ids = [new_id() for _ in range(3)]
    for rev in (1, 2):
        many = [{"id": one, "rev": rev, "box": box(PRIVATE)} for one in ids]
        ok(ana.put(f"/api/journals/{ana.id}/entries", {"entries": many}))
    assert max(heads_of(ana, ana.id)) == 6
    page = history_of(ana, ana.id, limit=2)
    assert (page["place"], page["more"]) == (2, True)
    assert history_of(ana, ana.id, after=page["place"], limit=2)["place"] == 6


def test_what_is_taken_back_is_in_the_history(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    for _ in range(3):
        ok(ana.write(space), 201)
    ok(sam.write(space), 201)
    ok(ana.delete("/api/space"), 204)
    ok(ana.delete(f"/api/archives/{space}/words", {"authKey": ana.auth_key}), 204)
    assert max(heads_of(sam, space)) == 10


def writer(person: Person, space: str) -> Callable[[], object]:
    """Return what writes, changes and deletes entries of a person."""

    def write() -> None:
        for number in range(4):
            entry = new_id()
            ok(person.write(space, entry), 201)
            ok(person.write(space, entry, rev=2))
            if number % 2:
                ok(person.delete(f"/api/journals/{space}/entries/{entry}", {"rev": 3}))

    return write


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_writers_at_once_make_one_history(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    settings = {}
    if engine == "postgresql":
        settings["SPACE_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    ana, sam = linked_couple(serve(**settings))
    space = space_of(ana)
    others = [ana.elsewhere(), sam.elsewhere()]
    for one in others:
        ok(one.sign_in(), 201)
    at_once(*(writer(one, space) for one in (ana, sam, *others)))
    heads = heads_of(ana, space)
    assert max(heads) == 2 + 4 * (4 * 2 + 2)
    assert heads == heads_of(sam, space)


def test_the_hashes_go_with_the_journal(server: Server) -> None:
    ana = Person.joins(server)
    entry, count = new_id(), "SELECT count(*) FROM superseded WHERE journal_id = ?"
    ok(ana.write(ana.id, entry), 201)
    ok(ana.write(ana.id, entry, rev=2))
    assert in_database(server, count, unb64(ana.id)) == [(1,)]
    ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
    assert in_database(server, count, unb64(ana.id)) == [(0,)]


def test_a_second_client_checks_what_its_partner_saw(server: Server) -> None:
    ana, sam = ReferenceClient(server.origin), ReferenceClient(server.origin)
    ana.sign_up(f"ana-{secrets.token_hex(4)}", PASSWORD)
    sam.sign_up(f"sam-{secrets.token_hex(4)}", PASSWORD)
    link = ana.invite("Ana")
    sam.accept(link, "Sam")
    ana.confirm(link, sam.me["id"], "Sam")
    sam.refresh()
    space = b64(ana.space)
    assert check_history(ana, space) == 2
    ana.write_shared("With a witness")
    assert check_history(sam, space) == 3
    sam.write_shared("And one that answers it")
    assert check_history(ana, space) == 4
    assert [one.get("chain", {}).get("place") for one in sam.read_shared()] == [3, 2, None, None]

    # Ana is shown a history without Sam's entry; her next entry says so to Sam.
    ana.heads[space] = {place: head for place, head in ana.heads[space].items() if place < 4}
    ana.heads[space][4] = start_head(ana.space, 4)
    ana.write_shared("Written on another history")
    with pytest.raises(HistoryError, match="another history at 4"):
        check_history(sam, space)

    # She goes on with what she is shown now, and her next entry says that, too.
    _, ana.heads[space] = read_history(ana, space)
    ana.write_shared("Written on this one again")
    assert check_history(sam, space) == 6
