"""Compares the bytes of every file, and the headers through which other code could be loaded."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from shared_space.release.canonical import MalformedError, canonical
from tools.verify.site import Answer, Site

CONNECTIONS = 8
BRINGS_CODE = ("link", "refresh", "service-worker-allowed", "sourcemap", "x-sourcemap")
TYPES = {".js": "text/javascript", ".css": "text/css", "": "text/html"}


@dataclass
class Findings:
    """What differs, with one sentence for each path, and the parts that belong to the host."""

    differs: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    compared: int = 0


def compare(site: Site, manifest: dict[str, Any]) -> Findings:
    """Fetch every file of a release's manifest from a site and compare it.

    Raises requests.RequestException if the site does not answer.
    """
    findings = Findings()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        for found in pool.map(lambda key: compare_file(site, manifest, key), manifest["files"]):
            findings.differs |= found.differs
            findings.own |= found.own
            findings.compared += found.compared
    return findings


def compare_file(site: Site, manifest: dict[str, Any], key: str) -> Findings:
    """Compare one file of the manifest at each address where the site serves it."""
    findings = Findings()
    addresses = site.addresses(key)
    if not addresses:
        findings.differs[key] = "is not there"
    for path in addresses:
        findings.compared += 1
        answer = site.get(path)
        if wrong := wrong_headers(manifest, key, answer):
            findings.differs[path] = wrong
            continue
        try:
            shown = canonical(path, answer.body)
        except MalformedError as error:
            findings.differs[path] = f"is not built as a release builds it: {error}"
            continue
        if hashlib.sha256(shown.body).hexdigest() != manifest["files"][key]:
            findings.differs[path] = "has other bytes"
        for name, text in shown.own.items():
            if hashlib.sha256(text.encode()).hexdigest() not in manifest["own"].get(name, ()):
                findings.own[name] = text
    return findings


def wrong_headers(manifest: dict[str, Any], key: str, answer: Answer) -> str:
    """Return what is wrong with a response's status and headers, or an empty string.

    Images and word lists contain nothing that runs, so for them only the status is checked and
    that no header brings other code.
    """
    if answer.status != (404 if key.count("/") == 2 and key.endswith("/*") else 200):
        return f"answers {answer.status}"
    for name in BRINGS_CODE:
        if name in answer.headers:
            return f"has a header {name}, which no release sends"
    name = key.rpartition("/")[2]
    suffix = name[name.rindex(".") :] if "." in name else ""
    if suffix not in TYPES:
        return ""
    kind = answer.headers.get("content-type", "")
    if kind != f"{TYPES[suffix]}; charset=utf-8":
        return f"is said to be {kind or 'of no type'}"
    policy = manifest["policies"].get(key, manifest["policy"])
    if suffix != ".css" and answer.headers.get("content-security-policy") != policy:
        return "has another content security policy"
    return ""
