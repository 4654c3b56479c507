"""The documents agree with the code: columns, routes, events, settings and error codes."""

import re
from collections.abc import Iterator

from flask import Flask

from shared_space import models
from shared_space.config import SETTINGS
from shared_space.live.server import live_server
from tests.servers import ROOT

PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
HOSTING = (ROOT / "docs/self-hosting.md").read_text(encoding="utf-8")
KNOWN = (ROOT / "docs/what-this-server-knows.md").read_text(encoding="utf-8")
PROTECTS = (ROOT / "templates/host/_protects.html").read_text(encoding="utf-8")
# The words in "How this protects you" for what each table stores unencrypted.
TOLD = {
    "accounts": "the name you sign in with and the day you began",
    "memberships": "who shares a space with whom",
    "sessions": "what kind of device was here and in which hour it last was",
    "entries": "how many entries",
    "attachments": "pictures and recordings there are, under “Only me” too, and roughly how long",
    "flames": "who has a flame lit",
    "signals": "whose signal is there",
    "answers": "whether an answer is there",
    "rests": "who is resting and until when",
    "reminders": "at which quarter of an hour a reminder comes",
    "devices": "where a message is to be sent",
    "passkeys": "a second key or a passkey",
}
# These tables belong to one of those above, identify nobody, or keep their rows only briefly.
WITH_THEM = """
    attempts candles challenges erasures invitations journals pairs signup_codes spaces
    superseded
"""
METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH"}


def section(number: int) -> str:
    """Return one section of the protocol."""
    match = re.search(rf"^## {number}\. .*?(?=^## |\Z)", PROTOCOL, re.MULTILINE | re.DOTALL)
    assert match, number
    return match[0]


