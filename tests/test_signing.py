"""A release's manifest is signed in minisign's format: minisign reads our files, and we its."""

import base64
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port, program
from tools.minisign import PublicKey, SecretKey, SignatureError
from tools.sign import NAME

CONTENT = b"what was released\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let minisign generate two pairs of keys without a password."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        minisign("-G", "-W", "-p", folder / f"{name}.pub", "-s", folder / f"{name}.key")
    (folder / "file").write_bytes(CONTENT)
    return folder


def minisign(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [program("minisign"), *map(str, words)], capture_output=True, text=True, check=False
    )


def tool(name: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"tools.{name}", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_minisign_reads_what_we_sign_and_we_read_what_it_signs(keys: Path) -> None:
    public = PublicKey.parse((keys / "ours.pub").read_text())
    ours = SecretKey.parse((keys / "ours.key").read_text()).sign(CONTENT, "release 1")
    (keys / "file.minisig").write_text(ours)
    read = minisign("-V", "-p", keys / "ours.pub", "-m", keys / "file")
    assert (read.returncode, "Trusted comment: release 1" in read.stdout) == (0, True)
    assert public.verify(CONTENT, ours) == "release 1"
    assert minisign("-S", "-s", keys / "ours.key", "-m", keys / "file", "-t", "two").returncode == 0
    assert public.verify(CONTENT, (keys / "file.minisig").read_text()) == "two"


def test_nothing_else_is_taken_for_a_signature(keys: Path) -> None:
    public = PublicKey.parse((keys / "ours.pub").read_text())
    good = SecretKey.parse((keys / "ours.key").read_text()).sign(CONTENT, "release 1")
    other = SecretKey.parse((keys / "theirs.key").read_text()).sign(CONTENT, "release 1")
    lines = good.splitlines()
    legacy = base64.b64encode(b"Ed" + base64.b64decode(lines[1])[2:]).decode()
    wrong = [
        other,
        good.replace("release 1", "release 2"),
        "\n".join([lines[0], other.splitlines()[1], *lines[2:]]),
        "\n".join([*lines[:3], other.splitlines()[3]]),
        "\n".join([lines[0], legacy, *lines[2:]]),
        "\n".join(lines[:2]),
        good.replace("trusted comment", "comment"),
        "",
    ]
    for signature in wrong:
        with pytest.raises(SignatureError):
            public.verify(CONTENT, signature)
    with pytest.raises(SignatureError, match="not this file"):
        public.verify(CONTENT + b"!", good)
    for text in ("", "a\nb", (keys / "ours.key").read_text()):
        with pytest.raises(SignatureError):
            PublicKey.parse(text)


@pytest.mark.slow  # every page and file of a site
def test_a_release_is_signed_and_a_site_is_compared_with_no_other(
    keys: Path, tmp_path: Path
) -> None:
    signed = tool("sign", keys / "ours.key", "--to", tmp_path)
    assert (signed.returncode, signed.stdout.count("\n")) == (0, 1), signed.stdout
    assert minisign("-V", "-p", keys / "ours.pub", "-m", tmp_path / NAME).returncode == 0
    nobody = f"http://127.0.0.1:{free_port()}"
    why = {}
    for key in ("ours", "theirs"):
        words = ("--manifest", tmp_path / NAME, "--key", keys / f"{key}.pub")
        why[key] = tool("verify", nobody, *words).stdout
    assert "another key" not in why["ours"]
    assert "it is signed with another key" in why["theirs"]
    missing = tool("sign", keys / "ours.pub", "--to", tmp_path)
    assert (missing.returncode, "Nothing was signed" in missing.stdout) == (1, True)


@pytest.mark.slow  # a file of one GiB, and seconds of scrypt
def test_a_key_with_a_password_signs_once_the_password_is_typed(tmp_path: Path) -> None:
    make = subprocess.run(
        [program("minisign"), "-G", "-p", tmp_path / "a.pub", "-s", tmp_path / "a.key"],
        input="quiet\nquiet\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert make.returncode == 0, make.stderr
    with pytest.raises(SignatureError, match="password"):
        SecretKey.parse((tmp_path / "a.key").read_text(), "loud")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        words = (str(tmp_path / "a.key"), "--to", str(tmp_path))
        os.execv(sys.executable, [sys.executable, "-m", "tools.sign", *words])
    asked = b""
    while b"password: " not in asked:
        asked += os.read(terminal, 1024)
    os.write(terminal, b"quiet\n")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    assert minisign("-V", "-p", tmp_path / "a.pub", "-m", tmp_path / NAME).returncode == 0
