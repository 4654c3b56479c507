"""Other people on the same server, so that no test passes only because there is no other data."""

from typing import Any

from tests.authenticator import make_passkey
from tests.boxes import PRIVATE_FILE, SHARED_FILE, WORDS, box, new_id, some, wrap
from tests.people import Person, linked_couple, ok, space_of
from tests.servers import Server


class Bystanders:
    """A couple who have used every feature, and someone alone who has invited a partner."""

    def __init__(self, server: Server) -> None:
        self.nora, self.noel = linked_couple(server)
        self.alone = Person.joins(server)
        self.invitation = self.alone.invite()
        self.space, self.pages, self.files = space_of(self.nora), [], []
        for person in (self.nora, self.noel):
            self.live_of(person)
        ok(self.alone.light())
        self.at_first = self.everything()

    pages: list[str]
    files: list[str]

    def live_of(self, person: Person) -> None:
        """Create rows of every kind for a person."""
        for journal in (person.id, self.space):
            page, file, private = new_id(), new_id(), journal == person.id
            ok(person.write(journal, page), 201)
            kind, tag = (PRIVATE_FILE, None) if private else (SHARED_FILE, some(32))
            ok(person.attach(journal, page, file, kind, tag), 201)
            self.pages.append(page)
            self.files.append(f"/api/journals/{journal}/entries/{page}/attachments/{file}")
        keys = {"authKey": person.auth_key, "verifier": some(32), "wrap": wrap(0x02)}
        ok(person.put("/api/sheet", keys), 204)
        ok(make_passkey(person)[1], 201)
        candle = ok(person.light())["candle"]
        ok(person.put("/api/candle/words", {"candle": candle, "rev": 1, "box": box(WORDS)}))
        ok(person.give())
        ok(person.give(new_id()))
        ok(person.signal(self.space))
        ok(person.rest(visible=True))

    def everything(self) -> list[Any]:
        """Return everything that these people can see in the app."""
        seen: list[Any] = [self.alone.me(), ok(self.alone.get("/api/candle"))]
        for person in (self.nora, self.noel):
            seen += [person.me(), ok(person.get("/api/candle")), ok(person.get("/api/passkeys"))]
            sessions = ok(person.get("/api/sessions"))["sessions"]
            seen += [session["id"] for session in sessions]  # without the hour of last use
            seen.append(ok(person.get("/api/talk/answers")))
            seen += [person.signals(self.space), ok(person.get("/api/rest"))]
            seen += [
                ok(person.get(f"/api/journals/{one}/changes")) for one in (person.id, self.space)
            ]
        readers = (self.nora, self.nora, self.noel, self.noel)
        return seen + [one.get(file).content for one, file in zip(readers, self.files, strict=True)]
