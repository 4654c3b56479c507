"""A language is added as a folder of files, without any code."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import yaml

from tests.patience import SECONDS, START_SECONDS, wait_until
from tests.servers import OPEN, ROOT, Server

CATALOGUE = """msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Sign in"
msgstr "Se connecter"
"""
WORDS = [{"id": "weather", "fr": "Quel temps fait-il en vous ?", "fr_note": "Une question douce."}]


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a copy of the app that has a third language."""
    copy = tmp_path_factory.mktemp("french") / "app"
    for name in ("shared_space", "templates", "static"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", copy)
    folder = copy / "shared_space/translations/fr"
    (folder / "LC_MESSAGES").mkdir(parents=True)
    (folder / "LC_MESSAGES/messages.po").write_text(CATALOGUE)
    (folder / "talk").mkdir()
    (folder / "talk/questions.yaml").write_text(yaml.safe_dump(WORDS, allow_unicode=True))
    (folder / "guide").mkdir()
    part = (ROOT / "shared_space/guide/en/grief.md").read_text()
    title = next(line for line in part.splitlines() if line.startswith("title:"))
    (folder / "guide/grief.md").write_text(part.replace(title, "title: Comprendre le deuil"))
    shutil.copy(copy / "static/words/en.txt", copy / "static/words/fr.txt")
    compiled = folder / "LC_MESSAGES/messages"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "compile",
         "-i", f"{compiled}.po", "-o", f"{compiled}.mo"],
        check=True,
    )  # fmt: skip
    server = Server(tmp_path_factory.mktemp("french-data") / "data", OPEN)
    server.process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=copy, env=server.environment, start_new_session=True
    )
    wait_until(server.is_healthy, START_SECONDS)
    yield server
    server.stop()


def text(server: Server, path: str, **headers: str) -> str:
    answer = requests.get(server.origin + path, headers=headers, timeout=SECONDS)
    assert answer.status_code == 200
    answer.encoding = "utf-8"
    return answer.text


def test_the_folder_is_a_language_of_every_page(french: Server) -> None:
    for path in ("/fr/", "/fr/help", "/fr/guide/", "/fr/sign-up"):
        assert '<html lang="fr"' in text(french, path)
    assert "Français" in text(french, "/en/")
    assert '<html lang="fr"' in text(french, "/", **{"Accept-Language": "fr"})


def test_what_is_translated_is_said_and_english_stands_in_for_the_rest(french: Server) -> None:
    shell = text(french, "/fr/sign-in")
    assert "Se connecter" in shell
    later = re.search(r'<meta name="later" content="(.+?)"', shell)
    assert later
    templates = text(french, later[1])
    assert "Quel temps fait-il en vous ?" in templates
    assert "Une question douce." in templates
    assert "What was bearable" in templates
    assert "Comprendre le deuil" in text(french, "/fr/guide/grief")
    five = yaml.safe_load((ROOT / "shared_space/guide/en/partner.md").read_text().split("---")[1])
    assert five["five_words"] in text(french, "/fr/guide/partner")


def test_nothing_of_it_shows_where_there_is_no_such_folder(server: Server) -> None:
    assert requests.get(f"{server.origin}/fr/", timeout=SECONDS).status_code == 404
    assert "Français" not in text(server, "/en/")


def test_the_page_tells_a_translator_every_file(french: Server) -> None:
    page = (ROOT / "docs/translating.md").read_text()
    folder = Path("translations/<code>")
    for name in (
        "LC_MESSAGES/messages.po",
        "guide/<part>.md",
        "guide/first-days/<section>.md",
        "talk/questions.yaml",
    ):
        assert str(folder / name) in page
    assert french.is_healthy()
