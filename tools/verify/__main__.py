"""Compare a running site with a release: one sentence, and 0, 1 (it differs) or 2 (no answer)."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import requests

from shared_space import create_page_app
from shared_space.release.manifest import FORMAT, fingerprint, manifest_bytes
from tools.minisign import PublicKey
from tools.verify.compare import Findings, compare
from tools.verify.site import Site

RELEASE_KEY = Path(__file__).parents[2] / "release.pub"
SAME, DIFFERS, UNKNOWN = range(3)


def read_manifest(path: Path | None, key: Path | None) -> tuple[dict[str, Any], str]:
    """Return a manifest and its fingerprint, either from a file or made from this checkout.

    Raises ValueError if the file is not a manifest, or is not signed with the key.
    """
    raw = path.read_bytes() if path else manifest_bytes(create_page_app())
    if path and key:
        signature = path.with_name(f"{path.name}.minisig").read_text()
        PublicKey.parse(key.read_text()).verify(raw, signature)
    manifest = json.loads(raw)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError(f"{path} is not a manifest of format {FORMAT}")
    return manifest, fingerprint(raw)


def sentence(origin: str, mark: str, findings: Findings) -> str:
    """Return the result of a comparison as one sentence."""
    if findings.differs:
        (path, what), *more = sorted(findings.differs.items())
        rest = f"; {len(more)} more differ" if more else ""
        return f"{origin} does not serve release {mark}: {path} {what}{rest}."
    own = ", ".join(sorted(findings.own))
    said = f"; its own parts are: {own}" if own else ""
    return f"{origin} serves release {mark}: all {findings.compared} addresses agree{said}."


def main() -> int:
    """Compare the site, print the result, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.verify", description=__doc__)
    parser.add_argument("origin", help="such as https://quiet.example")
    parser.add_argument("--manifest", type=Path, help="a release's manifest; else this checkout's")
    parser.add_argument(
        "--key", type=Path, default=RELEASE_KEY if RELEASE_KEY.exists() else None,
        help="the public key that must have signed it (FILE.minisig); else release.pub, if there",
    )  # fmt: skip
    parser.add_argument("--own", action="store_true", help="also print the parts of the site's own")
    asked = parser.parse_args()
    try:
        manifest, mark = read_manifest(asked.manifest, asked.key)
        findings = compare(Site(asked.origin), manifest)
    except (requests.RequestException, OSError, ValueError) as error:
        print(f"{asked.origin} could not be compared: {error}.")  # noqa: T201
        return UNKNOWN
    if asked.own:
        for name, text in sorted(findings.own.items()):
            print(f"--- {name}\n{text}")  # noqa: T201
    print(sentence(asked.origin, mark, findings))  # noqa: T201
    return DIFFERS if findings.differs else SAME


if __name__ == "__main__":
    sys.exit(main())
