"""Write this release's manifest and its signature, so that a copy of it can be trusted.

`minisign -G` makes the key; its public half is committed as release.pub (docs/verifying.md).
"""

import argparse
import getpass
import sys
from pathlib import Path

from shared_space import create_page_app
from shared_space.release.manifest import fingerprint, manifest_bytes
from tools.minisign import SecretKey, SignatureError

NAME = "manifest.json"


def main() -> int:
    """Write both files, print what was written, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.sign", description=__doc__)
    parser.add_argument("key", type=Path, help="the secret key's file")
    parser.add_argument("--to", type=Path, default=Path(), help="the folder to write to")
    asked = parser.parse_args()
    try:
        text = asked.key.read_text()
        password = getpass.getpass("The key's password: ") if SecretKey.is_locked(text) else ""
        key = SecretKey.parse(text, password)
        manifest = manifest_bytes(create_page_app())
        mark = fingerprint(manifest)
        (asked.to / NAME).write_bytes(manifest)
        signature = key.sign(manifest, f"Shared Space, release {mark}")
        (asked.to / f"{NAME}.minisig").write_text(signature)
    except (OSError, UnicodeDecodeError, SignatureError) as error:
        print(f"Nothing was signed: {error}.")  # noqa: T201
        return 1
    print(f"{asked.to / NAME} is release {mark}, and {NAME}.minisig says so.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
