"""Uses every feature of the app once, so that every route is called and every table has rows."""

import base64

import sqlalchemy as sa

from tests.authenticator import challenge_for, make_passkey
from tests.boxes import PRIVATE, REF, SHARED, WORDS, b64, box, new_id, proof_of, some, wrap
from tests.bulk import pages
from tests.people import Person, hence, linked_couple, ok, space_of
from tests.query_recorder import RecordedServer

MANY = 100_000


def live(server: RecordedServer, engine: sa.Engine) -> None:
    """Use every feature, and more than once wherever a person can have several of something."""
    ana, fred = linked_couple(server)
    for _ in range(2):
        live_together(ana, fred)
        ok(ana.delete("/api/space"), 204)
        past, fred = ana.me()["archives"][-1]["id"], Person.joins(server)
        link(ana, fred)
    take_back(ana, past)
    with engine.begin() as connection:
        shared = base64.urlsafe_b64decode(space_of(ana) + "==")
        pages(connection, MANY, shared, "y")
    live_together(ana, fred)
    keep_passkeys(ana)
    keep_the_key(ana)
    ok(ana.get("/healthz"))
    ok(ana.get("/api/state"))
    assert ana.get("/en/").status_code == 200
    come_and_go(ana)
    come_and_go(fred)
    ok(fred.sign_in(), 201)
    ok(fred.delete("/api/account", {"authKey": fred.auth_key, "takeBack": False}), 204)


def link(ana: Person, sam: Person) -> None:
    """Link two people; two other invitations are withdrawn, one of them after it was accepted."""
    for _ in range(2):
        ok(ana.invite().answer, 201)
    refused = ana.invite()
    ok(sam.open(refused))
    ok(sam.accept(refused))
    for person in (ana, sam):
        person.me()
    ok(ana.delete("/api/invitations", {"id": refused.id}), 204)
    invitation = ana.invite()
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    ok(ana.confirm(invitation))


def live_together(ana: Person, sam: Person) -> None:
    """Write, read and erase entries in both kinds of journal; light the candle; answer."""
    space = space_of(ana)
    for journal in (ana.id, space):
        for _ in range(2):
            write(ana, journal)
        write_several(ana, journal)
        for path in ("entries", "changes", "changes?after=1000"):
            ok(ana.get(f"/api/journals/{journal}/{path}"))
    for person in (ana, sam):
        say_little(person, space)
        be_reminded(person)
    candle = ok(ana.light())["candle"]
    ok(sam.light())
    ok(ana.put("/api/candle/until", {"until": hence(hours=2)}))
    ok(ana.put("/api/candle/words", {"candle": candle, "rev": 1, "box": box(WORDS)}))
    ok(ana.get("/api/candle"))
    ok(ana.delete("/api/candle/flame"))
    for ref in (REF, new_id(), new_id()):
        ok(ana.give(ref))
        ok(sam.give(ref))
    ok(ana.give(alone := new_id()))
    ok(ana.post(f"/api/talk/answers/{alone}/opening", {}))
    ok(ana.get("/api/talk/answers"))
    ok(ana.delete(f"/api/talk/answers/{REF}", {"rev": 2}))
    ok(sam.put("/api/space/pin", {"rev": 2, "box": box(0x13)}), 204)


def write(ana: Person, journal: str) -> None:
    """Write an entry with two files, read both files, change the entry and erase it."""
    entry, files, own = new_id(), (new_id(), new_id()), journal == ana.id
    here = f"/api/journals/{journal}/entries/{entry}"
    for file in files:
        ok(ana.attach(journal, entry, file, 0x11 if own else 0x21, None if own else some(32)), 201)
    ok(ana.write(journal, entry), 201)
    ok(ana.write(journal, entry, rev=2))
    ok(ana.get(here))
    assert ana.get(f"{here}/attachments/{files[0]}").status_code == 200
    ok(ana.delete(here, {"rev": 3}))


