"""Browser tabs, history and icons give no hint of what the app is for."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shared_space.guide.articles import articles
from tests.servers import ROOT

NEUTRAL = {
    "en": {"Space", "A quiet place, for one or for two", "Help now", "Guide"},
    "es": {
        "Space",  # until the shell sets its own title
        "Espacio",
        "Un lugar tranquilo, para una persona o para dos",
        "Ayuda ahora",
        "Guía",
    },
}
SHELL = ("sign-up", "sign-in", "recover", "join", "space/candle", "space/settings/safety")


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize("language", NEUTRAL)
def test_no_title_names_what_this_place_is_for(client: FlaskClient, language: str) -> None:
    guide = [f"guide/{part.id}" for part in articles(language)]
    assert guide
    for path in ("", "help", "guide/", *guide, *SHELL, "not/there"):
        page = client.get(f"/{language}/{path}", base_url="http://localhost:5000")
        found = re.search(r"<title>(.*?)</title>", page.text)
        assert found, path
        assert found[1] in NEUTRAL[language], path


def test_no_screen_gives_itself_another_title() -> None:
    scripts = [path.read_text() for path in (ROOT / "static/js").rglob("*.js")]
    titles = {
        title for text in scripts for title in re.findall(r'^  title: "(.*)",$', text, re.MULTILINE)
    }
    assert titles == {"title"}
    sentence = re.compile(r'data-say="title">\{\{ _\("(.*?)"\) \}\}')
    said = [
        words
        for path in (ROOT / "templates").rglob("*.html")
        for words in sentence.findall(path.read_text())
    ]
    assert said == ["Space"]
