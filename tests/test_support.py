"""The helplines: each can be reached, numbers are valid, and the reader's language comes first."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from shared_space.config import SettingError
from shared_space.guide.articles import article
from shared_space.support.directory import (
    Directory,
    bundled_helplines,
    parse_helplines,
)
from shared_space.support.phone_numbers import dialable, is_known_number
from shared_space.support.schema import KINDS, WORLD, Helpline
from tests.test_content import assert_said

ORIGIN = "http://localhost:5000"
LANGUAGES = ("en", "es")
LINES = Directory(list(bundled_helplines()))
NEEDED: dict[str, Any] = {
    "id": "somewhere",
    "name": "Somewhere",
    "kind": "loss",
    "countries": ["US"],
    "web": "https://somewhere.example",
    "note": {"en": "A group.", "es": "Un grupo."},
    "last_checked": date(2026, 11, 1),
}


def page(app: Flask, path: str = "/en/help") -> str:
    answer = app.test_client().get(path, base_url=ORIGIN)
    assert answer.status_code == 200
    return answer.text


def card(text: str, line_id: str) -> str:
    """Return the first card of a helpline on a page."""
    return text.partition(f'data-line="{line_id}"')[2].partition('data-line="')[0]


@pytest.mark.parametrize("line", LINES.lines, ids=lambda line: line.id)
def test_a_line_is_explained_in_both_languages_and_was_really_checked(line: Helpline) -> None:
    for texts in (line.note, line.hours, *(number.note for number in line.numbers)):
        for language in LANGUAGES if texts else ():
            assert_said(texts[language] if texts else "")
    assert_said(line.localized_name("en"))
    assert line.last_checked <= datetime.now(UTC).date()
    assert line.languages or line.kind == "directory" or line.id == "us-psi-groups"
    assert all(re.fullmatch(r"https?://\S+", source) for source in line.sources)


def test_every_line_says_where_it_was_read() -> None:
    assert [line.id for line in LINES.lines if not line.sources] == []


def test_every_country_has_someone_to_talk_to() -> None:
    assert len(LINES.countries) >= 13
    assert {"US", "PR", "GB", "IE", "ES", "MX", "AR", "CO", "CL"} <= set(LINES.countries)
    for country in LINES.countries:
        assert LINES.by_kind(country, "en")["crisis"]
    assert list(LINES.by_kind(WORLD, "en")) == ["directory"]


def test_crisis_comes_first_then_violence_and_the_body_last() -> None:
    kinds = list(LINES.by_kind("US", "en"))
    assert kinds == ["crisis", "violence", "loss", "medical"]
    british = ["crisis", "violence", "loss", "partners", "lgbtq", "medical"]
    assert list(LINES.by_kind("GB", "es")) == british
    assert kinds == sorted(kinds, key=KINDS.index)


def test_in_the_united_states_spanish_lines_come_first_for_who_reads_spanish() -> None:
    spanish = LINES.by_kind("US", "es")["loss"]
    speaks = [line.speaks("es") for line in spanish]
    assert True in speaks
    assert False in speaks
    assert speaks == sorted(speaks, reverse=True)
    english = LINES.by_kind("US", "en")["loss"]
    assert {line.id for line in english} == {line.id for line in spanish}
    assert english[-1].id == "us-rtz-hope-es"


def test_a_link_works_from_a_phone() -> None:
    by_id = {line.id: line for line in LINES.lines}
    lifeline = by_id["us-988"]
    assert [phone.link for phone in lifeline.phones] == ["tel:988"]
    assert [text.link for text in lifeline.texts_for("en")] == ["sms:988", "sms:988?&body=AYUDA"]
    assert lifeline.texts_for("es")[0].link == "sms:988?&body=AYUDA"
    assert by_id["co-106"].texts[0].link == "https://wa.me/573007548933"
    assert by_id["cl-4141"].phones[0].link == "tel:*4141"
    assert by_id["ar-135"].phones[1].link == "tel:01152751135"


@pytest.mark.parametrize(
    ("number", "country", "known"),
    [
        ("988", "US", True),
        ("988", "ES", False),
        ("116 123", "GB", True),
        ("13 11 14", "AU", True),
        ("0800-999-0091", "AR", True),
        ("+57 300 754 8933", "CO", True),
        ("0808 164 333", "GB", False),
        ("*911", "US", False),
        ("800-799-72330", "US", False),
    ],
)
def test_the_library_knows_a_countrys_numbers(number: str, country: str, known: bool) -> None:
    assert is_known_number(number, country) is known
    assert dialable(number).lstrip("+*").isdigit()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"web": None}, "it has no phones, texts, email or web: nobody could reach it"),
        ({"web": "http://plain.example"}, "web: a web address is wanted here, with https://"),
        ({"email": "nobody"}, "email: an e-mail address is wanted"),
        ({"call": ["988"]}, "call: there is no such entry"),
        ({"note": {"en": "A group."}}, "note.es: it is missing"),
        ({"note": {"en": "A group.", "es": " "}}, "note.es: it is empty"),
        ({"last_checked": "yesterday"}, "last_checked: a day is wanted here: 2026-11-23"),
        ({"countries": []}, "countries: "),
        ({"countries": ["USA"]}, "countries.0: 'USA' is not the code of a country"),
        ({"countries": [False]}, "countries.0: a text is wanted here: write it between quotation"),
        ({"languages": ["spanish"]}, "languages.0: 'spanish' is not the code of a language"),
        ({"phones": [{"number": 988}]}, "phones.0.number: a text is wanted here: write it between"),
        ({"phones": [{"number": "123 45"}]}, "'123 45' is not a number of US. If you have dialled"),
        (
            {"phones": [{"number": "988", "reviewed": "I dialled it."}]},
            "'988' is a known number and needs no reviewed",
        ),
        ({"emergency": True}, "an emergency needs a number under phones"),
        ({"kind": "advert"}, "kind: "),
    ],
)
def test_what_is_wrong_with_a_line_is_said_exactly(changes: dict[str, Any], message: str) -> None:
    assert parse_helplines([NEEDED], "here")[0].id == "somewhere"
    with pytest.raises(SettingError) as error:
        parse_helplines([NEEDED | changes], "here")
    assert str(error.value).startswith(f"here, somewhere: {message}")


def test_a_number_the_library_does_not_know_can_be_vouched_for() -> None:
    odd = {"phones": [{"number": "135", "reviewed": "I dialled it."}], "countries": ["AR"]}
    assert parse_helplines([NEEDED | odd], "here")[0].phones[0].link == "tel:135"
    vouched = {one.number for line in LINES.lines for one in line.numbers if one.reviewed}
    assert vouched == {"135", "155", "*4141", "14416", "1455", "88788"}


# India's number has not been confirmed, which the page says.
WITHOUT_A_LINE = {"IN"}


def test_every_country_has_a_line_against_violence_and_a_number_for_danger() -> None:
    for country in set(LINES.countries) - WITHOUT_A_LINE:
        assert LINES.by_kind(country, "en").get("violence"), country
        assert LINES.emergency(country), country


def test_who_calls_about_violence_in_spanish_is_answered_in_the_united_states() -> None:
    hotline = next(line for line in LINES.lines if line.id == "us-ndvh")
    assert hotline.speaks("es")
    assert "espanol.thehotline.org" in str(hotline.phones[0].note)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_now_holds_the_bodys_signs_one_tap_away_before_any_country(
    app: Flask, language: str
) -> None:
    help_now = page(app, f"/{language}/help")
    before_countries = help_now.partition('data-part="countries"')[0]
    signs = before_countries.partition('data-part="signs"')[2]
    body = article(language, "body")
    assert body
    assert str(body.now) in signs
    assert signs.count("<details") == 0  # nothing is folded on it
