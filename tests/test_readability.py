"""The guide is easy to read, by the usual formula of each language, and the formula is correct."""

from collections.abc import Callable

import pytest

from shared_space.guide.articles import Article, articles
from tools import readability

BOTH = [
    pytest.param(one, id=f"{language}-{one.id}")
    for language in ("en", "es")
    for one in articles(language)
]


@pytest.mark.parametrize("one", BOTH)
def test_a_part_can_be_read_at_twelve(one: Article) -> None:
    text = readability.article_text(one)
    if one in articles("en"):
        assert readability.grade(text) <= readability.HARDEST_GRADE
    else:
        assert readability.inflesz(text) >= readability.HARDEST_INFLESZ


def test_the_first_days_can_be_read_at_twelve_too() -> None:
    english, spanish = (dict(readability.all_texts(language)) for language in ("en", "es"))
    days = [name for name in english if name.startswith("first days, ")]
    assert len(days) == 14
    assert [
        one for one in days if readability.grade(english[one]) > readability.HARDEST_GRADE
    ] == []
    assert [
        one for one in days if readability.inflesz(spanish[one]) < readability.HARDEST_INFLESZ
    ] == []


def test_the_figures_tell_hard_from_easy() -> None:
    easy, hard = (
        "You may rest. It is late.",
        (
            "Bereavement following perinatal mortality necessitates individualised psychotherapeutic "
            "intervention notwithstanding sociodemographic heterogeneity."
        ),
    )
    assert readability.grade(easy) < 3
    assert readability.grade(hard) > 20
    facil, dificil = (
        "Hoy se puede descansar. Ya es tarde.",
        (
            "La psicoeducación interdisciplinaria contribuye considerablemente a la resignificación "
            "autobiográfica posterior al acontecimiento traumático."
        ),
    )
    assert readability.inflesz(facil) > 80
    assert readability.inflesz(dificil) < 20


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (readability.english_syllables, {"grief": 1, "breathe": 1, "asked": 1, "wanted": 2, "little": 2, "hurry": 2, "family": 3}),
        (readability.spanish_syllables, {"duelo": 2, "día": 2, "queja": 2, "guía": 2, "leer": 2, "muy": 1, "pérdida": 3, "a": 1}),
    ],
    ids=("en", "es"),
)  # fmt: skip
def test_syllables_are_counted(count: Callable[[str], int], words: dict[str, int]) -> None:
    assert {word: count(word) for word in words} == words
