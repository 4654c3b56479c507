"""Files of minisign (https://jedisct1.github.io/minisign/): keys and signatures by Ed25519.

Signed is the BLAKE2b-512 of a file ("ED", what minisign 0.10 and later write), and with that
signature a comment that says of what the file is. The older signatures of whole files are refused.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM, PREHASHED = b"Ed", b"ED"
SCRYPT, NO_PASSWORD, CHECKSUM = b"Sc", b"\0\0", b"B2"
UNTRUSTED, TRUSTED = "untrusted comment: ", "trusted comment: "
MAX_SCRYPT_BYTES = 2**31 - 1


class SignatureError(ValueError):
    """A key or signature is not one, or does not belong to the file; the message says which."""


@dataclass(frozen=True)
class PublicKey:
    """Who may sign: a number by which minisign names the key (8 bytes), and the key (32 bytes)."""

    number: bytes
    key: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a public key's file. Raises SignatureError."""
        raw = decoded(lines(text, 2)[1], 42, "public key")
        if raw[:2] != ALGORITHM:
            raise SignatureError("this is not a public key of minisign")
        return cls(raw[2:10], raw[10:])

    def verify(self, content: bytes, signature: str) -> str:
        """Return the comment that was signed with a file. Raises SignatureError."""
        first, second, third, fourth = lines(signature, 4)
        if not first.startswith(UNTRUSTED) or not third.startswith(TRUSTED):
            raise SignatureError("this is not a signature of minisign")
        raw, whole = decoded(second, 74, "signature"), decoded(fourth, 64, "signature")
        if raw[:2] != PREHASHED or raw[2:10] != self.number:
            raise SignatureError("it is signed with another key")
        comment = third.removeprefix(TRUSTED)
        key = Ed25519PublicKey.from_public_bytes(self.key)
        try:
            key.verify(raw[10:], hashlib.blake2b(content).digest())
            key.verify(whole, raw[10:] + comment.encode())
        except InvalidSignature:
            raise SignatureError("the signature is not this file's") from None
        return comment


@dataclass(frozen=True)
class SecretKey:
    """What signs: the key's number (8 bytes) and its seed (32 bytes)."""

    number: bytes
    seed: bytes

    @staticmethod
    def is_locked(text: str) -> bool:
        """Tell whether a password is needed to read a secret key's file."""
        return decoded(lines(text, 2)[1], 158, "secret key")[2:4] == SCRYPT

    @classmethod
    def parse(cls, text: str, password: str = "") -> Self:
        """Read a secret key's file. Raises SignatureError, for a wrong password too."""
        raw = decoded(lines(text, 2)[1], 158, "secret key")
        if raw[:2] != ALGORITHM or raw[2:4] not in (SCRYPT, NO_PASSWORD) or raw[4:6] != CHECKSUM:
            raise SignatureError("this is not a secret key of minisign")
        secret = raw[54:]
        if raw[2:4] == SCRYPT:
            operations, memory = (int.from_bytes(raw[at : at + 8], "little") for at in (38, 46))
            stream = stretched(password, raw[6:38], operations, memory)
            secret = bytes(one ^ other for one, other in zip(secret, stream, strict=True))
        number, seed, public = secret[:8], secret[8:40], secret[40:72]
        # A checksum follows, which minisign 0.11 leaves out where there is no password.
        if Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() != public:
            raise SignatureError("the password does not open this key")
        return cls(number, seed)

    def sign(self, content: bytes, comment: str) -> str:
        """Return the file that says who signed some bytes, and of what they are."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = key.sign(hashlib.blake2b(content).digest())
        whole = key.sign(signature + comment.encode())
        named = base64.b64encode(PREHASHED + self.number + signature).decode()
        number = self.number[::-1].hex().upper()
        return (
            f"{UNTRUSTED}signature from minisign key {number}\n{named}\n"
            f"{TRUSTED}{comment}\n{base64.b64encode(whole).decode()}\n"
        )


def lines(text: str, count: int) -> list[str]:
    """Return a file's lines, as many as it has to have."""
    found = text.splitlines()
    if len(found) != count:
        raise SignatureError(f"a file of minisign has {count} lines, and this one {len(found)}")
    return found


def decoded(text: str, length: int, what: str) -> bytes:
    """Return bytes of a length from base64."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise SignatureError(f"this is not a {what} of minisign") from error
    if len(raw) != length:
        raise SignatureError(f"this is not a {what} of minisign")
    return raw


def stretched(password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Return 104 bytes of scrypt, with libsodium's choice of parameters for two limits."""
    operations = max(32768, operations)
    by_time = operations < memory // 32
    most = operations // 32 if by_time else memory // 1024
    n = 1 << max(1, (most // 2).bit_length())
    p = 1 if by_time else max(1, min(operations // 4 // n, 0x3FFFFFFF) // 8)
    return hashlib.scrypt(
        password.encode(), salt=salt, n=n, r=8, p=p, maxmem=MAX_SCRYPT_BYTES, dklen=104
    )