def write_several(ana: Person, journal: str) -> None:
    """Write three entries in one request."""
    own = journal == ana.id
    entries = [
        {"id": new_id(), "rev": 1, "box": box(PRIVATE if own else SHARED)}
        | ({} if own else {"tag": some(32)})
        for _ in range(3)
    ]
    ok(ana.put(f"/api/journals/{journal}/entries", {"entries": entries}))


def say_little(person: Person, space: str) -> None:
    """Send a signal, replace it and withdraw it; begin a rest and end it."""
    for rev in (1, 2):
        ok(person.signal(space, rev))
    person.signals(space)
    ok(person.rest(visible=True))
    ok(person.rest(hence(hours=8), visible=True))
    ok(person.get("/api/rest"))
    ok(person.delete("/api/rest"))
    ok(person.delete(f"/api/signals/{space}", {"rev": 3}))
    ok(person.signal(space))


def be_reminded(person: Person) -> None:
    """Ask for two reminders, change one, delete one; switch push messages on and off."""
    moments = new_id(), new_id()
    for moment in (*moments, moments[0]):
        ok(person.put(f"/api/reminders/{moment}", {"moment": hence(hours=8)}))
    ok(person.get("/api/reminders"))
    ok(person.delete(f"/api/reminders/{moments[0]}"), 204)
    where = {"address": "https://web.push.apple.com/one", "publicKey": some(65), "auth": some(16)}
    for events in (True, False):
        ok(person.put("/api/push", where | {"events": events}))
    ok(person.get("/api/push"))
    ok(person.delete("/api/push"), 204)


def take_back(ana: Person, past: str) -> None:
    """Read an archive, take back an answer, and then everything that the person wrote there."""
    ok(ana.delete(f"/api/archives/{past}/notice"), 204)
    pairs = ok(ana.get(f"/api/archives/{past}/answers"))["answers"]
    ref = next(pair["ref"] for pair in pairs if pair["mine"])
    proven = {"authKey": ana.auth_key}
    ok(ana.delete(f"/api/archives/{past}/answers/{ref}", proven | {"rev": 2}))
    ok(ana.delete(f"/api/archives/{past}/words", proven), 204)


def keep_passkeys(ana: Person) -> None:
    """Register two passkeys, sign in with one, and delete it."""
    phone, made = make_passkey(ana)
    ok(made, 201)
    ok(make_passkey(ana)[1], 201)
    ok(ana.get("/api/passkeys"))
    elsewhere = ana.elsewhere()
    ok(elsewhere.post("/api/passkeys/sessions", phone.get(challenge_for(elsewhere))), 201)
    ok(ana.delete(f"/api/passkeys/{b64(phone.id)}"), 204)


def keep_the_key(ana: Person) -> None:
    """Make a recovery sheet, change the password, and recover the account with the sheet."""
    sheet, proven = some(32), {"authKey": ana.auth_key}
    new = {"seed": some(16), "wrap": wrap(0x01), "kdfId": 2}
    ok(ana.put("/api/sheet", proven | {"verifier": proof_of(sheet), "wrap": wrap(0x02)}), 204)
    ok(ana.put("/api/password", proven | new | {"newAuthKey": ana.auth_key, "version": 1}))
    ok(ana.post("/api/seed", {"login": ana.login}))
    asked = {"login": ana.login, "recoveryAuth": sheet}
    ok(ana.post("/api/recovery/opening", asked))
    again = {"newVerifier": some(32), "newWrap": wrap(0x02), "version": 2}
    ok(ana.post("/api/recovery", asked | new | proven | again), 201)


def come_and_go(person: Person) -> None:
    """Sign in with several browsers, and end each session in a different way."""
    others = [person.elsewhere() for _ in range(4)]
    for other in others:
        ok(other.sign_in(), 201)
    ok(others[0].get("/api/sign-up"))
    listed = ok(others[0].get("/api/sessions"))["sessions"]
    away = next(one["id"] for one in listed if not one["here"])
    ok(others[0].delete(f"/api/sessions/{away}"), 204)
    here = [one for one in others if one.get("/api/me").status_code == 200]
    ok(here[0].delete("/api/session"), 204)
    ok(here[1].delete("/api/device"), 204)
    ok(here[2].delete("/api/sessions"), 204)
