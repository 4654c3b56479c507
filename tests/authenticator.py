"""A software authenticator that creates passkeys and signs with them (W3C WebAuthn §6)."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.boxes import b64, wrap
from tests.people import Person, ok

PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One passkey for one site; `flags` and `origin` are what it reports in a ceremony."""

    origin: str
    flags: int = PRESENT | VERIFIED
    uses: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def site(self) -> str:
        return self.origin.split("//")[1].split(":")[0]

    def data(self, flags: int, made: bytes = b"") -> bytes:
        head = hashlib.sha256(self.site.encode()).digest()
        return head + bytes((flags,)) + self.uses.to_bytes(4, "big") + made

    def client_data(self, kind: str, challenge: str) -> bytes:
        fields = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin}
        return json.dumps(fields | {"crossOrigin": False}).encode()

    def create(self, challenge: str) -> dict[str, str]:
        """Return the result of `navigator.credentials.create` as JSON."""
        numbers = self.key.public_key().public_numbers()
        x, y = (part.to_bytes(32, "big") for part in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        made = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self.data(self.flags | MADE, made)
        return {
            "id": b64(self.id),
            "clientData": b64(self.client_data("create", challenge)),
            "attestation": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }

    def get(self, challenge: str) -> dict[str, str]:
        """Return the result of `navigator.credentials.get` as JSON."""
        client, data = self.client_data("get", challenge), self.data(self.flags)
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "id": b64(self.id),
            "clientData": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(signed),
        }


def challenge_for(person: Person) -> str:
    return str(ok(person.post("/api/passkeys/challenges", {}), 201)["challenge"])


def make_passkey(person: Person, **changes: object) -> tuple[Authenticator, Any]:
    """Register a passkey for a person; return it and the server's response."""
    phone = Authenticator(person.server.origin)
    made = phone.create(challenge_for(person))
    keys = {"authKey": person.auth_key, "wrap": wrap(0x03)}
    return phone, person.post("/api/passkeys", made | keys | changes)
