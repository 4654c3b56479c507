"""Creating an account: who may do so, and what the server accepts (protocol §3, §11.1, §11.9)."""

import re
import secrets
from typing import Any

import pytest

from tests.boxes import b64, new_id, some, wrap
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Person, at_once, ok, refused
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

TRUE_WRAP = bytes((1, 1, 1, 0, 0, 0, 0, 1)) + bytes(116)


def wrap_with(place: int, value: int) -> str:
    """Return a wrap with one byte of its header changed."""
    return b64(TRUE_WRAP[:place] + bytes((value,)) + TRUE_WRAP[place + 1 :])


def test_ana_joins_and_is_told_what_she_brought(server: Server) -> None:
    ana, brought = Person(server), wrap(0x01)
    response = ok(ana.sign_up(wrap=brought), 201)
    assert response == {
        "id": ana.id,
        "login": ana.login,
        "seed": ana.seed,
        "wrap": brought,
        "version": 1,
        "sheet": False,
        "recovered": None,
        "space": None,
        "archives": [],
        "invitations": [],
    }
    assert ana.me() == response


def test_the_password_itself_is_not_kept(server: Server) -> None:
    ana = Person.joins(server)
    ((kept,),) = in_database(server, "SELECT auth_hash FROM accounts WHERE login = ?", ana.login)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_pseudonym_belongs_to_one_person(server: Server) -> None:
    ana = Person.joins(server)
    refused(Person(server, ana.login).sign_up(), 409, "login_taken")
    ok(ana.elsewhere().sign_in(), 201)


def test_an_account_id_belongs_to_one_person(server: Server) -> None:
    ana, sam = Person.joins(server), Person(server)
    refused(sam.sign_up(id=ana.id), 409, "taken")
    refused(sam.sign_in(), 401, "wrong")
    assert ana.me()["login"] == ana.login


def test_two_who_choose_the_same_pseudonym_at_once_do_not_share_an_account(server: Server) -> None:
    first = Person(server)
    second = Person(server, first.login)
    answers = at_once(first.sign_up, second.sign_up)
    assert sorted(one.status_code for one in answers) == [201, 409]
    assert {answer.json().get("error") for answer in answers} == {None, "login_taken"}


NO_ACCOUNT: dict[str, dict[str, Any]] = {
    "an older kdf": {"kdfId": 1},
    "a newer kdf": {"kdfId": 3},
    "a kdf in quotes": {"kdfId": "2"},
    "a kdf and a half": {"kdfId": 2.5},
    "no kdf": {"kdfId": None},
    "a short key": {"authKey": b64(bytes(31))},
    "a long key": {"authKey": b64(bytes(33))},
    "an empty key": {"authKey": ""},
    "a padded key": {"authKey": b64(bytes(32)) + "="},
    "a key in the other alphabet": {"authKey": "+" + b64(bytes(32))[1:]},
    "a key's other spelling": {"authKey": b64(bytes(32))[:-1] + "B"},
    "a number for a key": {"authKey": 7},
    "a short seed": {"seed": b64(bytes(15))},
    "a long seed": {"seed": b64(bytes(17))},
    "a short id": {"id": b64(bytes(15))},
    "a long id": {"id": b64(bytes(32))},
    "a short wrap": {"wrap": b64(TRUE_WRAP[:-1])},
    "a long wrap": {"wrap": b64(TRUE_WRAP + b"0")},
    "an empty wrap": {"wrap": ""},
    "no wrap": {"wrap": None},
    "another version": {"wrap": wrap_with(0, 2)},
    "another suite": {"wrap": wrap_with(1, 2)},
    "a sheet's wrap": {"wrap": wrap_with(2, 0x02)},
    "a passkey's wrap": {"wrap": wrap_with(2, 0x03)},
    "a space's wrap": {"wrap": wrap_with(2, 0x05)},
    "a byte that is zero": {"wrap": wrap_with(3, 1)},
    "a far epoch": {"wrap": wrap_with(4, 1)},
    "no epoch": {"wrap": wrap_with(7, 0)},
    "the next epoch": {"wrap": wrap_with(7, 2)},
    "two letters": {"login": "ab"},
    "33 letters": {"login": "a" * 33},
    "capitals": {"login": "Ana-quiet"},
    "a dash first": {"login": "-ana"},
    "a dot last": {"login": "ana."},
    "a space": {"login": "ana maria"},
    "an accent": {"login": "mar\u00eda"},
    "a line break": {"login": "ana\n"},
    "NUL in a login": {"login": "ana\0ana"},
    "NUL in a code": {"code": "a\0b"},
    "a number for a code": {"code": 7},
    "an e-mail address": {"email": "ana@quiet.example"},
    "half an invitation": {"invitation": {"id": b64(bytes(16))}},
    "a short invitation": {"invitation": {"id": b64(bytes(16)), "auth": b64(bytes(31))}},
}


