"""The ways to open an account: the password and the recovery sheet (protocol §6, §10, §11)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from tests.boxes import box, proof_of, some, wrap
from tests.database import in_database
from tests.people import Person, at_once, ok, refused
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def change_password(person: Person, new: str, **changes: object) -> requests.Response:
    keys = {"authKey": person.auth_key, "kdfId": 2, "seed": some(16), "newAuthKey": new}
    return person.put("/api/password", keys | {"wrap": wrap(0x01), "version": 1} | changes)


def make_sheet(person: Person, auth: str, **changes: object) -> requests.Response:
    keys = {"authKey": person.auth_key, "verifier": proof_of(auth), "wrap": wrap(0x02)}
    return person.put("/api/sheet", keys | changes)


def open_with(person: Person, auth: str) -> requests.Response:
    body = {"login": person.login, "recoveryAuth": auth}
    return person.post("/api/recovery/opening", body)


def recover(person: Person, auth: str, new: str, **changes: object) -> requests.Response:
    """Recover with a sheet; `new` is both the new password's key and the new sheet's secret."""
    who = {"login": person.login, "recoveryAuth": auth, "kdfId": 2, "seed": some(16)}
    keys = {"authKey": new, "wrap": wrap(0x01), "newVerifier": proof_of(new), "newWrap": wrap(0x02)}
    return person.post("/api/recovery", who | keys | {"version": 1} | changes)


def test_a_new_password_works_and_the_old_one_does_not(server: Server) -> None:
    ana, new, seed, kept = Person.joins(server), some(32), some(16), wrap(0x01)
    assert ok(change_password(ana, new, seed=seed, wrap=kept)) == {"version": 2}
    assert {"seed": seed, "wrap": kept, "version": 2}.items() <= ana.me().items()
    assert ok(ana.post("/api/seed", {"login": ana.login})) == {"seed": seed}
    refused(ana.elsewhere().sign_in(), 401, "wrong")
    ok(ana.elsewhere().sign_in(new), 201)


def test_a_new_password_ends_every_session_but_the_one_that_set_it(server: Server) -> None:
    ana = Person.joins(server)
    lost = ana.elsewhere()
    ok(lost.sign_in(), 201)
    with lost.socket() as heard, ana.socket() as here:
        ok(change_password(ana, some(32)))
        assert heard.expect("session:ended") == {}
        assert heard.is_closed_by_the_server()
        ok(ana.write(ana.id), 201)
        here.expect("journal:changed")
        assert not here.heard
    refused(lost.get("/api/me"), 401, "signed_out")
    ok(ana.get("/api/me"))


def test_who_sits_at_anas_open_page_cannot_change_her_password(server: Server) -> None:
    ana = Person.joins(server)
    before = ana.me()
    refused(change_password(ana, some(32), authKey=some(32)), 401, "wrong")
    assert ana.me() == before
    ok(ana.elsewhere().sign_in(), 201)


def test_an_open_page_is_no_way_around_the_five_free_guesses(server: Server) -> None:
    ana = Person.joins(server)
    for _ in range(2):
        refused(change_password(ana, some(32), authKey=some(32)), 401, "wrong")
        refused(make_sheet(ana, some(32), authKey=some(32)), 401, "wrong")
    refused(ana.sign_in(some(32)), 401, "wrong")
    refused(change_password(ana, some(32)), 429, "too_many")
    refused(make_sheet(ana, some(32)), 429, "too_many")


def test_a_password_is_changed_from_what_it_is_now(server: Server) -> None:
    ana, new = Person.joins(server), some(32)
    assert refused(change_password(ana, new, version=2), 409, "conflict")["current"] == 1
    ok(change_password(ana, new))
    refused(change_password(ana, some(32), authKey=new, version=1), 409, "conflict")
    ok(ana.elsewhere().sign_in(new), 201)


def test_two_new_passwords_at_once_do_not_mix(server: Server) -> None:
    ana = Person.joins(server)
    other = ana.elsewhere()
    ok(other.sign_in(), 201)
    news = [some(32), some(32)]
    answers = at_once(
        lambda: change_password(ana, news[0]), lambda: change_password(other, news[1])
    )
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) in ([200, 401], [200, 409])
    won = statuses.index(200)
    ok(ana.elsewhere().sign_in(news[won]), 201)
    refused(ana.elsewhere().sign_in(news[1 - won]), 401, "wrong")


NO_PASSWORD: dict[str, dict[str, Any]] = {
    "another kdf": {"kdfId": 1},
    "a short key": {"newAuthKey": some(31)},
    "a long key": {"newAuthKey": some(33)},
    "a short seed": {"seed": some(15)},
    "no wrap": {"wrap": None},
    "an empty wrap": {"wrap": ""},
    "a short wrap": {"wrap": box(0x01, 123)},
    "a sheet's wrap": {"wrap": wrap(0x02)},
    "a passkey's wrap": {"wrap": wrap(0x03)},
    "no version": {"version": None},
    "a key too many": {"more": 1},
}


@pytest.mark.parametrize("case", NO_PASSWORD)
def test_the_password_and_its_wrap_cannot_be_removed(server: Server, case: str) -> None:
    ana = Person.joins(server)
    before = ana.me()
    refused(change_password(ana, **{"new": some(32)} | NO_PASSWORD[case]), 400, "bad_request")
    assert ana.me() == before
    ok(ana.elsewhere().sign_in(), 201)


def test_the_sheet_gives_its_wrap_to_who_holds_it(server: Server) -> None:
    ana, sheet, kept = Person.joins(server), some(32), wrap(0x02)
    ok(make_sheet(ana, sheet, wrap=kept), 204)
    assert ana.me()["sheet"] is True
    response = ok(open_with(ana.elsewhere(), sheet))
    assert response == {"id": ana.id, "wrap": kept, "version": 1}


def test_a_wrong_sheet_no_sheet_and_no_account_are_all_alike(server: Server) -> None:
    ana, sam, nobody = Person.joins(server), Person.joins(server), Person(server)
    ok(make_sheet(ana, some(32)), 204)
    answers = [open_with(one, some(32)) for one in (ana, sam, nobody)]
    answers += [recover(one, some(32), some(32)) for one in (ana, sam, nobody)]
    for one in answers:
        assert refused(one, 401, "wrong") == {"error": "wrong"}
    assert open_with(sam, "A" * 43).status_code == 401


@pytest.mark.parametrize("kept", [wrap(0x01), wrap(0x05), box(0x02, 125), ""], ids=range(4))
def test_a_sheet_takes_no_other_wrap(server: Server, kept: str) -> None:
    ana = Person.joins(server)
    refused(make_sheet(ana, some(32), wrap=kept), 400, "bad_request")
    assert ana.me()["sheet"] is False


def test_a_new_sheet_replaces_the_old_one(server: Server) -> None:
    ana, old, new = Person.joins(server), some(32), some(32)
    ok(make_sheet(ana, old), 204)
    refused(make_sheet(ana, new, authKey=some(32)), 401, "wrong")
    ok(open_with(ana, old))
    ok(make_sheet(ana, new), 204)
    refused(open_with(ana, old), 401, "wrong")
    ok(open_with(ana, new))


def test_the_sheet_sets_a_new_password_and_a_new_sheet_together(server: Server) -> None:
    ana, sheet, new = Person.joins(server), some(32), some(32)
    ok(make_sheet(ana, sheet), 204)
    at_home = ana.elsewhere()
    response = ok(recover(at_home, sheet, new), 201)
    assert (response["id"], response["version"], response["sheet"]) == (ana.id, 2, True)
    assert response == at_home.me()
    refused(ana.elsewhere().sign_in(), 401, "wrong")
    refused(open_with(ana.elsewhere(), sheet), 401, "wrong")
    refused(recover(ana.elsewhere(), sheet, some(32), version=2), 401, "wrong")
    ok(ana.elsewhere().sign_in(new), 201)
    ok(open_with(ana.elsewhere(), new))


def test_using_the_sheet_ends_every_earlier_session(server: Server) -> None:
    ana, sheet = Person.joins(server), some(32)
    ok(make_sheet(ana, sheet), 204)
    with ana.socket() as heard:
        ok(recover(ana.elsewhere(), sheet, some(32)), 201)
        assert heard.expect("session:ended") == {}
        assert heard.is_closed_by_the_server()
    refused(ana.get("/api/me"), 401, "signed_out")


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ({"version": 2}, 409),
        ({"wrap": wrap(0x02)}, 400),
        ({"newWrap": wrap(0x01)}, 400),
        ({"newWrap": None}, 400),
        ({"wrap": None}, 400),
        ({"newVerifier": some(31)}, 400),
        ({"kdfId": 1}, 400),
        ({"authKey": some(33)}, 400),
    ],
    ids=range(8),
)
def test_a_recovery_that_is_refused_changes_nothing(
    server: Server, parts: dict[str, Any], status: int
) -> None:
    ana, sheet = Person.joins(server), some(32)
    ok(make_sheet(ana, sheet), 204)
    code = {400: "bad_request", 409: "conflict"}[status]
    refused(recover(ana.elsewhere(), sheet, some(32), **parts), status, code)
    assert ana.me()["recovered"] is None
    ok(ana.elsewhere().sign_in(), 201)
    ok(open_with(ana.elsewhere(), sheet))


def test_two_who_use_the_sheet_at_once_do_not_mix(server: Server) -> None:
    ana, sheet, news = Person.joins(server), some(32), [some(32), some(32)]
    ok(make_sheet(ana, sheet), 204)
    answers = at_once(*[lambda new=new: recover(ana.elsewhere(), sheet, new) for new in news])
    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [201, 401]
    new = news[statuses.index(201)]
    ok(ana.elsewhere().sign_in(new), 201)
    ok(open_with(ana.elsewhere(), new))


def test_that_the_sheet_was_used_is_said_for_30_days(server: Server) -> None:
    ana, sheet = Person.joins(server), some(32)
    ok(make_sheet(ana, sheet), 204)
    today = datetime.now(UTC).date()
    assert ok(recover(ana, sheet, some(32)), 201)["recovered"] in (
        today.isoformat(),
        (today + timedelta(days=1)).isoformat(),
    )
    for days, accepted in ((29, True), (31, False)):
        day = (today - timedelta(days=days)).isoformat()
        in_database(server, "UPDATE accounts SET recovered_on = ? WHERE login = ?", day, ana.login)
        assert ana.me()["recovered"] == (day if accepted else None)


def test_no_wrap_leaves_before_its_proof(server: Server) -> None:
    ana, sheet, kept = Person.joins(server), some(32), wrap(0x02)
    ok(make_sheet(ana, sheet, wrap=kept), 204)
    own = ana.me()["wrap"]
    stranger = ana.elsewhere()
    answers = [stranger.post("/api/seed", {"login": ana.login}), stranger.sign_in(some(32))]
    answers += [open_with(stranger, some(32)), recover(stranger, some(32), some(32))]
    for one in answers:
        assert own not in one.text
        assert kept not in one.text
    assert kept not in ana.get("/api/me").text
