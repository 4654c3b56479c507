"""The words that come as files: questions, feelings, first lines, the guide, the lines to call."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.servers import ROOT

SPACE = ROOT / "shared_space"
LANGUAGES = ("en", "es")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WEIGHTS = ("light", "tender", "heavy")
THEMES = {"they-hurt-too", "together-and-apart"}
KINDS = {"crisis", "medical", "violence"}
COUNTRIES = ("US", "GB", "ES", "MX")
DIALLED = re.compile(r"\+?\d{3,15}")
LONGEST = 140
# Answers are paired by a question's id: one that is here may never change or go.
STABLE = (
    "bearable small-kindness laughed quiet-company way-home ordinary-thing weather "
    "place-that-helps asked-how-are-you hold-back afraid-to-say helpless my-way your-way "
    "alone-or-held helped words-that-stayed who-knows nights touch first-heard imagined blame "
    "not-in-the-room angry-with-you different-sizes envy-of-others what-is-left goodbye "
    "not-asked"
)


def read(name: str) -> Any:
    return yaml.safe_load((SPACE / name).read_text(encoding="utf-8"))


QUESTIONS: list[dict[str, Any]] = read("talk/questions.yaml")
FEELINGS: list[dict[str, Any]] = read("journals/feelings.yaml")
SIGNALS: list[dict[str, Any]] = read("signals/sentences.yaml")
WAYS: list[dict[str, Any]] = read("ways/sentences.yaml")
FIRST_LINES: list[dict[str, Any]] = read("journals/first_lines.yaml")
SUPPORT: dict[str, Any] = read("support/lines.yaml")
LINES: list[dict[str, Any]] = SUPPORT["lines"]
PARTS = {
    language: {path.stem: path for path in sorted((SPACE / "guide" / language).glob("*.md"))}
    for language in LANGUAGES
}


# What travels is a sentence's id: one that is here may never change or go.
SIGNALLED = (
    "on-my-mind-too it-is-there hard-today lighter-today no-words awake feel-little was-sharp "
    "thinking-of-you hold-me just-listen need-to-be-alone sit-with-me ask-me not-tonight "
    "something-ordinary how-are-you tonight-mine can-listen hold-you tell-people bring-water "
    "take-the-morning come-along nothing-asked"
)
ON_CARDS = (
    "go-quiet use-my-hands not-at-night talking-helps ask-first hear-it-said hold-first "
    "alone-first cry-easily no-tears work-a-lot comes-later comes-in-waves no-advice "
    "not-before-others write-better laugh-too tired-body quiet-company not-sure"
)


def front(path: Path) -> tuple[dict[str, Any], str]:
    """Return a part's front matter and its text."""
    before, matter, text = path.read_text(encoding="utf-8").split("---\n", 2)
    assert before == ""
    return yaml.safe_load(matter), text


def name(record: dict[str, Any]) -> str:
    return str(record["id"])


def assert_said(text: object) -> None:
    """Assert that there is a text, and no space around it."""
    assert isinstance(text, str)
    assert text
    assert text == text.strip()


def test_there_are_enough_questions_and_no_id_stands_twice() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 24
    texts = [question[language] for question in QUESTIONS for language in LANGUAGES]
    assert len(texts) == len(set(texts))


def test_no_question_that_was_ever_asked_has_gone() -> None:
    assert set(STABLE.split()) - {question["id"] for question in QUESTIONS} == set()


def test_every_weight_and_theme_has_several_questions_and_the_light_ones_come_first() -> None:
    weights = [question["weight"] for question in QUESTIONS]
    assert all(weights.count(weight) >= 5 for weight in WEIGHTS)
    assert weights == sorted(weights, key=WEIGHTS.index)
    themes = [question["theme"] for question in QUESTIONS]
    assert all(themes.count(theme) >= 5 for theme in THEMES)


def test_most_questions_suit_two_who_are_no_couple() -> None:
    assert 0 < sum(question["couple"] for question in QUESTIONS) < len(QUESTIONS) / 4


@pytest.mark.parametrize("question", QUESTIONS, ids=name)
def test_a_question_is_whole_in_both_languages(question: dict[str, Any]) -> None:
    assert set(question) == {"id", "theme", "weight", "couple", "en", "es", "en_note", "es_note"}
    assert ID.fullmatch(question["id"])
    assert question["weight"] in WEIGHTS
    assert question["theme"] in THEMES
    assert isinstance(question["couple"], bool)
    for key in ("en", "es", "en_note", "es_note"):
        assert_said(question[key])
        assert len(question[key]) <= LONGEST
    assert re.fullmatch(r"[^?]+\?", question["en"])
    assert re.fullmatch(r"[^¿?]*¿[^¿?]+\?", question["es"])
    assert not re.search(r"[?¿]", question["en_note"] + question["es_note"])


def test_no_feeling_stands_twice_and_light_ones_are_there_too() -> None:
    ids = {feeling["id"] for feeling in FEELINGS}
    assert len(ids) == len(FEELINGS) >= 10
    assert {"relief", "nothing", "tenderness", "lighter"} <= ids
    for language in LANGUAGES:
        assert len({feeling[language] for feeling in FEELINGS}) == len(FEELINGS)


