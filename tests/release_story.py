"""What two people write in a release, and how a later release finds it again.

`live` plays the story on a server of that release (tests/make_release.py); `Returning` opens all of
it on a newer server (tests/test_upgrade.py). Both speak the protocol with the reference client. No
sentence in the story comes from a real person.
"""

import os
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import serialization

from tests.authenticator import Authenticator
from tests.crypto_reference import (
    Fields,
    author_tag,
    b64,
    hkdf,
    password_keys,
    recovery_code,
    seal,
    sha256,
    unb64,
)
from tests.patience import SECONDS
from tests.reference_account import Doc
from tests.reference_client import ReferenceClient, body_of

QUESTIONS = {"both": "way-home", "sealed": "weather", "opened": "hands"}
MOMENT = "2026-11-29T12:00:00.000Z"
FILE = b"an old recording" * 100
PRF = bytes(range(32))
SUBSCRIPTION = {
    "address": "https://web.push.apple.com/an-old-subscription",
    # The uncompressed generator of P-256: any point of the curve is a public key.
    "publicKey": b64(bytes.fromhex(
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")),
    "auth": b64(bytes(range(16))),
}  # fmt: skip


def thing(name: str, **items: Doc) -> Doc:
    """Return an item of a document that two people edit together (§9)."""
    said = {"at": MOMENT, "since": MOMENT}
    return {"thing": name, "items": {key: said | item for key, item in items.items()}}


# One document of every type of entry, first for individual journals, then for shared ones.
PRIVATE: list[Doc] = [
    {"type": "note", "text": "A note.", "feelings": ["sadness", "a word"], "files": []},
    {"type": "letter", "text": "A letter.", "feelings": [], "files": [], "whom": "self",
     "opens": "2027-01-01"},
    {"type": "keepsake", "kind": "object", "title": "A thing", "text": "", "for": [], "files": []},
    {"type": "day", **thing("days", one={"what": "other", "date": "--03-01", "yearly": True,
                                         "name": "A day"})},
    {"type": "return", **thing("mine", one={"warn": True})},
    {"type": "questions", **thing("mine", one={"as": "seen"})},
    {"type": "list", **thing("comforts", one={"text": "Tea"})},
    {"type": "reminder", "moment": "2027-06-01T07:00Z", "text": "A reminder", "reminder": "x"},
    {"type": "rest", "from": None, "until": None},
]  # fmt: skip
SHARED: list[Doc] = [
    {"type": "note", "text": "For both.", "feelings": [], "files": [], "ritual": "candle"},
    {"type": "letter", "text": "To you.", "feelings": [], "files": [], "whom": "partner"},
    {"type": "keepsake", "kind": "page", "title": "", "text": "A page", "for": [], "files": []},
    {"type": "day", **thing("days", one={"what": "wave"})},
    {"type": "table", "question": QUESTIONS["both"], "asked": "A question?"},
    {"type": "thread", **thing(QUESTIONS["both"], one={"text": "A line"})},
    {"type": "tree", **thing("tree", **{"@seed": {"seed": b64(bytes(16))}})},
    {"type": "list", **thing("people", one={"text": "A friend"})},
    {"type": "way", "sentences": ["quiet"], "text": "My way."},
]


class Member(ReferenceClient):
    """The reference client, with the actions of the story that it does not have itself."""

    login = password = ""

    def comes(self, login: str, password: str) -> None:
        """Create the account, a recovery sheet and a passkey."""
        self.sign_up(login, password)
        self.login, self.password = login, password
        proof = b64(password_keys(login, password, unb64(self.me["seed"]))[0])
        self.sheet, secret = os.urandom(16), serialization.NoEncryption()
        kek = hkdf(self.sheet, b"", "ss/v1/kek/recovery")
        verifier = sha256(hkdf(self.sheet, b"", "ss/v1/recovery/auth"))
        where = Fields(self.id, self.id, self.id, 0)
        made = {"verifier": b64(verifier), "wrap": b64(seal(kek, 2, where, self.account_key))}
        self.call("PUT", "/sheet", {"authKey": proof} | made)
        phone = Authenticator(self.origin)
        challenge = self.call("POST", "/passkeys/challenges", {})["challenge"]
        kek, where = passkey_kek(self.id, phone.id)
        sealed = b64(seal(kek, 3, where, self.account_key))
        self.call("POST", "/passkeys",
                  phone.create(challenge) | {"authKey": proof, "wrap": sealed})  # fmt: skip
        pem = phone.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret
        )
        self.phone = {"id": b64(phone.id), "key": pem.decode()}

    def keep(self, document: Doc, *, shared: bool, file: bytes = b"") -> None:
        """Write an entry and then a changed version of it, with a file if one is given."""
        kind, scope = (0x20, self.space) if shared else (0x10, self.id)
        key = self.shared("data") if shared else self.account("data")
        record = os.urandom(16)
        path = f"/journals/{b64(scope)}/entries/{b64(record)}"
        if file:
            name = os.urandom(16)
            where = Fields(scope, name, self.id, 1, sha256(record))
            box = seal(key, kind + 1, where, file)
            tag = {"X-Author-Tag": b64(author_tag(self.account_key, kind + 1, where, box))}
            self.http.put(
                f"{self.origin}/api{path}/attachments/{b64(name)}", data=box, timeout=SECONDS,
                headers={"Content-Type": "application/octet-stream"} | (tag if shared else {}),
            ).raise_for_status()  # fmt: skip
            note = {"id": b64(name), "sha256": b64(sha256(box)), "mime": "audio/ogg", "name": ""}
            document = document | {"files": [note]}
        for rev in (1, 2):
            where = Fields(scope, record, self.id, rev)
            box = seal(key, kind, where, body_of(document))
            tag = {"tag": b64(author_tag(self.account_key, kind, where, box))} if shared else {}
            self.call("PUT", path, {"rev": rev, "box": b64(box)} | tag)

    def delete_newest(self) -> None:
        """Delete the newest entry of the individual journal, which leaves a tombstone."""
        entry = self.call("GET", f"/journals/{b64(self.id)}/entries?limit=1")["entries"][0]
        path = f"/journals/{b64(self.id)}/entries/{entry['id']}"
        self.call("DELETE", path, {"rev": entry["rev"] + 1})

    def say_words(self, candle: Doc) -> None:
        """Add words to the member's own flame."""
        where = Fields(self.space, unb64(candle["candle"]), self.id, 1)
        box = seal(self.shared("data"), 0x23, where, body_of({"type": "words", "text": "Here."}))
        self.call("PUT", "/candle/words",
                  {"candle": candle["candle"], "rev": 1, "box": b64(box)})  # fmt: skip

    def signal(self) -> None:
        """Send a signal."""
        where = Fields(self.space, self.id, self.id, 1)
        said = body_of({"type": "signal", "sentence": None, "text": "A signal."})
        box = seal(self.shared("data"), 0x24, where, said)
        tag = author_tag(self.account_key, 0x24, where, box)
        sealed = {"rev": 1, "box": b64(box), "tag": b64(tag)}
        self.call("PUT", f"/signals/{b64(self.space)}", sealed)

    def wants_messages(self) -> None:
        """Subscribe the browser of this session to messages of both kinds."""
        self.call("PUT", "/push", {**SUBSCRIPTION, "events": True})

    def leaves_behind(self) -> Doc:
        """Return what a later release needs to sign in again."""
        return {"login": self.login, "password": self.password, "phone": self.phone,
                "sheet": recovery_code(self.sheet), "account": b64(self.id),
                "session": self.http.cookies.get("session")}  # fmt: skip


def passkey_kek(account: bytes, credential: bytes) -> tuple[bytes, Fields]:
    """Return a passkey's wrapping key, and the fields that bind the wrap (§5, kind 03)."""
    kek = hkdf(PRF, sha256(credential), "ss/v1/kek/passkey")
    return kek, Fields(account, account, account, 0, sha256(credential))


def link(inviter: Member, other: Member) -> None:
    """Link two people."""
    invitation = inviter.invite("One")
    other.accept(invitation, "Two")
    inviter.confirm(invitation, b64(other.id), "Two")
    other.refresh()


def live(origin: str) -> Doc:
    """Play the whole story; return the people in it by name."""
    ana, sam, kim = Member(origin), Member(origin), Member(origin)
    for name, one in (("ana", ana), ("sam", sam), ("kim", kim)):
        one.comes(f"{name}-of-an-old-release", "six old words for one place")
    link(ana, kim)
    ana.write_shared("Before.")
    ana.answer(QUESTIONS["both"], "Then.")
    kim.answer(QUESTIONS["both"], "Then, too.")
    kim.call("DELETE", "/space")
    ana.refresh()
    link(ana, sam)
    for one in (ana, sam):
        for document in PRIVATE:
            one.keep(document, shared=False)
        for document in SHARED:
            one.keep(document, shared=True)
    ana.keep(PRIVATE[0] | {"text": "With a file."}, shared=False, file=FILE)
    sam.keep(SHARED[0] | {"text": "With a file."}, shared=True, file=FILE)
    ana.write("Deleted.")
    ana.delete_newest()
    ana.answer(QUESTIONS["both"], "Mine.")
    sam.answer(QUESTIONS["both"], "Yours.")
    ana.answer(QUESTIONS["sealed"], "Not yet.")
    opened = ana.answer(QUESTIONS["opened"], "Alone.")
    ana.call("POST", f"/talk/answers/{opened['ref']}/opening", {})
    ana.say_words(ana.light())
    sam.light()
    sam.signal()
    ana.call("PUT", "/rest", {"until": None, "visible": True})
    soon = datetime.now(UTC) + timedelta(days=399)
    ana.call("PUT", f"/reminders/{b64(os.urandom(16))}", {"moment": f"{soon:%Y-%m-%dT%H:%MZ}"})
    ana.wants_messages()
    kim.invite("Kim")
    return {"ana": ana.leaves_behind(), "sam": sam.leaves_behind(), "kim": kim.leaves_behind()}
