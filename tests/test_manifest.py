"""A release's manifest covers everything a browser can load, and depends on the code alone."""

import json
import re

import pytest
from flask import Flask

from shared_space import create_page_app
from shared_space.release.canonical import MalformedError, canonical
from shared_space.release.manifest import fingerprint, manifest_bytes
from tests.conftest import MakeApp
from tests.servers import ROOT, Server

# These addresses serve no part of a release, or are for the host alone.
ELSEWHERE = {
    "pages.root",
    "pages.healthz",
    "release.manifest",
    "host_page.host_page",
    "host_page.host_json",
}


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = json.loads(manifest_bytes(create_page_app()))
    return known


def test_every_page_and_file_that_is_served_is_in_it(
    app: Flask, manifest: dict[str, dict[str, str]]
) -> None:
    rules = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }
    urls = app.url_map.bind("localhost:5000")
    there = {urls.match(path)[0] for path in manifest["files"] if not re.search(r"^/../\*$", path)}
    assert rules - there == ELSEWHERE
    assert {"/en/*", "/es/*", "/sw.js", "/en/space/later/*"} <= manifest["files"].keys()
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in manifest["files"].values())


def test_a_host_a_database_and_a_setting_change_nothing(make_app: MakeApp) -> None:
    there = make_app(SPACE_EXIT_URL="https://elsewhere.example/")
    (there.config["DATA"] / "host.yaml").write_text((ROOT / "docs/host.example.yaml").read_text())
    hosted = make_app(SPACE_PUBLIC_ORIGIN="https://quiet.example", SPACE_COUNTRY="ES")
    assert hosted.config["HOST_FILE"].card
    answer = hosted.test_client().get("/static/manifest.json", base_url="https://quiet.example")
    assert answer.data == manifest_bytes(create_page_app())


def test_the_command_prints_what_the_server_publishes(server: Server) -> None:
    published = manifest_bytes(create_page_app())
    assert server.command("manifest").encode() == published
    assert re.fullmatch(r"([0-9a-f]{4} ){4}[0-9a-f]{4}", fingerprint(published))


def test_a_shell_page_is_the_same_at_each_of_its_addresses(app: Flask) -> None:
    client = app.test_client()
    shell = {
        client.get(f"/es/{path}", base_url="http://localhost:5000").data
        for path in ("space/", "space/talk", "space/journal/write/x", "sign-up", "join")
    }
    assert len(shell) == 1


@pytest.mark.parametrize(
    "content",
    [
        "<script src=/static/x.js></script>",
        "<p onclick=x>a</p>",
        "<a href='javascript:x'>a</a>",
        "<a href='/en/space/'>a</a>",
        "</main><p>a</p>",
        "<p>a",
        "<p>a</p></section>",
        "<p/>",
        "<!-- a -->",
        "<p style='color:red'>a</p>",
        "<link rel=stylesheet href=https://elsewhere.example/>",
        "<form><input></form>",
        "<p>a</p><p",
        "<!doctype html>",
        "<svg><script>x</script></svg>",
    ],
)
def test_what_is_a_hosts_own_holds_words_and_links_alone(content: str) -> None:
    page = f"<p>before</p><!--own card-->{content}<!--/own card-->".encode()
    with pytest.raises(MalformedError):
        canonical("/en/", page)


def test_a_hosts_words_do_not_change_a_pages_form() -> None:
    page = "<p>a</p><!--own card-->{}<!--/own card--><p>b</p>"
    plain, hosted = (
        canonical("/en/", page.format(words).encode())
        for words in ("", '<aside class="card"><p>Us.</p><a href="tel:+1">Call</a></aside>')
    )
    assert plain.body == hosted.body
    assert (plain.own["card"], "Us." in hosted.own["card"]) == ("", True)
    for wrong in (page.replace("own card", "own other"), "<p>a</p><p>b</p>"):
        assert canonical("/en/", wrong.format("").encode()).body != plain.body


@pytest.mark.parametrize(
    "line",
    [
        b'self.SHELL = {"pages": {}, "version": ""}, import("https://elsewhere.example");\n',
        b'self.SHELL = {"version": "", "pages": {}};\n',
        b'fetch("/api/me");self.SHELL = {"pages": {}, "version": ""};\n',
        b'self.SHELL = {"pages": {}};\n',
        b"",
    ],
)
def test_a_workers_first_line_is_one_description_and_no_program(line: bytes) -> None:
    with pytest.raises(MalformedError):
        canonical("/sw.js", line + b"// the worker\n")
