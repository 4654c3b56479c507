"""Deleting an account: its data is unreadable at once, and the partner keeps what was shared."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from shared_space.accounts.deletion import owned_models
from shared_space.encoding import from_base64url
from shared_space.models import ALL
from shared_space.storage.types import Base, PrimaryId
from tests.boxes import REF, some
from tests.bystanders import Bystanders
from tests.database import in_database
from tests.deletion_fixture import DeletionScenario, raw, rows_that_hold
from tests.people import Person, ok, refused, space_of
from tests.servers import Server


@pytest.fixture
def scenario(server: Server, bystanders: Bystanders) -> DeletionScenario:  # noqa: ARG001
    return DeletionScenario(server)


def test_nothing_of_the_account_opens_from_then_on(scenario: DeletionScenario) -> None:
    ana, elsewhere = scenario.ana, scenario.ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    with elsewhere.socket() as phone:
        answer = scenario.delete()
        ok(answer, 204)
        assert phone.expect("session:ended") == {}
        assert phone.is_closed_by_the_server()
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    refused(elsewhere.get("/api/me"), 401, "signed_out")
    refused(ana.sign_in(), 401, "wrong")


def test_it_asks_for_the_password_and_says_which_question_was_not_answered(
    scenario: DeletionScenario,
) -> None:
    before = scenario.sam.me()
    refused(scenario.delete(auth_key=some(32)), 401, "wrong")
    refused(
        scenario.ana.delete("/api/account", {"authKey": scenario.ana.auth_key}), 400, "bad_request"
    )
    refused(scenario.ana.delete("/api/account"), 415, "unsupported")
    assert scenario.ana.me()["space"]
    assert scenario.sam.me() == before


def test_the_partner_reads_the_same_as_at_parting_and_keeps_what_was_shared(
    scenario: DeletionScenario,
) -> None:
    sam = scenario.sam
    with sam.socket() as page:
        ok(scenario.delete(), 204)
        assert page.expect("linking:changed") == {}
    me = sam.me()
    assert me["space"] is None
    (archive,) = me["archives"]
    assert (archive["id"], archive["partner"], archive["told"]) == (
        scenario.space,
        scenario.ana.id,
        False,
    )
    entries = ok(sam.get(f"/api/journals/{scenario.space}/entries"))["entries"]
    assert sorted(entry["author"] for entry in entries) == sorted(
        [scenario.ana.id] * 3 + [sam.id] * 2
    )
    pairs = ok(sam.get(f"/api/archives/{scenario.space}/answers"))["answers"]
    assert [(pair["ref"], pair["theirs"]["author"]) for pair in pairs] == [(REF, scenario.ana.id)]
    assert len(ok(sam.get(f"/api/journals/{sam.id}/entries"))["entries"]) == 1


def test_an_answer_that_was_never_revealed_goes_in_any_case(scenario: DeletionScenario) -> None:
    ref = raw(scenario.sealed_ref)
    assert in_database(scenario.server, "SELECT count(*) FROM answers WHERE ref = ?", ref) == [(1,)]
    ok(scenario.delete(), 204)
    for table in ("answers", "pairs"):
        statement = f"SELECT count(*) FROM {table} WHERE ref = ?"
        assert in_database(scenario.server, statement, ref) == [(0,)]


def test_taken_back_means_for_the_other_too(scenario: DeletionScenario) -> None:
    sam = scenario.sam
    with sam.socket() as page:
        ok(scenario.delete(take_back=True), 204)
        assert page.expect("journal:changed")["journal"] == scenario.space
    entries = ok(sam.get(f"/api/journals/{scenario.space}/entries"))["entries"]
    assert {entry["author"] for entry in entries} == {sam.id}
    changes = ok(sam.get(f"/api/journals/{scenario.space}/changes?limit=200"))["entries"]
    assert {one["author"] for one in changes if "gone" in one} == {scenario.ana.id}
    pairs = ok(sam.get(f"/api/archives/{scenario.space}/answers"))["answers"]
    assert [pair["theirs"] for pair in pairs] == [None]


def test_no_signal_of_either_outlives_the_space(scenario: DeletionScenario) -> None:
    space = from_base64url(space_of(scenario.sam))
    there = "SELECT count(*) FROM signals WHERE space_id = ?"
    assert in_database(scenario.server, there, space) == [(2,)]
    ok(scenario.delete(), 204)
    assert in_database(scenario.server, there, space) == [(0,)]


def test_a_flame_of_the_others_burns_on(scenario: DeletionScenario) -> None:
    ok(scenario.sam.light())
    ok(scenario.delete(), 204)
    candle = ok(scenario.sam.get("/api/candle"))
    assert [flame["member"] for flame in candle["flames"]] == [scenario.sam.id]


def test_when_both_have_gone_nothing_of_the_two_is_left(scenario: DeletionScenario) -> None:
    ok(scenario.delete(), 204)
    sam = scenario.sam
    ok(sam.delete("/api/account", {"authKey": sam.auth_key, "takeBack": False}), 204)
    for mine in (scenario.ana.id, sam.id, scenario.space):
        assert rows_that_hold(scenario.server, raw(mine)) == set()


def test_nobody_signs_up_with_the_id_that_an_archive_keeps(scenario: DeletionScenario) -> None:
    ok(scenario.delete(), 204)
    thief = Person(scenario.server)
    refused(thief.sign_up(id=scenario.ana.id), 409, "taken")
    ok(thief.sign_up(login=scenario.ana.login), 201)  # the login name can be used again


def test_whoever_was_at_the_door_learns_that_it_has_closed(
    server: Server, bystanders: Bystanders
) -> None:
    assert bystanders.space
    ana, sam = Person.joins(server), Person.joins(server)
    first, second = ana.invite(), ana.invite()
    ok(sam.open(first))
    ok(sam.accept(first))
    with sam.socket() as page:
        ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
        assert page.expect("linking:changed") == {}
    me = sam.me()
    assert (me["space"], me["archives"]) == (None, [])
    for door in (first, second):
        refused(Person.joins(server).open(door), 404, "not_found")
    assert rows_that_hold(server, raw(ana.id)) == set()


def test_every_model_declares_whose_its_rows_are() -> None:
    for model in ALL:
        column, why = model.ownership.column, model.ownership.why
        assert (column in columns_of(model)) != bool(why), model
    assert {model.__tablename__ for model in owned_models()} == {
        "sessions", "passkeys", "reminders", "devices", "rests", "flames",
    }  # fmt: skip


def test_a_model_that_names_its_owner_by_any_word_is_refused_until_it_says_so() -> None:
    with pytest.raises(TypeError, match="ownership"):

        class Diary(Base):
            __tablename__ = "diaries"
            holder: Mapped[PrimaryId]


def columns_of(model: Any) -> set[str]:
    table: sa.Table = model.__table__
    return set(table.columns.keys())
