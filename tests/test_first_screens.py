"""What the first screens say and how many bytes their page has: every visit loads it."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from shared_space.app_shell.shell import EAGER_SENTENCES, module_graph
from shared_space.content.languages import LANGUAGES
from tests.servers import ROOT

LARGEST = 22_000  # bytes of the compressed page; a second visit loads little else
SAID = re.compile(r'\b(?:t|tNames)\(\s*"([\w-]+)"|^  title: "([\w-]+)"', re.MULTILINE)
LATER = re.compile(r'<meta name="later" content="([^"]+)">')
KEY = re.compile(r'data-say="([\w-]+)"')
CORE = re.compile(r"^  core: true", re.MULTILINE)
# Their sentences are about entries, and those come with the other templates.
WAIT_FOR_SERVICES = {"js/days/today-panel.js", "js/entries/day-label.js"}


def keys(text: str) -> set[str]:
    """Return the keys of the sentences in some HTML."""
    return set(KEY.findall(text))


def get(app: Flask, path: str) -> str:
    """Return a page."""
    return app.test_client().get(path, base_url=app.config["ORIGIN"]).get_data(as_text=True)


def first_page(app: Flask, language: str) -> str:
    """Return the page of all screens."""
    return get(app, f"/{language}/space/candle")


def core_screens() -> list[str]:
    """Return the modules of the screens that are shown before anything else is loaded."""
    screens = (ROOT / "static/js").rglob("*-screen.js")
    core = [path for path in screens if CORE.search(path.read_text(encoding="utf-8"))]
    return [path.relative_to(ROOT / "static").as_posix() for path in core]


def test_the_page_holds_every_sentence_that_its_first_screens_say(app: Flask) -> None:
    there = keys(first_page(app, "en"))
    modules = set(module_graph("js/main.js", *core_screens())) - WAIT_FOR_SERVICES
    assert len(modules) > 50
    said = {
        one or other
        for name in modules
        if not name.startswith("vendor/")
        for one, other in SAID.findall((ROOT / "static" / name).read_text(encoding="utf-8"))
    }
    assert len(said) > 20
    assert said - there == set()


def test_every_sentence_is_in_the_page_or_comes_later_and_none_twice(app: Flask) -> None:
    first = first_page(app, "en")
    later = LATER.search(first)
    assert later
    other = get(app, later[1])
    features = {path.parent.name for path in Path(ROOT / "templates").glob("*/_sentences.html")}
    written = {
        key
        for feature in features
        for key in keys((ROOT / f"templates/{feature}/_sentences.html").read_text(encoding="utf-8"))
    }
    assert written <= keys(first) | keys(other)
    assert keys(first) & keys(other) == set()
    assert set(EAGER_SENTENCES) < features


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_small(app: Flask, language: str) -> None:
    assert len(gzip.compress(first_page(app, language).encode(), 6)) <= LARGEST