def twice(names: list[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def plain(path: str) -> str:
    """Return an address without its query and without the names of its parameters."""
    return re.sub(r"<[^>]*>", "<>", path.partition("?")[0])


def routes(app: Flask) -> Iterator[str]:
    """Yield every request that the app's API takes, and the health check."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/") or rule.rule == "/healthz":
            for method in METHODS & (rule.methods or set()):
                yield f"{method} {plain(rule.rule)}"


def promised_routes() -> list[str]:
    found = re.findall(r"`(GET|POST|PUT|DELETE|PATCH) (/[^`]*)`", section(16))
    return [f"{method} {plain(path)}" for method, path in found]


def settings_table() -> dict[str, tuple[str, str]]:
    """Return each setting in the host's guide, with its default and its meaning."""
    rows = re.findall(r"^\| `(SPACE_\w+)` \| (.*?) \| (.*?) \|$", HOSTING, re.MULTILINE)
    assert twice([name for name, _, _ in rows]) == set()
    return {name: (default, meaning) for name, default, meaning in rows}


def known_columns() -> dict[str, list[str]]:
    """Return what the host's guide says of each column: sealed or not, what and why, how long."""
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) \|$", KNOWN, re.MULTILINE)
    assert twice([name for name, _ in rows]) == set()
    return {name: said.split(" | ") for name, said in rows}


def test_every_column_is_explained_and_no_column_that_is_not_there() -> None:
    tables = {model.__table__ for model in models.ALL}
    assert tables == set(models.ALL[0].metadata.tables.values())
    there = {str(column) for table in tables for column in table.columns}
    assert len(there) > 50
    known = known_columns()
    assert there - known.keys() == set()
    assert known.keys() - there == set()
    for name, (kind, why, until) in known.items():
        assert kind in ("sealed", "hash", "clear"), name
        assert len(why) > 8, name
        assert until, name


def test_what_is_sealed_or_a_hash_is_bytes_and_what_is_a_box_is_sealed() -> None:
    tables = models.ALL[0].metadata.tables
    for name, (kind, _, _) in known_columns().items():
        table, _, column = name.partition(".")
        has = tables[table].columns[column].type.python_type
        assert kind == "clear" or has is bytes or name == "accounts.auth_hash", (
            name
        )  # of Argon2's encoded form
        assert (kind == "sealed") == (column in ("box", "pin", "words", "wrap", "sheet_wrap")), name


def test_the_hosts_page_is_found_from_where_a_host_reads() -> None:
    for page in ("README.md", "docs/self-hosting.md", "docs/protocol.md"):
        assert "what-this-server-knows.md)" in (ROOT / page).read_text(encoding="utf-8"), page


def test_people_are_told_of_every_table_that_says_something_of_them() -> None:
    tables = {model.__tablename__ for model in models.ALL}
    assert TOLD.keys() | set(WITH_THEM.split()) == tables
    assert [words for words in TOLD.values() if words not in PROTECTS] == []


def test_every_request_is_promised_and_every_promise_is_kept(app: Flask) -> None:
    there, promised = set(routes(app)), promised_routes()
    assert len(there) > 35
    assert there - set(promised) == set()
    assert set(promised) - there == set()
    assert twice(promised) == set()


def test_every_event_stands_in_the_protocol_the_browser_and_the_server() -> None:
    promised = set(re.findall(r"^\| `(\w+:\w+)` \|", section(17), re.MULTILINE))
    assert len(promised) > 6
    browser = (ROOT / "static/js/net/events.js").read_text()
    assert set(re.findall(r': "([^"]+)",', browser)) == promised
    python = "".join(path.read_text() for path in (ROOT / "shared_space").rglob("*.py"))
    assert set(re.findall(r'"([a-z]+:[a-z]+)"', python)) == promised


def test_members_may_send_what_the_protocol_says_and_no_more(app: Flask) -> None:
    sent = re.findall(r"^\| `(\w+:\w+)` \| from a member \|", section(17), re.MULTILINE)
    assert set(live_server(app).events.handlers) == set(sent)


def test_the_browser_uses_every_event_and_no_other() -> None:
    listed = dict(re.findall(r'(\w+): "([^"]+)",', (ROOT / "static/js/net/events.js").read_text()))
    used: set[str] = set()
    for path in (ROOT / "static/js").rglob("*.js"):
        if path.name != "events.js":
            text = path.read_text()
            used |= {listed[name] for name in re.findall(r"\bEVENTS\.(\w+)", text)}
            used |= set(re.findall(r'"([a-z]+:[a-z]+)"', text))
    assert used == set(listed.values())


def test_every_setting_stands_in_the_hosts_page_with_its_default_and_meaning() -> None:
    table = settings_table()
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "(none)"
        assert table[setting.name] == (default, setting.meaning)
    assert table.keys() == {setting.name for setting in SETTINGS}


def test_no_setting_is_named_anywhere_that_is_not_there() -> None:
    known = {setting.name for setting in SETTINGS}
    named = set(re.findall(r"\bSPACE_[A-Z_]*[A-Z]\b", HOSTING + PROTOCOL))
    for path in [*(ROOT / "shared_space").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]:
        named |= set(
            re.findall(r"\b(?:(?<=\")|(?<=config\.))SPACE_[A-Z_]*[A-Z]\b", path.read_text())
        )
    assert named == known


def test_every_error_has_a_sentence() -> None:
    errors = section(16).partition("### Errors")[2].partition("###")[0]
    codes = re.findall(r"`(\w+)` \d{3}", errors)
    assert len(codes) > 15
    shell = (ROOT / "templates/space.html").read_text()
    said = re.findall(r'data-say="error-(\w+)"', shell)
    assert set(codes) - set(said) == set()
    assert twice(said) == set()
    # The browser adds two of its own: no connection, and an error of the server.
    assert set(said) - set(codes) == {"offline", "fault"}


def test_no_sentence_has_the_key_of_another() -> None:
    templates = [ROOT / "templates/space.html", *(ROOT / "templates").rglob("_sentences.html")]
    keys = [
        key
        for path in templates
        for key in re.findall(r'<p data-say="([\w-]+)">', path.read_text())
    ]
    assert len(keys) > 100
    assert twice(keys) == set()


def test_every_error_that_the_server_says_is_promised() -> None:
    errors = section(16).partition("### Errors")[2].partition("###")[0]
    promised = dict(re.findall(r"`(\w+)` (\d{3})", errors))
    said: set[tuple[str, str]] = set()
    for path in (ROOT / "shared_space").rglob("*.py"):
        text = path.read_text()
        said |= set(re.findall(r'(?:ApiError|error_response)\(\s*(\d{3}), "(\w+)"', text))
        said |= set(re.findall(r'^    (\d{3}): "(\w+)",$', text, re.MULTILINE))
    said -= {("405", "not_found"), ("500", "fault")}
    assert len(said) > 12
    assert {(status, code) for status, code in said if promised.get(code) != status} == set()
