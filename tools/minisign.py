"""Keys and signatures in the formats of minisign (https://jedisct1.github.io/minisign/).

An Ed25519 signature covers the BLAKE2b-512 hash of a file (the algorithm "ED" of minisign 0.10 and
later). A second signature covers the first and a comment that describes the file. The older
algorithm "Ed", which signs the whole file, is refused.
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
    """A key or signature is malformed, or does not belong to the file. The message says which."""


@dataclass(frozen=True)
class PublicKey:
    """A public key: the id by which minisign names it (8 bytes), and the Ed25519 key (32 bytes)."""

    number: bytes
    key: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a public key from the text of its file. Raises SignatureError."""
        raw = decoded(lines(text, 2)[1], 42, "public key")
        if raw[:2] != ALGORITHM:
            raise SignatureError("this is not a public key of minisign")
        return cls(raw[2:10], raw[10:])

    def verify(self, content: bytes, signature: str) -> str:
        """Check the signature of a file, and return its trusted comment. Raises SignatureError."""
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
    """A secret key: the id by which minisign names it (8 bytes), and its seed (32 bytes)."""

    number: bytes
    seed: bytes

    @staticmethod
    def is_locked(text: str) -> bool:
        """Tell whether the file of a secret key is protected by a password."""
        return decoded(lines(text, 2)[1], 158, "secret key")[2:4] == SCRYPT

    @classmethod
    def parse(cls, text: str, password: str = "") -> Self:
        """Read a secret key's file. Raises SignatureError, also if the password is wrong."""
        raw = decoded(lines(text, 2)[1], 158, "secret key")
        if raw[:2] != ALGORITHM or raw[2:4] not in (SCRYPT, NO_PASSWORD) or raw[4:6] != CHECKSUM:
            raise SignatureError("this is not a secret key of minisign")
        secret = raw[54:]
        if raw[2:4] == SCRYPT:
            operations, memory = (int.from_bytes(raw[at : at + 8], "little") for at in (38, 46))
            stream = stretched(password, raw[6:38], operations, memory)
            secret = bytes(one ^ other for one, other in zip(secret, stream, strict=True))
        number, seed, public = secret[:8], secret[8:40], secret[40:72]
        # The checksum that follows is not used, as minisign 0.11 omits it for keys without a
        # password. Comparing the public keys detects a wrong password as well.
        if Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() != public:
            raise SignatureError("the password does not open this key")
        return cls(number, seed)

    def sign(self, content: bytes, comment: str) -> str:
        """Return the text of a signature file for `content`, with a trusted comment."""
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
    """Return the lines of a file. Raises SignatureError unless there are `count` of them."""
    found = text.splitlines()
    if len(found) != count:
        raise SignatureError(f"a file of minisign has {count} lines, and this one {len(found)}")
    return found


def decoded(text: str, length: int, what: str) -> bytes:
    """Decode base64. Raises SignatureError unless the result has `length` bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise SignatureError(f"this is not a {what} of minisign") from error
    if len(raw) != length:
        raise SignatureError(f"this is not a {what} of minisign")
    return raw


def stretched(password: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Return 104 bytes derived by scrypt.

    The cost parameters come from the limits on operations and memory (bytes) as in libsodium's
    crypto_pwhash_scryptsalsa208sha256.
    """
    operations = max(32768, operations)
    by_time = operations < memory // 32
    most = operations // 32 if by_time else memory // 1024
    n = 1 << max(1, (most // 2).bit_length())
    p = 1 if by_time else max(1, min(operations // 4 // n, 0x3FFFFFFF) // 8)
    return hashlib.scrypt(
        password.encode(), salt=salt, n=n, r=8, p=p, maxmem=MAX_SCRYPT_BYTES, dklen=104
    )
