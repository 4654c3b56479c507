"""A second implementation of docs/protocol.md §2 to §9, with `cryptography`.

Nothing here is taken from static/js, because only independent implementations check each other.
"""

import hashlib
import hmac
import os
import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KIB, MIB = 1024, 1024 * 1024
WRAP = 124
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

# Each kind with its scope type, and its smallest and largest size in bytes
KINDS = {
    0x01: (1, 0, WRAP),
    0x02: (4, 0, WRAP),
    0x03: (5, 0, WRAP),
    0x04: (3, 0, WRAP),
    0x05: (2, 0, WRAP),
    0x10: (1, KIB, MIB),
    0x11: (1, 64 * KIB, 9 * MIB),
    0x12: (1, KIB, 16 * MIB),
    0x13: (1, KIB, 64 * KIB),
    0x20: (2, KIB, MIB),
    0x21: (2, 64 * KIB, 9 * MIB),
    0x22: (2, KIB, 2 * MIB),
    0x23: (2, KIB, 8 * KIB),
    0x24: (2, KIB, 8 * KIB),
    0x25: (2, 256, 344),
}


class CannotOpenError(Exception):
    """A box cannot be opened. The reason is never given, as it could help an attacker."""


def b64(data: bytes) -> str:
    """Encode bytes as base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Decode base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha256(data: bytes) -> bytes:
    """Return SHA-256."""
    return hashlib.sha256(data).digest()


def mac(key: bytes, data: bytes) -> bytes:
    """Return HMAC-SHA-256."""
    return hmac.digest(key, data, "sha256")


def hkdf(key: bytes, salt: bytes, info: str | bytes, length: int = 32) -> bytes:
    """Return HKDF-SHA-256 (RFC 5869)."""
    label = info.encode() if isinstance(info, str) else info
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=label).derive(key)


def padme(length: int) -> int:
    """Return a length padded by Padmé (protocol §5)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    last = max(0, exponent - exponent.bit_length())
    return -(-length >> last) << last


@dataclass(frozen=True)
class Fields:
    """The fields that bind a box to its place."""

    scope: bytes
    record: bytes
    author: bytes
    rev: int
    context: bytes = bytes(32)
    scope_type: int | None = None  # for kinds with two scope types


def aad(kind: int, fields: Fields) -> bytes:
    """Return the 106 bytes of associated data."""
    scope_type = KINDS[kind][0] if fields.scope_type is None else fields.scope_type
    where = bytes([scope_type]) + fields.scope + fields.record + fields.author
    return b"ss/v1/aad" + header(kind) + where + fields.rev.to_bytes(8) + fields.context


def header(kind: int) -> bytes:
    """Return the header: version, suite, kind, zero, epoch."""
    return bytes([1, 1, kind, 0, 0, 0, 0, 1])


def seal(key: bytes, kind: int, fields: Fields, body: bytes, salt: bytes | None = None) -> bytes:
    """Seal a body. Raises ValueError if it is larger than the kind's cap."""
    _, floor, cap = KINDS[kind]
    salt = salt or os.urandom(32)
    okm = hkdf(key, salt, b"ss/v1/seal" + bytes([1, kind]), 76)
    plain = len(body).to_bytes(4) + body
    plain += bytes(max(floor, padme(len(plain))) - len(plain))
    sealed = AESGCM(okm[:32]).encrypt(okm[64:], plain, aad(kind, fields))
    box = header(kind) + salt + okm[32:64] + sealed
    if len(box) > cap:
        raise ValueError("too large")
    return box


def unseal(key: bytes, kind: int, fields: Fields, box: bytes) -> bytes:
    """Open a box with the expected fields. Raises CannotOpenError."""
    _, floor, cap = KINDS[kind]
    if not 92 <= len(box) <= cap or (cap == WRAP and len(box) != WRAP) or box[:8] != header(kind):
        raise CannotOpenError
    okm = hkdf(key, box[8:40], b"ss/v1/seal" + bytes([1, kind]), 76)
    if not hmac.compare_digest(okm[32:64], box[40:72]):
        raise CannotOpenError
    try:
        plain = AESGCM(okm[:32]).decrypt(okm[64:], box[72:], aad(kind, fields))
    except InvalidTag:
        raise CannotOpenError from None
    length = int.from_bytes(plain[:4])
    body, rest = plain[4 : 4 + length], plain[4 + length :]
    if len(body) != length or any(rest) or len(plain) != max(floor, padme(4 + length)):
        raise CannotOpenError
    return body