@pytest.mark.parametrize("feeling", FEELINGS, ids=name)
def test_a_feeling_has_a_word_and_a_sentence_in_both_languages(feeling: dict[str, Any]) -> None:
    assert set(feeling) == {"id", "en", "es", "en_sentence", "es_sentence"}
    assert ID.fullmatch(feeling["id"])
    for language in LANGUAGES:
        assert_said(feeling[language])
        assert len(feeling[language]) <= 24
        assert_said(feeling[f"{language}_sentence"])
        assert feeling[f"{language}_sentence"].endswith(".")


@pytest.mark.parametrize(("offered", "stable"), [(SIGNALS, SIGNALLED), (WAYS, ON_CARDS)])
def test_no_sentence_stands_twice_and_none_that_was_ever_offered_has_gone(
    offered: list[dict[str, Any]], stable: str
) -> None:
    ids = [one["id"] for one in offered]
    assert set(stable.split()) <= set(ids)
    assert len(set(ids)) == len(ids) >= 20
    for language in LANGUAGES:
        assert len({one[language] for one in offered}) == len(offered)


@pytest.mark.parametrize("one", [*SIGNALS, *WAYS], ids=name)
def test_a_sentence_on_offer_is_short_and_whole_in_both_languages(one: dict[str, Any]) -> None:
    assert set(one) - {"kind"} == {"id", *LANGUAGES}
    assert ID.fullmatch(one["id"])
    for language in LANGUAGES:
        assert_said(one[language])
        assert len(one[language]) <= 60
        assert one[language][-1] in ".?"


def test_there_are_signals_of_each_kind_and_offers_as_well_as_wishes() -> None:
    kinds = [one["kind"] for one in SIGNALS]
    assert set(kinds) == {"state", "wish", "offer"}
    assert all(kinds.count(kind) >= 6 for kind in set(kinds))


def test_first_lines_are_unfinished_in_both_languages_and_never_the_same() -> None:
    assert len(FIRST_LINES) >= 8
    for line in FIRST_LINES:
        assert set(line) == set(LANGUAGES)
        for language in LANGUAGES:
            assert_said(line[language])
            assert line[language].endswith(" …")
            assert len(line[language]) <= 60
    for language in LANGUAGES:
        assert len({line[language] for line in FIRST_LINES}) == len(FIRST_LINES)


def test_the_guide_has_the_same_parts_in_both_languages() -> None:
    assert PARTS["en"]
    assert PARTS["en"].keys() == PARTS["es"].keys()
    for part, path in PARTS["en"].items():
        english, spanish = front(path)[0], front(PARTS["es"][part])[0]
        assert english["order"] == spanish["order"]
        assert [one["to"] for one in english["do"]] == [one["to"] for one in spanish["do"]]
        sources = [[one["url"] for one in matter["sources"]] for matter in (english, spanish)]
        assert sources[0] == sources[1]
    orders = [front(path)[0]["order"] for path in PARTS["en"].values()]
    assert len(orders) == len(set(orders))


@pytest.mark.parametrize("path", [*PARTS["en"].values(), *PARTS["es"].values()], ids=str)
def test_a_part_of_the_guide_says_what_it_rests_on(path: Path) -> None:
    matter, text = front(path)
    assert set(matter) == {"title", "short", "order", "reviewed", "do", "sources"}
    assert ID.fullmatch(path.stem)
    assert type(matter["reviewed"]) is date
    assert type(matter["order"]) is int
    assert_said(matter["title"])
    assert_said(matter["short"])
    assert matter["do"]
    for one in matter["do"]:
        assert set(one) == {"text", "to"}
        assert_said(one["text"])
        assert re.fullmatch(r"[a-z-]+(/[a-z-]+)*", one["to"])
    assert matter["sources"]
    for source in matter["sources"]:
        assert set(source) == {"text", "url"}
        assert_said(source["text"])
        assert re.fullmatch(r"https?://[\w.-]+\.[a-z]+/\S*", source["url"])
    assert len(text.split()) > 100
    assert "<" not in text  # plain Markdown: no markup of its own


def test_the_lines_were_checked_on_a_day_and_no_id_stands_twice() -> None:
    assert set(SUPPORT) == {"last_checked", "lines"}
    assert type(SUPPORT["last_checked"]) is date
    assert len({line["id"] for line in LINES}) == len(LINES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_someone_to_talk_to_and_someone_for_the_body(country: str) -> None:
    here = [line["kind"] for line in LINES if country in line["countries"]]
    assert {"crisis", "medical"} <= set(here)


@pytest.mark.parametrize("line", LINES, ids=name)
def test_a_line_can_be_reached_and_is_explained_in_both_languages(line: dict[str, Any]) -> None:
    assert {"id", "name", "kind", "countries", "note"} <= set(line)
    assert set(line) <= {"id", "name", "kind", "countries", "note", "call", "text", "web"}
    assert ID.fullmatch(line["id"])
    assert line["kind"] in KINDS
    assert line["countries"]
    assert set(line["countries"]) <= set(COUNTRIES)
    assert line.get("call") or line.get("text")
    for number in line.get("call", []):  # the page leaves out spaces and dashes
        assert DIALLED.fullmatch(number.replace(" ", "").replace("-", ""))
    translated = [line["note"], *([line["text"]] if "text" in line else [])]
    translated += [line["name"]] if isinstance(line["name"], dict) else []
    for texts in translated:
        assert set(texts) == set(LANGUAGES)
        for text in texts.values():
            assert_said(text)
    assert re.fullmatch(r"https://[\w.-]+\.[a-z]+(/\S*)?", line.get("web", "https://a.org"))
