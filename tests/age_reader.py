"""Two independent ways to open sealed archives: the `age` tool, and 40 lines of Python."""

import base64
import hashlib
import hmac
import os
import pty
import select
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.patience import SECONDS
from tests.servers import program

CHUNK = 64 * 1024 + 16


def open_with_cryptography(sealed: bytes, words: str) -> bytes:
    """Decrypt a file that was encrypted with a passphrase (age-encryption.org/v1)."""
    end = sealed.index(b"\n---") + 4
    header, rest = sealed[:end], sealed[end:]
    version, stanza, body, _ = header.split(b"\n")
    assert version == b"age-encryption.org/v1"
    arrow, name, salt, factor = stanza.split(b" ")
    assert (arrow, name, factor) == (b"->", b"scrypt", b"18")
    key = hashlib.scrypt(
        words.encode(), salt=b"age-encryption.org/v1/scrypt" + unpadded(salt), n=2**18, r=8, p=1,
        dklen=32, maxmem=2**29,
    )  # fmt: skip
    file_key = ChaCha20Poly1305(key).decrypt(bytes(12), unpadded(body), None)
    mac, _, payload = rest.partition(b"\n")
    expected = hmac.digest(derived(file_key, b"", b"header"), header, "sha256")
    assert unpadded(mac.strip()) == expected
    stream = ChaCha20Poly1305(derived(file_key, payload[:16], b"payload"))
    chunks = [payload[at : at + CHUNK] for at in range(16, len(payload), CHUNK)]
    return b"".join(
        stream.decrypt(at.to_bytes(11, "big") + bytes([at == len(chunks) - 1]), chunk, None)
        for at, chunk in enumerate(chunks)
    )


def unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(key)


def open_with_age(sealed: Path, words: str) -> bytes:
    """Decrypt a file with Debian's `age`, which asks for the passphrase on a terminal."""
    opened = sealed.with_suffix(".opened")
    tool = program("age")
    child, terminal = pty.fork()
    if child == 0:
        os.execv(tool, [tool, "--decrypt", "--output", str(opened), str(sealed)])
    said = b""
    while not said.endswith(b": ") and select.select([terminal], [], [], SECONDS)[0]:
        said += os.read(terminal, 1024)
    assert b"passphrase" in said, said
    os.write(terminal, words.encode() + b"\n")
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0
    return opened.read_bytes()