def password_keys(login: str, password: str, seed: bytes) -> tuple[bytes, bytes]:
    """Return authKey and wrapKey."""
    return keys_under(password_root(login, password, seed))


def keys_under(root: bytes) -> tuple[bytes, bytes]:
    """Return authKey and wrapKey of the 32 bytes of Argon2id."""
    return hkdf(root, b"", "ss/v1/auth"), hkdf(root, b"", "ss/v1/kek/password")


def readings(typed: str) -> list[str]:
    """Return the possible readings of a typed password, likeliest first (protocol §3)."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", typed).lower())
    kinds = [(unicodedata.category(sign), sign) for sign in folded]
    letters = "".join(
        " " if kind[0] == "P" or kind == "Cf" else sign for kind, sign in kinds if kind[0] != "M"
    )
    words = letters.split()
    if len(words) != 6 or not all(re.fullmatch("[a-z]{3,9}", word) for word in words):
        return [typed]
    six = " ".join(words)
    return [typed] if six == unicodedata.normalize("NFKC", typed) else [six, typed]


def kdf_salt(login: str, seed: bytes) -> bytes:
    """Return the salt of §3."""
    name = login.encode()
    return sha256(b"ss/v1/salt\x02" + len(name).to_bytes(2) + name + seed)


def password_root(login: str, password: str, seed: bytes) -> bytes:
    """Return the 32 bytes of Argon2id."""
    text = unicodedata.normalize("NFKC", password).encode()
    return hash_secret_raw(text, kdf_salt(login, seed), 3, 65536, 1, 32, Type.ID, 0x13)


def recovery_code(secret: bytes) -> str:
    """Encode a sheet's 16 bytes as six groups of characters."""
    check = int.from_bytes(sha256(b"ss/v1/recovery/check" + secret)) >> 236
    number = int.from_bytes(secret) << 22 | check
    letters = "".join(CROCKFORD[number >> (145 - 5 * place) & 31] for place in range(30))
    return "-".join(letters[at : at + 5] for at in range(0, 30, 5))


def recovery_secret(code: str) -> bytes:
    """Decode a sheet. Raises ValueError."""
    signs = unicodedata.normalize("NFKC", code).upper()
    between = [sign for sign in signs if sign.isspace() or unicodedata.category(sign)[0] in "PC"]
    letters = signs.translate(str.maketrans("ILO", "110", "".join(between)))
    number = 0
    for letter in letters:
        number = number << 5 | CROCKFORD.index(letter)
    secret = (number >> 22).to_bytes(16)
    if len(letters) != 30 or recovery_code(secret).replace("-", "") != letters:
        raise ValueError("not a sheet")
    return secret


def invite_keys(secret: bytes, invite: bytes) -> tuple[bytes, bytes]:
    """Return the invite KEK and auth."""
    root = hkdf(secret, b"", b"ss/v1/invite" + invite)
    return hkdf(root, b"", "ss/v1/kek/invite"), hkdf(root, b"", "ss/v1/invite/auth")


def join_proof(space_key: bytes, invite: bytes, inviter: bytes, acceptor: bytes) -> bytes:
    """Return the proof that a person knows the space key."""
    return mac(hkdf(space_key, b"", "ss/v1/space/member"), invite + inviter + acceptor)


def safety_words(space_key: bytes, one: bytes, other: bytes, space: bytes) -> list[int]:
    """Return four indices into the list of 2,048 words."""
    salt = sha256(min(one, other) + max(one, other) + space)
    bits = int.from_bytes(hkdf(space_key, salt, "ss/v1/space/words", 6))
    return [bits >> (37 - 11 * place) & 2047 for place in range(4)]


def answer_ref(space_key: bytes, stable_id: str) -> bytes:
    """Return the `ref` by which answers are paired."""
    question = sha256(b"ss/v1/question" + stable_id.encode())[:16]
    return hkdf(space_key, b"", b"ss/v1/space/question" + question, 16)


def answer_key(space_key: bytes, share: bytes, ref: bytes, author: bytes) -> bytes:
    """Return the key of one answer."""
    answers = hkdf(space_key, b"", "ss/v1/space/answer")
    return hkdf(answers, share, b"ss/v1/answer" + ref + author)


def author_tag(account_key: bytes, kind: int, fields: Fields, box: bytes) -> bytes:
    """Return the tag that only the author can compute."""
    key = hkdf(account_key, b"", "ss/v1/acct/author-tag")
    return mac(key, sha256(aad(kind, fields) + box))
