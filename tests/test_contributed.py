"""A translator's files are checked at start, and each mistake is reported in one sentence."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from shared_space.config import SettingError
from shared_space.content import loader
from shared_space.guide import articles, first_days

OURS = {"first_lines": "journals/first_lines.yaml", "questions": "talk/questions.yaml"}
LINES = len(loader.read_yaml(loader.PACKAGE / OURS["first_lines"]))
MISTAKES: dict[str, tuple[str, Any, str]] = {
    "longer than ours": (
        OURS["first_lines"], [{"fr": "Une ligne."}] * (LINES + 1), f"there are {LINES + 1} entries"
    ),
    "a bare text": (OURS["questions"], ["Quel temps ?"], "entry 1: a record is wanted here"),
    "an unknown id": (
        OURS["questions"], [{"id": "nowhere", "fr": "Où ?"}], "no entry with the id 'nowhere'"
    ),
    "no id": (OURS["questions"], [{"fr": "Où ?"}], "no entry with the id None"),
    "a number": (OURS["questions"], [{"id": "weather", "fr": 12}], "entry 1, fr: a text"),
    "nothing": (OURS["questions"], [{"id": "weather", "fr": ""}], "entry 1, fr: a text"),
    "a record in place of a list": (OURS["questions"], {"fr": "Où ?"}, "a list is wanted here"),
    "a file that is none of ours": ("talk/answers.yaml", [], "no file of this name"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty folder of a new language."""
    for module in (loader, articles):
        monkeypatch.setattr(module, "TRANSLATIONS", tmp_path)
    for module in (loader, articles, first_days):
        monkeypatch.setattr(module, "CONTRIBUTED", ("fr",))
    loader.load_content.cache_clear()
    articles.articles.cache_clear()
    first_days.first_days.cache_clear()
    monkeypatch.setattr(loader, "load_content", loader.load_content.__wrapped__)
    return tmp_path / "fr"


def write(path: Path, content: object) -> None:
    """Write one file of the new language."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else yaml.safe_dump(content)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_at_the_start(folder: Path, mistake: str, app: Any) -> None:
    name, content, sentence = MISTAKES[mistake]
    write(folder / name, content)
    with pytest.raises(SettingError) as raised:
        loader.register(app)
    assert sentence in str(raised.value)
    assert str(folder / name) in str(raised.value)


def test_what_is_no_yaml_is_told_with_its_line(folder: Path, app: Any) -> None:
    write(folder / OURS["questions"], "- id: weather\n  fr: 'open\n")
    with pytest.raises(SettingError, match=r"questions\.yaml, line 3"):
        loader.register(app)


def test_a_part_of_the_guide_without_front_matter_is_told(folder: Path, app: Any) -> None:
    write(folder / "guide/grief.md", "Comprendre le deuil")
    with pytest.raises(SettingError, match="front matter"):
        articles.register(app)


def test_a_section_of_the_first_days_that_is_wrong_is_told(folder: Path, app: Any) -> None:
    write(folder / "guide/first-days/seeing.md", "---\ntitle: Voir\norder: deux\n---\nVoir.\n")
    with pytest.raises(SettingError, match=r"seeing\.md: order: "):
        first_days.register(app)


def test_a_right_translation_is_read(folder: Path, app: Any) -> None:
    write(folder / OURS["questions"], [{"id": "weather", "fr": "Quel temps ?"}])
    loader.register(app)
    found = loader.load_content(OURS["questions"])
    assert {one.get("fr") for one in found if one["id"] == "weather"} == {"Quel temps ?"}
