"""A world with people in every state, whose database is reset before each case."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import requests

from tests.authenticator import Authenticator, challenge_for, make_passkey
from tests.boxes import (
    PIN,
    PRIVATE,
    PRIVATE_FILE,
    REF,
    SHARED,
    SHARED_FILE,
    SIGNAL,
    WORDS,
    b64,
    box,
    new_id,
    proof_of,
    sealed,
    some,
    wrap,
)
from tests.bystanders import Bystanders
from tests.database import copy
from tests.people import Invitation, Person, hence, linked_couple, ok, space_of
from tests.servers import Server

PEOPLE = ("nobody", "ana", "sam", "fred", "stranger", "ended")


class World:
    """Ana is linked with Sam and was linked with Fred, whose new invitation Ivo has accepted."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.bystanders = Bystanders(server)
        self.ana, self.fred = linked_couple(server)
        self.journals = {"past": space_of(self.ana), "own": self.ana.id}
        self.entries: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.fill("past")
        ok(self.ana.give())
        ok(self.fred.delete("/api/space"), 204)
        self.sam = Person.joins(server)
        self.link(self.ana, self.sam)
        self.journals["both"] = space_of(self.ana)
        self.fill("own")
        self.fill("both")
        ok(self.ana.give())
        self.candle = ok(self.ana.light())["candle"]
        ok(self.ana.signal(self.journals["both"]))
        self.reminder = new_id()
        ok(self.ana.put(f"/api/reminders/{self.reminder}", {"moment": hence(hours=2)}))
        ivo = Person.joins(server)
        self.freds = self.link(self.fred, ivo, confirmed=False)
        self.stranger = Person.joins(server)
        self.sheet = some(32)
        keys = {"authKey": self.ana.auth_key, "verifier": proof_of(self.sheet), "wrap": wrap(0x02)}
        ok(self.ana.put("/api/sheet", keys), 204)
        self.version = self.ana.me()["version"]
        self.passkey, made = make_passkey(self.ana)
        ok(made, 201)
        self.challenge = challenge_for(self.ana)
        self.nobody, self.ended, tablet = (
            Person(server), self.ana.elsewhere(), self.ana.elsewhere(),
        )  # fmt: skip
        for other in (self.ended, tablet):
            ok(other.sign_in(), 201)
        cookie = self.ended.cookies["session"]
        ok(self.ended.delete("/api/session"), 204)
        self.ended.browser.cookies.set("session", cookie)
        listed = ok(tablet.get("/api/sessions"))["sessions"]
        self.tablet = next(one["id"] for one in listed if one["here"])
        self.release = ok(self.nobody.get("/static/manifest.json"))["release"]
        shell = self.nobody.get("/es/space/").text
        self.later = shell.partition("/es/space/later/")[2].partition('"')[0]
        self.file = server.data / "space.sqlite3"
        self.kept = server.data.with_name("kept.sqlite3")
        copy(self.file, self.kept)
        self.cookies = {name: self.person(name).cookies for name in PEOPLE}

    def link(self, one: Person, other: Person, confirmed: bool = True) -> Invitation:
        invitation = one.invite()
        ok(invitation.answer, 201)
        ok(other.open(invitation))
        ok(other.accept(invitation))
        if confirmed:
            ok(one.confirm(invitation))
        return invitation

    def fill(self, address: str) -> None:
        entry, file, own = new_id(), new_id(), address == "own"
        self.entries[address], self.files[address] = entry, file
        ok(self.ana.write(self.journals[address], entry), 201)
        kind, tag = (PRIVATE_FILE, None) if own else (SHARED_FILE, some(32))
        ok(self.ana.attach(self.journals[address], entry, file, kind, tag), 201)

    def person(self, name: str) -> Person:
        found: Person = getattr(self, name)
        return found

    def put_back(self) -> None:
        """Restore the database to its initial state."""
        copy(self.kept, self.file)
        for name, cookies in self.cookies.items():
            self.person(name).browser.cookies.clear()
            self.person(name).browser.cookies.update(cookies)

    def rows(self) -> dict[str, list[Any]]:
        """Return all stored rows except the counts of attempts, and a session's hour of last use.

        Every request may note that hour, a refused one too, and does so in a new hour.
        """
        with closing(sqlite3.connect(self.file)) as database:
            tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            names = {name for (name,) in tables} - {"attempts"}
            assert len(names) > 12
            rows: dict[str, list[Any]] = {}
            for name in names:
                columns = [one for _, one, *_ in database.execute(f"PRAGMA table_info({name})")]
                shown = ", ".join(f'"{one}"' for one in columns if one != "last_hour")
                rows[name] = sorted(database.execute(f"SELECT {shown} FROM {name}"), key=repr)
            return rows

    def ask(self, name: str, method: str, rule: str, address: str) -> requests.Response:
        """Send a request to a route, with a body that is valid for people who are allowed to."""
        person, key = self.person(name), f"{method} {rule}"
        if key == "POST /api/accounts":  # signing up while signed in, from the same browser
            return Person.sign_up(self.at_browser_of(person))
        path = rule
        for part, value in self.parts(address, method).items():
            path = path.replace(part, value)
        assert "<" not in path, path
        if key.startswith("PUT") and rule.endswith("<attachment_id>"):
            tag = None if address == "own" else some(32)
            kind = PRIVATE_FILE if address == "own" else SHARED_FILE
            path = path.removeprefix("/api/journals/")
            journal, _, entry, _, file = path.split("/")
            return person.attach(journal, entry, file, sealed(kind), tag)
        make = self.bodies(person, address).get(key)
        return person.ask(method, path, make and make())

    def at_browser_of(self, person: Person) -> Person:
        newcomer = Person(self.server)
        newcomer.browser.cookies.update(person.browser.cookies)
        return newcomer

    def parts(self, address: str, method: str) -> dict[str, str]:
        """Return the values for the parameters of a route's URL."""
        return {
            "<any(en, es):language>": "es",
            "<path:_rest>": "journal/anything",
            "<any(space, notes, weather):face>": "weather",
            "<part_id>": "partner",
            "<release>": self.release,
            "<path:name>": "js/net/events.js",
            "<name>": self.later,
            "<session_id>": self.tablet,
            "<passkey_id>": b64(self.passkey.id),
            "<journal_id>": self.journals.get(address, ""),
            "<entry_id>": self.entries.get(address, ""),
            "<attachment_id>": new_id() if method == "PUT" else self.files.get(address, ""),
            "<reminder_id>": self.reminder,
            "<space_id>": self.journals.get(address, ""),
            "<ref>": new_id() if method == "PUT" else REF,
        }

    def bodies(self, person: Person, address: str) -> dict[str, Callable[[], object]]:
        """Return a valid body for each route; nobody can decrypt the boxes in it."""
        alone, sheet = (
            self.bystanders.invitation,
            {"login": self.ana.login, "recoveryAuth": self.sheet},
        )
        shared = {} if address == "own" else {"tag": some(32)}
        kind = PRIVATE if address == "own" else SHARED
        proven = {"authKey": person.auth_key}
        secret = {"seed": some(16), "wrap": wrap(0x01), "version": self.version, "kdfId": 2}
        hello = {"id": new_id(), "box": box(SHARED), "tag": some(32)}
        invited = {"id": alone.id, "auth": alone.auth}
        return {
            "POST /api/seed": lambda: {"login": self.ana.login},
            "POST /api/sessions": lambda: {"login": person.login, **proven},
            "DELETE /api/account": lambda: proven | {"takeBack": False},
            "DELETE /api/archives/<space_id>/answers/<ref>": lambda: proven | {"rev": 2},
            "DELETE /api/archives/<space_id>/words": lambda: proven,
            "PUT /api/password": lambda: secret | proven | {"newAuthKey": some(32)},
            "PUT /api/sheet": lambda: proven | {"verifier": some(32), "wrap": wrap(0x02)},
            "POST /api/recovery/opening": lambda: sheet,
            "POST /api/recovery": lambda: (
                sheet | secret | {"authKey": some(32), "newVerifier": some(32), "newWrap": wrap(2)}
            ),
            "POST /api/passkeys/challenges": dict,
            "POST /api/passkeys": lambda: (
                Authenticator(self.server.origin).create(self.challenge)
                | proven
                | {"wrap": wrap(0x03)}
            ),
            "POST /api/passkeys/sessions": lambda: self.passkey.get(self.challenge),
            "POST /api/invitations": lambda: {
                "id": new_id(), "space": new_id(), "verifier": some(32), "wrap": wrap(0x04),
                "own": wrap(0x05), "hello": hello, "language": "es", "days": 1,
            },
            "DELETE /api/invitations": lambda: {"id": self.freds.id},
            "POST /api/invitations/opening": lambda: invited,
            "POST /api/invitations/acceptance": lambda: (
                invited | {"wrap": wrap(5), "hello": hello, "pin": box(PIN), "proof": some(32)}
            ),
            "POST /api/invitations/confirmation": lambda: {"id": self.freds.id, "pin": box(PIN)},
            "PUT /api/space/pin": lambda: {"rev": 2, "box": box(PIN)},
            "PUT /api/journals/<journal_id>/entries": lambda: {
                "entries": [{"id": new_id(), "rev": 1, "box": box(kind)} | shared]
            },
            "PUT /api/journals/<journal_id>/entries/<entry_id>": lambda: (
                {"rev": 2, "box": box(kind)} | shared
            ),
            "DELETE /api/journals/<journal_id>/entries/<entry_id>": lambda: (
                {"rev": 2} | (proven if address == "past" else {})
            ),
            "PUT /api/candle/flame": lambda: {"candle": new_id(), "until": hence(hours=1)},
            "PUT /api/candle/until": lambda: {"until": hence(hours=1)},
            "PUT /api/candle/words": lambda: {"candle": self.candle, "rev": 1, "box": box(WORDS)},
            "PUT /api/talk/answers/<ref>": lambda: {
                "id": new_id(), "rev": 1, "share": some(32), "tag": some(32), "quiet": False,
                "box": box(0x22),
            },
            "DELETE /api/talk/answers/<ref>": lambda: {"rev": 2},
            "POST /api/talk/answers/<ref>/opening": dict,
            "PUT /api/signals/<space_id>": lambda: {
                "rev": 2 if person is self.ana else 1, "box": box(SIGNAL), "tag": some(32),
            },
            "DELETE /api/signals/<space_id>": lambda: {"rev": 2},
            "PUT /api/reminders/<reminder_id>": lambda: {"moment": hence(hours=8)},
            "PUT /api/push": lambda: {
                "address": "https://web.push.apple.com/one", "publicKey": some(65),
                "auth": some(16), "events": True,
            },
            "PUT /api/rest": lambda: {"until": hence(hours=8), "visible": False},
        }  # fmt: skip


def lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """Parse a table: each row has a subject, then one word for each of the six people."""
    heading, *rows = [line.split() for line in table.strip("\n").splitlines()]
    assert tuple(heading) == PEOPLE
    for row in rows:
        yield " ".join(row[: -len(PEOPLE)]), row[-len(PEOPLE) :]
