"""The canonical form in which a page of a site is compared with the same page of a release.

A few parts of the pages belong to the host: the Exit link, their card and privacy notice, and the
helplines. Templates put each between `<!--own NAME-->` and `<!--/own NAME-->`. These parts are
removed before a page is hashed, and checked separately: they may hold text and links, but nothing
active. The URL of the lazy templates and the ETags in /sw.js depend on them and are replaced.
"""

import html
import json
import re
from dataclasses import dataclass

OWN_PART = re.compile(r"<!--own ([a-z]+)-->(.*?)<!--/own \1-->", re.DOTALL)
LATER_NAME = re.compile(r"(/[a-z]+/space/later/)[0-9a-f]{16}")
WORKER = "/sw.js"
WORKER_START = "self.SHELL = "
TAGS = frozenset(
    ("a", "aside", "details", "div", "h2", "h3", "li", "p", "section", "span", "strong", "summary",
     "ul")
)  # fmt: skip
ATTRIBUTES = frozenset(
    ("aria-label", "class", "data-country", "data-exit", "data-host", "data-kind", "data-line",
     "data-part", "data-zones", "href", "open", "rel")
)  # fmt: skip
ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"<>]*)")?')
TOKEN = re.compile(
    r'<(?P<open>[a-z0-9]+)(?P<attributes>(?: [a-z-]+(?:="[^"<>]*")?)*)>'
    r"|</(?P<close>[a-z0-9]+)>|[^<>]+"
)
LINKS = ("https:", "http:", "mailto:", "tel:", "sms:")


class MalformedError(ValueError):
    """A page or worker has a form that no release produces. The message says where."""


@dataclass(frozen=True)
class Canonical:
    """A response's bytes without the host's parts, and those parts by name."""

    body: bytes
    own: dict[str, str]


def canonical(path: str, body: bytes) -> Canonical:
    """Return a response's canonical form.

    Raises MalformedError if one of the host's parts could run or hide something.
    """
    if path == WORKER:
        return Canonical(without_page_etags(body), {})
    if path.startswith("/static/") or path.endswith(".webmanifest"):
        return Canonical(body, {})
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise MalformedError("it is not UTF-8") from error
    own: dict[str, str] = {}
    for name, content in OWN_PART.findall(text):
        if name in own:
            raise MalformedError(f"the part {name!r} stands there twice")
        require_inert(name, content)
        own[name] = content
    bare = OWN_PART.sub(r"<!--own \1--><!--/own \1-->", text)
    return Canonical(canonical_path(bare).encode(), own)


def canonical_path(text: str) -> str:
    """Replace the digest in the URL of the lazy templates, which depends on the host's parts."""
    return LATER_NAME.sub(r"\1*", text)


def without_page_etags(body: bytes) -> bytes:
    """Return /sw.js without the ETags in its first line and without their digest.

    Raises MalformedError unless that line is a JSON object.
    """
    line, _, program = body.partition(b";\n")
    try:
        text = line.decode()
        known = json.loads(text.removeprefix(WORKER_START))
        if text != WORKER_START + json.dumps(known, sort_keys=True):
            raise ValueError(text)
        known["pages"] = sorted(canonical_path(path) for path in known["pages"])
        del known["version"]
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedError("its first line is not the description of a release") from error
    return WORKER_START.encode() + json.dumps(known, sort_keys=True).encode() + b";\n" + program


def require_inert(name: str, content: str) -> None:
    """Raise MalformedError if one of the host's parts has more than text and links.

    It is parsed more strictly than by browsers, so that both see the same elements.
    """
    inside: list[str] = []
    end = 0
    for token in TOKEN.finditer(content):
        if token.start() != end:
            break
        end = token.end()
        if token["open"]:
            require_words(name, token["open"], token["attributes"])
            inside.append(token["open"])
        elif token["close"] and (not inside or inside.pop() != token["close"]):
            raise MalformedError(f"the host's own part {name!r} ends what it did not begin")
    if end != len(content) or inside:
        raise MalformedError(f"the host's own part {name!r} is not whole")


def require_words(name: str, tag: str, attributes: str) -> None:
    """Raise MalformedError for an element that is not text, or has an active attribute."""
    if tag not in TAGS:
        raise MalformedError(f"the host's own part {name!r} holds <{tag}>")
    for attribute, value in ATTRIBUTE.findall(attributes):
        if attribute not in ATTRIBUTES:
            raise MalformedError(f"the host's own part {name!r} holds {attribute}=")
        if attribute == "href" and not html.unescape(value).startswith(LINKS):
            raise MalformedError(f"the host's own part {name!r} links to {value}")