@pytest.mark.parametrize("case", NO_ACCOUNT)
def test_what_is_no_account_is_refused_and_nothing_is_kept(server: Server, case: str) -> None:
    ana = Person(server)
    refused(ana.sign_up(**NO_ACCOUNT[case]), 400, "bad_request")
    refused(ana.get("/api/me"), 401, "signed_out")
    ok(ana.sign_up(), 201)


@pytest.mark.parametrize("part", ["id", "login", "kdfId", "seed", "authKey", "wrap"])
def test_every_part_of_an_account_is_demanded(server: Server, part: str) -> None:
    ana = Person(server)
    body = {
        "id": ana.id,
        "login": ana.login,
        "kdfId": 2,
        "seed": ana.seed,
        "authKey": ana.auth_key,
        "wrap": wrap(0x01),
    }
    refused(
        ana.post("/api/accounts", {k: v for k, v in body.items() if k != part}), 400, "bad_request"
    )
    ok(ana.post("/api/accounts", body), 201)


@pytest.mark.parametrize("shape", ["a%s", "a.%s", "7_-.%s", "%s" + 24 * "z"])
def test_a_pseudonym_may_look_like_this(server: Server, shape: str) -> None:
    ana = Person.joins(server, shape % secrets.token_hex(4))
    assert ana.me()["login"] == ana.login


def test_a_couple_has_two_seats_and_the_second_needs_a_live_invitation(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="couple")
    ana, sam = Person(own_server), Person(own_server)
    assert ok(ana.get("/api/sign-up")) == {"policy": "first"}
    ok(ana.sign_up(), 201)
    assert ok(sam.get("/api/sign-up")) == {"policy": "invitation"}
    invitation = ana.invite()
    for parts in (
        {},
        {"code": some(12)},
        {"invitation": {"id": invitation.id, "auth": some(32)}},
        {"invitation": {"id": new_id(), "auth": invitation.auth}},
    ):
        assert refused(sam.sign_up(**parts), 403, "signup_closed")["need"] == "invitation"
    ok(sam.sign_up(invitation={"id": invitation.id, "auth": invitation.auth}), 201)
    ok(sam.open(invitation))
    late = Person(own_server)
    assert ok(late.get("/api/sign-up")) == {"policy": "closed"}
    mallory = late.sign_up(invitation={"id": invitation.id, "auth": invitation.auth})
    assert refused(mallory, 403, "signup_closed")["need"] == "closed"


def test_an_invitation_that_has_closed_lets_nobody_in(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="couple")
    ana, sam = Person.joins(own_server), Person(own_server)
    invitation = ana.invite()
    in_database(own_server, "UPDATE invitations SET closes = '2026-01-01 00:00:00.000000'")
    proof = {"id": invitation.id, "auth": invitation.auth}
    refused(sam.sign_up(invitation=proof), 403, "signup_closed")


def test_two_strangers_cannot_both_take_the_first_seat(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="couple")
    answers = at_once(*[Person(own_server).sign_up for _ in range(4)])
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]


def test_on_the_open_internet_the_first_account_needs_the_link_that_was_printed(
    serve: Serve,
) -> None:
    own_server = serve(SPACE_SIGNUP="couple", SPACE_PUBLIC_ORIGIN="http://quiet.example")
    ana, mallory = Person(own_server), Person(own_server)
    assert ok(ana.get("/api/sign-up")) == {"policy": "code"}
    refused(mallory.sign_up(), 403, "signup_closed")
    refused(mallory.sign_up(code=some(16)), 403, "signup_closed")
    found = re.findall(r"http://quiet\.example/en/sign-up#(\S+)", own_server.log)
    assert len(found) == 1
    ok(ana.sign_up(code=found[0]), 201)
    refused(mallory.sign_up(code=found[0]), 403, "signup_closed")
    own_server.restart()
    assert len(re.findall(r"/sign-up#", own_server.log)) == 1


def test_a_code_lets_one_person_in(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="code")
    code = own_server.command("signup-code").strip().partition("#")[2]
    assert ok(Person(own_server).get("/api/sign-up")) == {"policy": "code"}
    refused(Person(own_server).sign_up(), 403, "signup_closed")
    refused(Person(own_server).sign_up(code=some(12)), 403, "signup_closed")
    answers = at_once(*[lambda: Person(own_server).sign_up(code=code) for _ in range(4)])
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]


def test_a_code_is_not_used_up_by_a_pseudonym_that_is_taken(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="code")
    codes = [own_server.command("signup-code").strip().partition("#")[2] for _ in range(2)]
    ana, sam = Person(own_server), Person(own_server)
    ok(ana.sign_up(code=codes[0]), 201)
    refused(sam.sign_up(login=ana.login, code=codes[1]), 409, "login_taken")
    ok(sam.sign_up(code=codes[1]), 201)


def test_where_anyone_may_join_nothing_else_is_needed(server: Server) -> None:
    assert ok(Person(server).get("/api/sign-up")) == {"policy": "open"}
