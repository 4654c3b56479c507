"""Passkeys on the server: signatures are verified, and each challenge is valid once.

See protocol §4 and §11.5.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_space.encoding import from_base64url
from tests.authenticator import PRESENT, VERIFIED, Authenticator, challenge_for, make_passkey
from tests.boxes import b64, box, some, wrap
from tests.database import in_database
from tests.people import Person, at_once, linked_couple, ok, refused
from tests.servers import Server
from tests.test_keys import change_password, make_sheet, recover

pytestmark = pytest.mark.usefixtures("bystanders")


def passkeys_of(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(person.get("/api/passkeys"))["passkeys"]
    return found


def comes_in(person: Person, phone: Authenticator, **changes: object) -> Any:
    """Sign in with a passkey; return the response."""
    signed = phone.get(challenge_for(person))
    return person.post("/api/passkeys/sessions", signed | changes)


def test_ana_makes_a_passkey_and_comes_in_with_it(server: Server) -> None:
    ana, kept = Person.joins(server), wrap(0x03)
    before = datetime.now(UTC).date()
    phone, answer = make_passkey(ana, wrap=kept)
    shown = ok(answer, 201)
    assert before <= date.fromisoformat(shown["since"]) <= datetime.now(UTC).date()
    passkey = {"id": b64(phone.id), "wrap": kept, "since": shown["since"], "device": "other"}
    assert shown == passkey
    assert passkeys_of(ana) == [shown]
    back = ana.elsewhere()
    me = ok(comes_in(back, phone), 201)
    assert (me.pop("passkey"), me) == (kept, ana.me())
    assert back.me()["id"] == ana.id


def test_a_passkey_of_hers_is_nothing_to_sam(server: Server) -> None:
    ana, sam = linked_couple(server)
    phone, answer = make_passkey(ana)
    ok(answer, 201)
    assert passkeys_of(sam) == []
    refused(sam.delete(f"/api/passkeys/{b64(phone.id)}"), 404, "not_found")
    _, again = make_passkey(sam, id=b64(phone.id))
    refused(again, 400, "bad_request")
    twin = Authenticator(server.origin, id=phone.id)
    keys = {"authKey": sam.auth_key, "wrap": wrap(0x03)}
    refused(sam.post("/api/passkeys", twin.create(challenge_for(sam)) | keys), 409, "taken")
    assert len(passkeys_of(ana)) == 1


def test_no_wrap_leaves_before_somebody_has_come_in(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    stranger = ana.elsewhere()
    refused(stranger.get("/api/passkeys"), 401, "signed_out")
    thief = Authenticator(server.origin, id=phone.id)  # the right credential id with another key
    assert "wrap" not in refused(comes_in(stranger, thief), 401, "wrong")
    assert set(ana.me()) == set(Person.joins(server).me())
    assert "passkey" not in ana.me()


def test_a_passkey_that_nobody_has_and_a_wrong_signature_are_alike(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    unknown, forged = Authenticator(server.origin), Authenticator(server.origin, id=phone.id)
    answers = [comes_in(ana.elsewhere(), one) for one in (unknown, forged)]
    assert {(answer.status_code, answer.text) for answer in answers} == {
        (401, '{"error":"wrong"}\n')
    }


def test_who_sits_at_anas_open_page_cannot_make_one_without_her_words(server: Server) -> None:
    ana = Person.joins(server)
    _, answer = make_passkey(ana, authKey=some(32))
    refused(answer, 401, "wrong")
    assert passkeys_of(ana) == []


WRONG: dict[str, dict[str, Any]] = {
    "another site": {"origin": "https://elsewhere.example"},
    "nobody was verified": {"flags": PRESENT},
    "nobody was there": {"flags": VERIFIED},
}


@pytest.mark.parametrize("case", WRONG)
def test_a_ceremony_that_is_not_right_makes_nothing_and_opens_nothing(
    server: Server, case: str
) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    keys = {"authKey": ana.auth_key, "wrap": wrap(0x03)}
    bad = Authenticator(**{"origin": server.origin} | WRONG[case])
    refused(ana.post("/api/passkeys", bad.create(challenge_for(ana)) | keys), 400, "bad_request")
    for name, value in WRONG[case].items():
        setattr(phone, name, value)
    refused(comes_in(ana.elsewhere(), phone), 401, "wrong")
    assert len(passkeys_of(ana)) == 1


def test_each_question_is_answered_once(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    signed = phone.get(challenge_for(ana))
    backs = [ana.elsewhere() for _ in range(2)]
    answers = at_once(
        *(lambda back=back: back.post("/api/passkeys/sessions", signed) for back in backs)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 401]
    refused(ana.elsewhere().post("/api/passkeys/sessions", signed), 401, "wrong")
    challenge = challenge_for(ana)
    keys = {"authKey": ana.auth_key, "wrap": wrap(0x03)}
    news = [Authenticator(server.origin).create(challenge) | keys for _ in range(2)]
    ok(ana.post("/api/passkeys", news[0]), 201)
    refused(ana.post("/api/passkeys", news[1]), 409, "taken")


def test_an_unknown_or_expired_challenge_is_refused(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    refused(ana.post("/api/passkeys/sessions", phone.get(some(32))), 401, "wrong")
    old = phone.get(challenge_for(ana))
    in_database(server, "UPDATE challenges SET until = ?", datetime.now(UTC) - timedelta(minutes=1))
    refused(ana.elsewhere().post("/api/passkeys/sessions", old), 401, "wrong")
    challenge_for(ana)
    assert in_database(server, "SELECT count(*) FROM challenges") == [(1,)]


def test_a_copied_passkey_is_noticed_by_its_count(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    phone.uses = 5
    ok(comes_in(ana.elsewhere(), phone), 201)
    refused(comes_in(ana.elsewhere(), phone), 401, "wrong")
    phone.uses = 6
    ok(comes_in(ana.elsewhere(), phone), 201)


def test_a_removed_passkey_opens_nothing_and_the_words_still_do(server: Server) -> None:
    ana = Person.joins(server)
    phone, _ = make_passkey(ana)
    tablet, _ = make_passkey(ana)
    ok(ana.delete(f"/api/passkeys/{b64(phone.id)}"), 204)
    refused(ana.delete(f"/api/passkeys/{b64(phone.id)}"), 404, "not_found")
    refused(ana.delete("/api/passkeys/not~base64"), 404, "not_found")
    assert [one["id"] for one in passkeys_of(ana)] == [b64(tablet.id)]
    refused(comes_in(ana.elsewhere(), phone), 401, "wrong")
    ok(comes_in(ana.elsewhere(), tablet), 201)
    ok(ana.elsewhere().sign_in(), 201)


def test_new_words_and_a_used_sheet_leave_no_passkey_behind(server: Server) -> None:
    ana, sheet, new = Person.joins(server), some(32), some(32)
    ok(make_sheet(ana, sheet), 204)
    phone, _ = make_passkey(ana)
    ok(change_password(ana, new))
    assert passkeys_of(ana) == []
    refused(comes_in(ana.elsewhere(), phone), 401, "wrong")
    ana.auth_key = new
    phone, _ = make_passkey(ana)
    ok(comes_in(ana.elsewhere(), phone), 201)
    ok(recover(ana, sheet, some(32), version=2), 201)
    assert passkeys_of(ana) == []
    refused(comes_in(ana.elsewhere(), phone), 401, "wrong")


def test_ten_passkeys_are_enough(server: Server) -> None:
    ana = Person.joins(server)
    for _ in range(10):
        ok(make_passkey(ana)[1], 201)
    refused(make_passkey(ana)[1], 409, "many_passkeys")
    ok(ana.delete(f"/api/passkeys/{passkeys_of(ana)[0]['id']}"), 204)
    ok(make_passkey(ana)[1], 201)


NO_PASSKEY: dict[str, dict[str, Any]] = {
    "a password's wrap": {"wrap": wrap(0x01)},
    "a short wrap": {"wrap": box(0x03, 123)},
    "no name": {"id": ""},
    "another name": {"id": some(32)},
    "no answer": {"clientData": ""},
    "an answer to nothing": {"clientData": b64(b'{"type":"webauthn.create"}')},
    "a list for an answer": {"clientData": b64(b"[" * 9000)},
    "no attestation": {"attestation": ""},
    "an attestation of nothing": {"attestation": b64(cbor2.dumps({}))},
    "a key too many": {"more": 1},
}


@pytest.mark.parametrize("case", NO_PASSKEY)
def test_what_is_no_passkey_is_refused_calmly(server: Server, case: str) -> None:
    ana = Person.joins(server)
    refused(make_passkey(ana, **NO_PASSKEY[case])[1], 400, "bad_request")
    assert passkeys_of(ana) == []


@settings(max_examples=40)
@given(st.data())
def test_no_bytes_bring_the_server_down(server: Server, data: st.DataObject) -> None:
    ana, phone = someone(server), Authenticator(server.origin)
    made, signed = phone.create(challenge_for(ana)), phone.get(challenge_for(ana))
    keys = {"authKey": ana.auth_key, "wrap": wrap(0x03)}
    answer = ana.post("/api/passkeys", bent(data, made) | keys)
    assert answer.status_code in (201, 400, 409)
    answer = ana.post("/api/passkeys/sessions", bent(data, signed))
    assert answer.status_code in (400, 401)


def bent(data: st.DataObject, parts: dict[str, str]) -> dict[str, str]:
    """Change one byte in one part, or cut the part off there."""
    name = data.draw(st.sampled_from(sorted(parts)))
    raw = bytearray(from_base64url(parts[name]))
    at = data.draw(st.integers(0, 10_000)) % len(raw)  # signatures vary in length
    if data.draw(st.booleans()):
        raw[at] ^= data.draw(st.integers(1, 255))
    else:
        del raw[at:]
    return parts | {name: b64(bytes(raw))}


known: list[Person] = []


def someone(server: Server) -> Person:
    if not known:
        known.append(Person.joins(server))
    return known[0]
