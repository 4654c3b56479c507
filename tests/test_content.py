"""Content that comes in files: questions, feelings, first lines, signals."""

import re
from typing import Any

import pytest
import yaml

from tests.collecting import for_each
from tests.servers import ROOT

SPACE = ROOT / "shared_space"
LANGUAGES = ("en", "es")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
WEIGHTS = ("light", "tender", "heavy")
THEMES = (  # in the order of the page: the guide's partner part first
    "they-hurt-too", "together-and-apart", "imagined", "blame", "long-way", "other-people",
    "remembering", "next", "lighter",
)  # fmt: skip
# Words that turn a question into a task, an examination or a statement of belief, and words that
# ask for a number.
ASKING_TOO_MUCH = {
    "en": r"should|must|ought|try|tries|tell each other|write down|make a|plan|promise|how (many|"
    r"much|often|long|far)|what (day|date|time|age)|what number|(?<!this )weeks?|months?|years?|god|faith|husband|"
    r"wife|boyfriend|girlfriend|children|child|born|birth|test|doctor|pregnant",
    "es": r"deb(e|es|er[íi]as?|emos)|hay que|tienes|intent\w*|prob(ar|emos)|plane(ar|emos)|promet\w*|"
    r"cu[áa]nt[oa]s?|qu[ée] (fecha|hora|edad)|(?<!esta )semanas?|meses|mes|años?|dios|fe|marido|esposa|novi[oa]|"
    r"hij[oa]s?|niñ[oa]s?|nac(er|ió|imiento)|médic[oa]s?|embarazada",
}
LONGEST = 140
# Answers are paired by the id of their question, so these ids must never change or disappear.
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

# Ids of questions that are no longer asked. Sealed answers still carry them, so no other question
# may take one.
RESERVED = "outside-inside no-time-for two-pictures that-moment"
# A question that mentions both people, or the other person, is only for people who are linked.
OF_TWO = {
    "en": r"the two of you|the person you share with|one of you|each other",
    "es": r"entre tú y la|(?<!de )la otra persona|la pareja\b",
}

# Signals are sent as the id of a sentence, so these ids must never change or disappear.
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


def assert_said(text: object) -> None:
    """Assert that a text is present, without spaces around it."""
    assert isinstance(text, str)
    assert text
    assert text == text.strip()


def test_there_are_enough_questions_and_no_id_stands_twice() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 128
    texts = [question[language] for question in QUESTIONS for language in LANGUAGES]
    assert len(texts) == len(set(texts))


def test_no_question_that_was_ever_asked_has_gone() -> None:
    assert set(STABLE.split()) - {question["id"] for question in QUESTIONS} == set()


def test_no_question_takes_the_id_of_one_that_is_asked_no_more() -> None:
    assert (
        set(RESERVED.split()) & ({question["id"] for question in QUESTIONS} | {*STABLE.split()})
        == set()
    )


def test_what_needs_two_says_so_and_enough_is_left_for_one_alone() -> None:
    for question in QUESTIONS:
        assert question.get("two") in (None, True)
        of_two = [re.search(OF_TWO[language], question[language]) for language in LANGUAGES]
        if question["couple"] or any(of_two):
            assert question.get("two"), question["id"]
    alone = [question for question in QUESTIONS if not question.get("two")]
    for theme in THEMES:
        assert {one["weight"] for one in alone if one["theme"] == theme} == set(WEIGHTS)


def test_every_theme_has_questions_of_every_weight_and_the_light_ones_come_first() -> None:
    themes = [question["theme"] for question in QUESTIONS]
    assert themes == sorted(themes, key=THEMES.index)
    for theme in THEMES:
        weights = [question["weight"] for question in QUESTIONS if question["theme"] == theme]
        assert weights == sorted(weights, key=WEIGHTS.index)
        assert set(weights) == set(WEIGHTS)
        assert len(weights) >= 8
    every = [question["weight"] for question in QUESTIONS]
    assert all(every.count(weight) >= 20 for weight in WEIGHTS)


