"""A client written from docs/protocol.md alone: what a member can do, without a browser."""

import json
import os
from datetime import UTC, datetime, timedelta

from tests.crypto_reference import (
    Fields,
    answer_key,
    answer_ref,
    author_tag,
    b64,
    invite_keys,
    join_proof,
    safety_words,
    seal,
    sha256,
    unb64,
    unseal,
)
from tests.reference_account import Doc, ReferenceAccount


def now() -> str:
    """Return the current time in the format of documents."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class ReferenceClient(ReferenceAccount):
    """A member who links, writes, lights and answers."""

    # Linking (§7)

    def invite(self, name: str, language: str = "en") -> str:
        """Create an invitation; return its link."""
        secret, invite, space = os.urandom(32), os.urandom(16), os.urandom(16)
        self.space_key = os.urandom(32)
        kek, auth = invite_keys(secret, invite)
        hello = self.seal_shared({"type": "hello", "name": name}, os.urandom(16), 1, space)
        body = {
            "id": b64(invite),
            "space": b64(space),
            "verifier": b64(sha256(auth)),
            "wrap": b64(seal(kek, 0x04, Fields(invite, space, self.id, 0), self.space_key)),
            "own": self.own_wrap(space),
            "hello": {part: hello[part] for part in ("id", "box", "tag")},
            "language": language,
            "days": 7,
        }
        self.call("POST", "/invitations", body)
        return f"{self.origin}/{language}/join#v1.{b64(invite)}.{b64(secret)}"

    def confirm(self, link: str, partner: str, name: str) -> None:
        """Confirm the person who accepted, after comparing the safety words."""
        self.refresh()
        pin = self.pin(self.space, partner, name)
        self.call("POST", "/invitations/confirmation", {"id": link.split(".")[-2], "pin": pin})
        self.refresh()

    def own_wrap(self, space: bytes) -> str:
        """Wrap the space key for the member's own use."""
        return b64(seal(self.account("wrap"), 0x05, self.holder(space), self.space_key))

    def accept(self, link: str, name: str) -> list[int]:
        """Open and accept an invitation; return the indices of the four safety words."""
        version, invite, secret = link.split("#")[1].split(".")
        assert version == "v1"
        kek, auth = invite_keys(unb64(secret), unb64(invite))
        proven = {"id": invite, "auth": b64(auth)}
        opened = self.call("POST", "/invitations/opening", proven)
        space, inviter = unb64(opened["space"]), unb64(opened["inviter"])
        invited = Fields(unb64(invite), space, inviter, 0)
        self.space_key = unseal(kek, 0x04, invited, unb64(opened["wrap"]))
        theirs = self.open_shared(opened["hello"], space)
        assert theirs["type"] == "hello"
        hello = self.seal_shared({"type": "hello", "name": name}, os.urandom(16), 1, space)
        self.call(
            "POST",
            "/invitations/acceptance",
            proven
            | {
                "wrap": self.own_wrap(space),
                "hello": {part: hello[part] for part in ("id", "box", "tag")},
                "pin": self.pin(space, opened["inviter"], theirs["name"]),
                "proof": b64(join_proof(self.space_key, unb64(invite), inviter, self.id)),
            },
        )
        self.refresh()
        return safety_words(self.space_key, self.id, inviter, space)

    def pin(self, space: bytes, partner: str, name: str) -> str:
        """Seal a pin of the partner's key."""
        document = {"type": "pin", "space": b64(space), "partner": partner, "name": name}
        where = Fields(self.id, space, self.id, 1)
        return b64(seal(self.account("ledger"), 0x13, where, body_of(document)))

    # Journals (§5, §9)

    def seal_shared(self, document: Doc, record: bytes, rev: int, space: bytes) -> Doc:
        """Seal a shared entry, with its author tag."""
        where = Fields(space, record, self.id, rev)
        box = seal(self.shared("data"), 0x20, where, body_of(document))
        tag = author_tag(self.account_key, 0x20, where, box)
        return {"id": b64(record), "rev": rev, "box": b64(box), "tag": b64(tag)}

    def open_shared(self, entry: Doc, space: bytes) -> Doc:
        """Open a shared entry."""
        where = Fields(space, unb64(entry["id"]), unb64(entry["author"]), entry["rev"])
        return read(unseal(self.shared("data"), 0x20, where, unb64(entry["box"])))

    def write_shared(self, text: str) -> None:
        """Write a shared note."""
        note = {"type": "note", "text": text, "feelings": [], "files": []}
        note |= self.witness(b64(self.space))
        sealed = self.seal_shared(note, os.urandom(16), 1, self.space)
        path = f"/journals/{b64(self.space)}/entries/{sealed.pop('id')}"
        kept = self.call("PUT", path, sealed)
        assert kept["sha256"] == b64(sha256(unb64(sealed["box"])))

    def read_shared(self) -> list[Doc]:
        """Return the shared notes, newest first."""
        page = self.call("GET", f"/journals/{b64(self.space)}/entries")
        return [self.open_shared(entry, self.space) for entry in page["entries"]]

    def write(self, text: str) -> None:
        """Write a note in the individual journal."""
        record = os.urandom(16)
        where = Fields(self.id, record, self.id, 1)
        note = {"type": "note", "text": text, "feelings": [], "files": []}
        note |= self.witness(self.me["id"])
        box = seal(self.account("data"), 0x10, where, body_of(note))
        path = f"/journals/{self.me['id']}/entries/{b64(record)}"
        self.call("PUT", path, {"rev": 1, "box": b64(box)})

    def read(self) -> list[Doc]:
        """Return the notes of the individual journal, newest first."""
        page = self.call("GET", f"/journals/{self.me['id']}/entries")
        found = []
        for entry in page["entries"]:
            where = Fields(self.id, unb64(entry["id"]), self.id, entry["rev"])
            found.append(read(unseal(self.account("data"), 0x10, where, unb64(entry["box"]))))
        return found

    # The history of a journal (§19)

    def witness(self, journal: str) -> Doc:
        """Return what a new document says of its journal's history: the newest checked point."""
        if journal not in self.heads:
            return {}
        place, head = max(self.heads[journal].items())
        return {"chain": {"place": place, "head": b64(head)}}

    # The candle and talk (§8, §16)

    def light(self) -> Doc:
        """Light the candle, or add one's flame to it."""
        until = (datetime.now(UTC) + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%MZ")
        flame = {"candle": b64(os.urandom(16)), "until": until}
        candle: Doc = self.call("PUT", "/candle/flame", flame)
        return candle

    def answer(self, question: str, text: str) -> Doc:
        """Submit an answer to a question."""
        ref, record, share = answer_ref(self.space_key, question), os.urandom(16), os.urandom(32)
        where = Fields(self.space, record, self.id, 1, sha256(ref))
        key = answer_key(self.space_key, share, ref, self.id)
        box = seal(key, 0x22, where, body_of({"type": "answer", "way": "words", "text": text}))
        tag = author_tag(self.account_key, 0x22, where, box)
        body = {"id": b64(record), "rev": 1, "share": b64(share), "box": b64(box), "tag": b64(tag)}
        pair: Doc = self.call("PUT", f"/talk/answers/{b64(ref)}", body | {"quiet": False})
        return pair

    def their_answer(self, question: str) -> Doc | None:
        """Return the partner's answer once it is revealed."""
        ref = answer_ref(self.space_key, question)
        for pair in self.call("GET", "/talk/answers")["answers"]:
            theirs = pair["theirs"]
            if pair["ref"] == b64(ref) and theirs and "box" in theirs:
                author, record = unb64(theirs["author"]), unb64(theirs["id"])
                key = answer_key(self.space_key, unb64(theirs["share"]), ref, author)
                where = Fields(self.space, record, author, theirs["rev"], sha256(ref))
                return read(unseal(key, 0x22, where, unb64(theirs["box"])))
        return None


def body_of(document: Doc) -> bytes:
    """Encode a document."""
    return json.dumps({"v": 1, "at": now(), **document}, ensure_ascii=False).encode()


def read(body: bytes) -> Doc:
    """Decode a document of version 1."""
    document: Doc = json.loads(body)
    assert document["v"] == 1
    return document
