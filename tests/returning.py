"""Members of an earlier release, who sign in again and open everything that they left there."""

from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.authenticator import Authenticator
from tests.crypto_reference import Fields, b64, hkdf, recovery_secret, sha256, unb64, unseal
from tests.database import in_database
from tests.patience import SECONDS
from tests.reference_account import Doc
from tests.reference_client import ReferenceClient, read
from tests.release_story import FILE, PRIVATE, QUESTIONS, SHARED, SUBSCRIPTION, passkey_kek
from tests.servers import Server


class Returning(ReferenceClient):
    """A member of an earlier release, signed in with the password of that time."""

    def __init__(self, origin: str, left: Doc) -> None:
        super().__init__(origin)
        self.left = left
        self.sign_in(left["login"], left["password"])
        assert self.me["id"] == left["account"]

    def documents(self, journal: bytes, *, key: bytes | None = None) -> list[Doc]:
        """Decrypt every entry of a journal and the files that it names; return the oldest first."""
        shared = journal != self.id
        kind = 0x20 if shared else 0x10
        key = key or (self.shared("data") if shared else self.account("data"))
        path = f"/journals/{b64(journal)}/entries"
        found = []
        for entry in reversed(self.call("GET", f"{path}?limit=500")["entries"]):
            author, record = unb64(entry["author"]), unb64(entry["id"])
            where = Fields(journal, record, author, entry["rev"])
            document = read(unseal(key, kind, where, unb64(entry["box"])))
            for file in document.get("files", []):
                address = f"{self.origin}/api{path}/{entry['id']}/attachments/{file['id']}"
                box = self.http.get(address, timeout=SECONDS).content
                assert b64(sha256(box)) == file["sha256"]
                where = Fields(journal, unb64(file["id"]), author, 1, sha256(record))
                assert unseal(key, kind + 1, where, box) == FILE
            found.append(
                {name: said for name, said in document.items() if name not in ("v", "at", "files")}
            )
        return found

    def opens_by_sheet(self) -> bytes:
        """Return the account key, decrypted with the recovery sheet."""
        secret = recovery_secret(self.left["sheet"])
        auth = hkdf(secret, b"", "ss/v1/recovery/auth")
        said = {"login": self.left["login"], "recoveryAuth": b64(auth)}
        wrap = self.call("POST", "/recovery/opening", said)["wrap"]
        where = Fields(self.id, self.id, self.id, 0)
        return unseal(hkdf(secret, b"", "ss/v1/kek/recovery"), 2, where, unb64(wrap))

    def opens_by_passkey(self) -> bytes:
        """Return the account key, decrypted with the passkey."""
        left = self.left["phone"]
        key = load_pem_private_key(left["key"].encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        phone = Authenticator(self.origin, id=unb64(left["id"]), key=key)
        challenge = self.call("POST", "/passkeys/challenges", {})["challenge"]
        wrap = self.call("POST", "/passkeys/sessions", phone.get(challenge))["passkey"]
        kek, where = passkey_kek(self.id, phone.id)
        return unseal(kek, 3, where, unb64(wrap))

    def archived(self) -> list[Doc]:
        """Return the documents in the journal of the space that has ended."""
        (past,) = self.me["archives"]
        space = unb64(past["id"])
        key = unseal(self.account("wrap"), 5, self.holder(space), unb64(past["wrap"]))
        answers = self.call("GET", f"/archives/{past['id']}/answers")["answers"]
        assert [pair["revealed"] for pair in answers] == [True]
        return self.documents(space, key=hkdf(key, b"", "ss/v1/space/data"))


def without_files(documents: list[Doc]) -> list[Doc]:
    """Return documents in the form of `Returning.documents`, which leaves out the files."""
    return [
        {name: said for name, said in document.items() if name != "files"} for document in documents
    ]


def open_everything(origin: str, story: dict[str, Any]) -> None:
    """Sign in as every person of the story, and assert that everything is as it was left."""
    ana, sam, kim = (Returning(origin, story[name]) for name in ("ana", "sam", "kim"))
    alone, both = without_files(PRIVATE), without_files(SHARED)
    filed = {"text": "With a file."}
    assert ana.documents(ana.id)[: len(alone) + 1] == [*alone, alone[0] | filed]
    assert sam.documents(sam.id)[: len(alone)] == alone
    together = ana.documents(ana.space)
    assert together == sam.documents(sam.space)
    hellos, rest = together[:2], together[2:]
    assert [hello["type"] for hello in hellos] == ["hello", "hello"]
    assert rest[: 2 * len(both) + 1] == [*both, *both, both[0] | filed]
    for one in (ana, kim):
        assert {"type": "note", "text": "Before.", "feelings": []} in one.archived()
        assert one.opens_by_sheet() == one.account_key
        assert one.opens_by_passkey() == one.account_key
    assert (ana.their_answer(QUESTIONS["both"]) or {})["text"] == "Yours."
    assert (sam.their_answer(QUESTIONS["opened"]) or {})["text"] == "Alone."
    assert ana.call("GET", "/rest")["mine"] == {"until": None, "visible": True}
    # Some of these may have ended since then; this shows that they can still be asked for.
    for path in ("/candle", "/reminders", f"/signals/{b64(ana.space)}", "/sessions", "/passkeys"):
        assert ana.call("GET", path)


def stay_signed_in(server: Server, story: dict[str, Any]) -> None:
    """Assert that the session of that time goes on, and that messages still come to its browser.

    Sessions end by themselves after fourteen days, so they are first moved to today. A backup holds
    neither sessions nor subscriptions.
    """
    today = datetime.now(UTC).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    statement = "UPDATE sessions SET since = ?, last_hour = ?"
    in_database(server, statement, f"{today:%Y-%m-%d}", f"{today:%Y-%m-%d %H:%M:%S.%f}")
    page = ReferenceClient(server.origin)
    page.http.cookies.set("session", story["ana"]["session"])
    said = page.call("GET", "/push")["here"]
    assert said == {"events": True, "address": SUBSCRIPTION["address"]}
    key, auth = (unb64(SUBSCRIPTION[name]) for name in ("publicKey", "auth"))
    rows = in_database(server, "SELECT public_key, auth FROM devices")
    assert [tuple(map(bytes, row)) for row in rows] == [(key, auth)]


def live_on(origin: str, story: dict[str, Any]) -> None:
    """Continue the story: both people write, and answer the question that was left sealed."""
    ana, sam = (Returning(origin, story[name]) for name in ("ana", "sam"))
    assert sam.their_answer(QUESTIONS["sealed"]) is None
    sam.answer(QUESTIONS["sealed"], "Now I can.")
    assert (sam.their_answer(QUESTIONS["sealed"]) or {})["text"] == "Not yet."
    assert (ana.their_answer(QUESTIONS["sealed"]) or {})["text"] == "Now I can."
    ana.write_shared("After.")
    ana.write("After, alone.")
    assert sam.read_shared()[0]["text"] == "After."
    assert ana.read()[0]["text"] == "After, alone."
    assert ana.light()["flames"]