def test_the_guides_partner_part_has_the_most_questions() -> None:
    themes = [question["theme"] for question in QUESTIONS]
    assert min(themes.count(theme) for theme in THEMES[:2]) > max(
        themes.count(theme) for theme in THEMES[2:]
    )


def test_most_questions_suit_two_who_are_no_couple() -> None:
    assert 0 < sum(question["couple"] for question in QUESTIONS) < len(QUESTIONS) / 4


def test_whatever_speaks_of_a_couple_is_marked() -> None:
    for question in QUESTIONS:
        wording = " ".join(question[key] for key in ("en", "es", "en_note", "es_note"))
        if re.search(r"couple|pareja|between your bodies|closeness", wording):
            assert question["couple"], question["id"]


def test_every_fault_of_a_collection_is_told() -> None:
    @for_each([1, 2, 3])
    def even(number: int) -> None:
        assert number % 2 == 0

    with pytest.raises(AssertionError, match=r"(?s)1\n.*3\n"):
        even()


@for_each(QUESTIONS)
def test_a_question_is_whole_in_both_languages(question: dict[str, Any]) -> None:
    keys = {"id", "theme", "weight", "couple", "en", "es", "en_note", "es_note"}
    assert set(question) - {"two"} == keys
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


@for_each(QUESTIONS)
def test_a_question_sets_no_task_and_asks_for_no_number(question: dict[str, Any]) -> None:
    for language, words in ASKING_TOO_MUCH.items():
        wording = f"{question[language]} {question[f'{language}_note']}"
        assert not re.search(r"\d", wording)
        assert not re.search(rf"\b({words})\b", question[language], re.IGNORECASE)
        assert not re.search(r"!|¡", wording)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What should you do for the other?"),
        ("en", "How many weeks ago was it?"),
        ("es", "¿Cuántas veces?"),
        ("es", "¿Qué debería hacer la otra persona?"),
    ],
)
def test_a_task_or_a_number_would_be_found(language: str, text: str) -> None:
    assert re.search(rf"\b({ASKING_TOO_MUCH[language]})\b", text, re.IGNORECASE)


def test_no_feeling_stands_twice_and_light_ones_are_there_too() -> None:
    ids = {feeling["id"] for feeling in FEELINGS}
    assert len(ids) == len(FEELINGS) >= 10
    assert {"relief", "nothing", "tenderness", "lighter"} <= ids
    for language in LANGUAGES:
        assert len({feeling[language] for feeling in FEELINGS}) == len(FEELINGS)


@for_each(FEELINGS)
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


@for_each([*SIGNALS, *WAYS])
def test_a_sentence_on_offer_is_short_and_whole_in_both_languages(one: dict[str, Any]) -> None:
    assert set(one) - {"kind"} == {"id", *LANGUAGES}
    assert ID.fullmatch(one["id"])
    for language in LANGUAGES:
        assert_said(one[language])
        assert len(one[language]) <= 60
        assert one[language][-1] in ".?"


def test_there_are_signals_of_each_kind_and_offers_as_well_as_wishes() -> None:
    kinds = [signal["kind"] for signal in SIGNALS]
    assert set(kinds) == {"state", "wish", "offer"}
    assert all(kinds.count(kind) >= 6 for kind in set(kinds))


def test_first_lines_are_unfinished_in_both_languages_and_never_the_same() -> None:
    assert len(FIRST_LINES) >= 8
    for line in FIRST_LINES:
        assert set(line) == set(LANGUAGES)
        for language in LANGUAGES:
            assert_said(line[language])
            assert len(line[language]) <= 60
        assert line["en"].endswith(" …")
        # In Spanish the ellipsis follows the word directly.
        assert re.search(r"(\w|: )…$", line["es"])
    for language in LANGUAGES:
        assert len({line[language] for line in FIRST_LINES}) == len(FIRST_LINES)
