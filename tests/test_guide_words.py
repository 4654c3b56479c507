"""The phrases for hard moments: some for each situation, in both languages, for everyone."""

import re
from typing import Any

import pytest
from flask import Flask

from shared_space.guide.phrases import phrases_by_situation
from tests.guide_pages import inside_address, page

LANGUAGES = ("en", "es")
SITUATIONS = """
    family work baby-shower social-media pregnant-friend do-you-have-children a-child-asks clinic
    partners-parents faith after-a-decision
"""
PHRASES: list[dict[str, Any]] = [
    phrase for situation in phrases_by_situation() for phrase in situation["phrases"]
]


def test_there_are_words_for_every_situation_several_each_and_no_id_stands_twice() -> None:
    assert [situation["id"] for situation in phrases_by_situation()] == SITUATIONS.split()
    for situation in phrases_by_situation():
        assert set(situation) == {"id", "en", "es", "phrases"}
        assert len(situation["phrases"]) >= 4
    ids = [phrase["id"] for phrase in PHRASES]
    assert len(ids) == len(set(ids)) > 45


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: str(phrase["id"]))
def test_a_phrase_is_whole_and_short_in_both_languages(phrase: dict[str, Any]) -> None:
    assert set(phrase) == {"id", "en_when", "es_when", "en", "es"}
    for language in LANGUAGES:
        assert re.fullmatch(r"\S.*[.?]", phrase[language])
        assert len(phrase[language]) <= 120
        assert phrase[f"{language}_when"] == phrase[f"{language}_when"].strip() != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_are_read_outside_and_inside_the_space(app: Flask, language: str) -> None:
    for path in (f"/{language}/guide/words", inside_address(app, language)):
        status, text = page(app, path)
        assert status == 200
        assert [phrase["id"] for phrase in PHRASES if phrase[language] not in text] == []
