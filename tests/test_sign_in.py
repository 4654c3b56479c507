"""Signing in, and the growing waits after wrong attempts (protocol §3, §11.9)."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.boxes import b64, some
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Person, at_once, ok, refused
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def test_a_pseudonym_nobody_has_is_answered_like_a_wrong_password(server: Server) -> None:
    ana, nobody = Person.joins(server), Person(server)
    wrong, unknown = ana.elsewhere().sign_in(some(32)), nobody.sign_in()
    refused(wrong, 401, "wrong")
    assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)
    changing = ("Date", "Set-Cookie")
    headers = [
        {name: value for name, value in one.headers.items() if name not in changing}
        for one in (wrong, unknown)
    ]
    assert headers[0] == headers[1]
    assert not unknown.cookies
    assert not wrong.cookies


def test_a_pseudonym_nobody_has_has_a_seed_that_stays(serve: Serve) -> None:
    own_server = serve()
    ana, nobody = Person.joins(own_server), Person(own_server)

    def seed_of(login: str) -> str:
        answer = ok(nobody.post("/api/seed", {"login": login}))
        assert answer.keys() == {"seed"}
        return str(answer["seed"])

    assert seed_of(ana.login) == ana.seed
    first = seed_of(nobody.login)
    assert len(first) == len(ana.seed)
    assert first not in (ana.seed, seed_of("some-other-name"), b64(bytes(16)))
    own_server.restart()
    assert seed_of(nobody.login) == first


def test_five_tries_are_free_and_then_one_waits(server: Server) -> None:
    ana = Person.joins(server)
    guesser = ana.elsewhere()
    for _ in range(5):
        refused(guesser.sign_in(some(32)), 401, "wrong")
    waiting = guesser.sign_in()
    refused(waiting, 429, "too_many")
    assert int(waiting.headers["Retry-After"]) <= 2
    assert not guesser.cookies


def test_a_pseudonym_nobody_has_is_slowed_down_all_the_same(server: Server) -> None:
    nobody = Person(server)
    answers = [nobody.sign_in().status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_sam_cannot_lock_ana_out_by_guessing(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    guesser = Person(server, ana.login)
    guesser.address = sam.address
    guesser.browser = guesser.new_browser()
    for _ in range(5):
        refused(guesser.sign_in(some(32)), 401, "wrong")
    refused(guesser.sign_in(some(32)), 429, "too_many")
    ok(ana.elsewhere().sign_in(), 201)
    ok(sam.sign_in(), 201)


@pytest.mark.parametrize(("tries", "least", "most"), [(5, 2, 4), (8, 30, 32), (90, 890, 901)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(
    server: Server, tries: int, least: int, most: int
) -> None:
    ana = Person.joins(server)
    guesser = ana.elsewhere()
    in_database(server, "DELETE FROM attempts")
    refused(guesser.sign_in(some(32)), 401, "wrong")
    moment = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
    in_database(server, "UPDATE attempts SET tries = ?, until = ?", tries, moment)
    refused(guesser.sign_in(some(32)), 401, "wrong")
    waiting = guesser.sign_in()
    refused(waiting, 429, "too_many")
    assert least <= int(waiting.headers["Retry-After"]) <= most


def test_a_restart_forgives_no_guess(serve: Serve) -> None:
    own_server = serve()
    ana = Person.joins(own_server)
    guesser = ana.elsewhere()
    for _ in range(5):
        refused(guesser.sign_in(some(32)), 401, "wrong")
    later = datetime.now(UTC) + timedelta(minutes=10)
    in_database(
        own_server, "UPDATE attempts SET until = ?", later.strftime("%Y-%m-%d %H:%M:%S.000000")
    )
    own_server.restart()
    refused(guesser.sign_in(), 429, "too_many")


def test_who_signs_in_is_forgiven_their_slips(server: Server) -> None:
    ana = Person.joins(server)
    for _ in range(3):
        for _ in range(4):
            refused(ana.sign_in(some(32)), 401, "wrong")
        ok(ana.sign_in(), 201)


def test_ana_may_sign_in_at_several_browsers_at_once(server: Server) -> None:
    ana = Person.joins(server)
    browsers = [ana.elsewhere() for _ in range(4)]
    for one in browsers:
        one.address = ana.address
        one.browser = one.new_browser()
    assert [one.status_code for one in at_once(*[browser.sign_in for browser in browsers])] == [
        201
    ] * 4
