"""The page "The first days": its contents, the sources of its facts, and the links to it."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from shared_space.guide.first_days import Section, first_days
from shared_space.offline.precache import precached_pages
from tests.guide_pages import inside_address, leads_to_a_screen, page
from tests.servers import ROOT

LANGUAGES = ("en", "es")
SECTIONS = "time seeing pictures burial tests body work telling"
HOW = "early later ectopic decision molar ivf"
# Sites that sources may be on: authorities, hospitals and charities.
ORGANISATIONS = """
    apsc.gov.au bcwomens.ca capitol.texas.gov childbereavementuk.org forum.ectopic.org.uk
    info.health.nz northerncarealliance.nhs.uk rightdecisions.scot.nhs.uk www.acas.org.uk
    www.bcn.cl www.bearsofhope.org.au www.cancerresearchuk.org www.ectopic.org.uk
    www.elpartoesnuestro.es www.gov.uk www.hey.nhs.uk www.hta.gov.uk www.mamaacademy.org.uk
    www.miscarriageassociation.org.uk www.nationalwomenshealth.adhb.govt.nz www.nbt.nhs.uk
    www.nlg.nhs.uk www.sands.org.uk www.tommys.org www.umamanita.es
"""
WITHOUT_FACTS = {"telling"}  # a section of suggested sentences, without facts


def sections(language: str) -> tuple[Section, ...]:
    days = first_days(language)
    return days.sections + days.how


def said(language: str, section_id: str) -> str:
    found = next(section for section in sections(language) if section.id == section_id)
    return unescape(f"{found.lead}\n{found.text}\n{found.countries}")


def links(section: Section) -> list[str]:
    return re.findall(r'href="([^"]*)"', section.text + section.countries)


def test_both_languages_have_the_same_sections_with_the_same_facts() -> None:
    for language in LANGUAGES:
        days = first_days(language)
        assert [section.id for section in days.sections] == SECTIONS.split()
        assert [one.id for one in days.how] == HOW.split()
    for english, spanish in zip(sections("en"), sections("es"), strict=True):
        assert english.unless == spanish.unless
        assert english.checked == spanish.checked
        assert [source.url for source in english.sources] == [one.url for one in spanish.sources]
        assert links(english) == links(spanish)
        for part in ("text", "countries"):
            for mark in ("<li>", "<strong>", "<h3>"):
                assert getattr(english, part).count(mark) == getattr(spanish, part).count(mark)


def test_every_fact_has_a_source_and_the_day_it_was_checked() -> None:
    for one in sections("en") + sections("es"):
        assert re.fullmatch(r"\S.*[.]", one.lead)
        assert one.text
        if one.id in WITHOUT_FACTS:
            assert not one.sources
            continue
        assert one.checked
        assert one.sources
        for source in one.sources:
            assert source.url is None or urlsplit(source.url).hostname in ORGANISATIONS.split()


def test_what_differs_by_country_says_where_we_do_not_know() -> None:
    with_countries = {section.id for section in sections("en") if section.countries}
    assert with_countries == {"burial", "work"}
    for section_id in with_countries:
        assert "<strong>Anywhere else:</strong> we do not know" in said("en", section_id)
        assert "<strong>En cualquier otro lugar:</strong> no " in said("es", section_id)


@pytest.mark.parametrize(
    ("section_id", "english", "spanish"),
    [
        ("time", "Most of this does not have to be decided today.", "Casi nada de esto se tiene que decidir hoy."),
        ("time", "within 72 hours", "en las primeras 72 horas"),
        ("time", "These cannot wait.", "Esto no puede esperar."),
        ("seeing", "You may look, or hold, or neither.", "Puedes mirar, sostener, o ninguna de las dos cosas."),
        ("body", "You do not have to say how or why it ended.", "No tienes que decir cómo ni por qué terminó."),
        ("decision", "All of this page is for you too.", "Toda esta página es también para ti."),
        ("ectopic", "Go to the hospital at once", "Ve al hospital enseguida"),
    ],
)  # fmt: skip
def test_some_things_are_said_plainly(section_id: str, english: str, spanish: str) -> None:
    assert english in said("en", section_id)
    assert spanish in said("es", section_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_text_is_read_outside_and_inside_the_space(app: Flask, language: str) -> None:
    status, outside = page(app, f"/{language}/guide/first-days")
    inside = page(app, inside_address(app, language))[1]
    assert status == 200
    assert leads_to_a_screen("space/guide/first-days")
    for section in sections(language):
        for text in (
            section.title,
            section.lead,
            unescape(section.text),
            unescape(section.countries),
        ):
            assert text in outside
            assert text in inside
        assert outside.count(f'id="{section.id}"') == 1
    assert "<form" not in outside
    assert outside.count('<details class="fold" name="how"') == len(HOW.split())
    # No way that it happened is shown before somebody chooses it.
    assert outside.count(" open>") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_outside_and_to_a_screen_inside(
    app: Flask, language: str
) -> None:
    followed = {link for section in sections(language) for link in links(section)}
    assert followed == {"../help", "body", "words"}
    for link in followed:
        assert page(app, urljoin(f"/{language}/guide/first-days", link))[0] == 200
        inside = urljoin(f"/{language}/space/guide/first-days", link)
        assert leads_to_a_screen(inside.removeprefix(f"/{language}/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_one_tap_from_the_first_page_the_guide_and_help_now(
    app: Flask, language: str
) -> None:
    address = f"/{language}/guide/first-days"
    for path in ("", "guide/", "help"):
        assert f'href="{address}"' in page(app, f"/{language}/{path}")[1]
    inside = f'href="/{language}/space/guide/first-days"'
    assert inside in page(app, f"/{language}/space/help")[1]  # part of the first response
    assert inside in page(app, inside_address(app, language))[1]
    assert said(language, "seeing") not in page(app, f"/{language}/space/")[1]  # loaded later


def test_it_opens_without_a_connection(app: Flask) -> None:
    with app.app_context():
        assert {f"/{language}/guide/first-days" for language in LANGUAGES} <= {*precached_pages()}


def test_what_is_not_shown_for_a_way_it_happened_is_hidden_by_the_style_sheet() -> None:
    sheet = (ROOT / "static/css/screens/guide.css").read_text()
    named = {way for section in sections("en") for way in section.unless}
    assert named <= {*HOW.split()}
    assert named == {*re.findall(r"\.unless-(\w+)", sheet)} != set()
    for way in named:
        assert f":has(#{way}[open]) .unless-{way}" in sheet
