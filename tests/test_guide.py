"""The guide: the contents of each part, working links, and facts that have to be stated plainly."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from shared_space.config import SettingError
from shared_space.guide.articles import FOLDER, Article, articles, read_article
from tests.guide_pages import inside_address, leads_to_a_screen, page
from tests.sentences import say
from tests.sentences import spanish as catalogue
from tools import readability

LANGUAGES = ("en", "es")
PARTS = """
    grief time talking groups body writing partner together rituals dates others joy future kindness
"""
# Sites that the guide may link to: organisations, scientific journals, and three newspapers.
ORGANISATIONS = """
    www.tommys.org sands.org.uk www.sands.org.au www.rcog.org.uk www.miscarriageassociation.org.uk
    www.miss-support.org.uk pinkelephantssupport.com www.plannedparenthood.org www.wellmama.help
    asociacionpsicologiaperinatal.es www.subredsur.gov.co nichd.nih.gov www2.hse.ie
    healthwell.eani.org.uk www.ncic.nhs.uk www.womenshealthpeterborough.co.uk www.webmd.com
    www.msdmanuals.com www.fpssnottingham.co.uk pubmed.ncbi.nlm.nih.gov pmc.ncbi.nlm.nih.gov
    link.springer.com karger.com www.egms.de www.taylorfrancis.com discovery.researcher.life
    ja.scribd.com psychologytoday.com www.straitstimes.com www.romper.com
    saposyprincesas.elmundo.es www.cdc.gov www.ectopic.org.uk bcwomens.ca consult.womenhelp.org
    info.health.nz caps.sa.ucsb.edu www.dspo.mil
"""
BOTH = [
    pytest.param(one, id=f"{language}-{one.id}")
    for language in LANGUAGES
    for one in articles(language)
]
WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)?")


def links(one: Article) -> list[str]:
    return re.findall(r'href="([^"]*)"', one.now + one.more)


def test_every_part_is_there_in_both_languages_in_the_same_order() -> None:
    for language in LANGUAGES:
        assert [article.id for article in articles(language)] == PARTS.split()
        assert [one.order for one in articles(language)] == list(range(1, len(PARTS.split()) + 1))
    for english, spanish in zip(articles("en"), articles("es"), strict=True):
        assert english.do.to == spanish.do.to
        assert [source.url for source in english.sources] == [one.url for one in spanish.sources]
        assert english.reviewed == spanish.reviewed
        assert links(english) == links(spanish)
        assert english.more.count("<h2>") == spanish.more.count("<h2>") >= 3
        assert english.more.count("<li>") == spanish.more.count("<li>")


@pytest.mark.parametrize("one", BOTH)
def test_a_part_is_five_words_five_sentences_and_more(one: Article) -> None:
    assert len(WORD.findall(one.five_words)) == 5
    assert len(one.sentences) == 5
    for sentence in (one.five_words, *one.sentences):
        assert re.fullmatch(r"\S.*[.?”»]", sentence)
        assert len(sentence) <= 110
    assert "<" not in "".join(one.sentences)
    assert len(WORD.findall(readability.article_text(one))) > 200
    assert one.more


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*/*.md")), ids=lambda path: path.parent.name + path.stem
)
def test_a_file_is_plain_markdown_with_front_matter_that_is_all_read(
    path: Path, tmp_path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    assert "<" not in text  # no HTML of its own
    wrong = tmp_path / path.name
    wrong.write_text(text.replace("order:", "weeks: 12\norder:", 1), encoding="utf-8")
    with pytest.raises(SettingError, match="weeks: there is no such entry"):
        read_article(wrong)


@pytest.mark.parametrize("one", BOTH)
def test_the_one_thing_to_do_leads_to_a_screen_of_the_space(one: Article) -> None:
    assert one.do.text
    assert leads_to_a_screen(one.do.inside)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_needs_no_account_needs_none_outside(app: Flask, language: str) -> None:
    doors = {}
    for article in articles(language):
        outside = page(app, f"/{language}/guide/{article.id}")[1]
        assert f'<a class="button" href="/{language}/{article.do.outside}">' in outside
        assert page(app, f"/{language}/{article.do.outside}")[0] == 200
        doors[article.id] = article.do.outside
    assert doors["body"] == doors["groups"] == "help"
    assert doors["together"] == ""
    assert doors["others"] == "guide/words"
    assert doors["kindness"] == "space/letters/write/self"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_page_outside_and_to_a_screen_inside(
    app: Flask, language: str
) -> None:
    followed = 0
    for article in articles(language):
        for link in links(article):
            assert page(app, urljoin(f"/{language}/guide/{article.id}", link))[0] == 200
            inside = urljoin(f"/{language}/space/guide/{article.id}", link)
            assert leads_to_a_screen(inside.removeprefix(f"/{language}/"))
            followed += 1
    assert followed >= 6
    assert not leads_to_a_screen("space/nothing")
    assert page(app, f"/{language}/guide/nothing")[0] == 404


@pytest.mark.parametrize("one", BOTH)
def test_every_other_address_is_an_organisations(one: Article) -> None:
    for source in one.sources:
        address = urlsplit(source.url)
        assert address.scheme in ("http", "https")
        assert address.hostname in ORGANISATIONS.split()
        assert source.text == source.text.strip() != ""


def test_what_is_medical_names_its_sources_and_its_day_and_that_no_clinician_has_read_it(
    app: Flask,
) -> None:
    medical = {"grief", "time", "groups", "body"}
    assert {article.id for article in articles("en") if article.reviewed} == medical
    for language, not_advice, nobody in (
        ("en", "This is not medical advice.", "No clinician has read this page yet."),
        ("es", "Esto no sustituye una consulta médica.", "Nadie con formación médica leyó todavía"),
    ):
        for one in articles(language):
            text = page(app, f"/{language}/guide/{one.id}")[1]
            assert (not_advice in text) == (nobody in text) == (one.id in medical)
            if one.id in medical:
                assert type(one.reviewed) is date
                assert one.sources
                assert one.clinician is None


def plainly(language: str, part_id: str) -> str:
    return readability.article_text(
        next(article for article in articles(language) if article.id == part_id)
    )


def test_the_signs_are_seen_at_once_and_name_no_higher_number_of_pads() -> None:
    for language, pads, number in (
        ("en", "soaks through a pad in an hour or less", r"\b(two|three|\d+) (big )?pads"),
        (
            "es",
            "una compresa o toalla empapada en una hora o menos",
            r"\b(dos|tres|\d+) (compresas|toallas)",
        ),
    ):
        body = next(article for article in articles(language) if article.id == "body")
        assert pads in body.now
        assert "38 °C" in body.now
        assert body.now.count("<li>") == 10
        assert not re.search(number, plainly(language, "body"))
        assert [one.id for one in articles(language) if one.now] == ["body"]


@pytest.mark.parametrize(
    ("part_id", "english", "spanish"),
    [
        ("grief", "Miscarriage is rarely anyone’s fault.", "La pérdida de un embarazo rara vez es culpa de alguien."),
        ("grief", "A decision can be hard without being wrong.", "Una decisión puede ser difícil sin ser un error."),
        ("grief", "If this does not feel like grief, that is all right too.", "Si para ti esto no es un duelo, también está bien."),
        ("talking", "Leave out advice, silver linings", "Nada de consejos, ni de buscar el lado bueno"),
        ("groups", "three questions to ask", "Tres preguntas para elegir terapeuta"),
        ("body", "What your partner can do", "Lo que puede hacer tu pareja"),
        ("body", "mild too, and when it comes and goes", "aunque sea leve, y aunque vaya y venga"),
        ("body", "has chest pain, or trouble breathing", "dolor en el pecho, o dificultad para respirar"),
        ("body", "You do not have to say how or why", "No tienes que decir cómo ni por qué"),
        ("body", "If milk comes", "Si sale leche"),
        ("body", "more than a day after tablets", "más de un día después de las pastillas"),
        ("groups", "Are you thinking of ending your life?", "¿Estás pensando en quitarte la vida?"),
        ("groups", "Do not leave them alone.", "No la dejes a solas."),
        ("joy", "Smiling without guilt", "Sonreír sin culpa"),
        ("future", "fear and gladness can come at once", "caben miedo y alegría a la vez"),
        ("kindness", "A letter to yourself, as to a friend", "Una carta como a alguien que quieres"),
    ],
)  # fmt: skip
def test_some_things_are_said_plainly(part_id: str, english: str, spanish: str) -> None:
    assert english in plainly("en", part_id)
    assert spanish in plainly("es", part_id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_text_is_read_outside_and_inside_the_space(app: Flask, language: str) -> None:
    inside = page(app, inside_address(app, language))[1]
    for article in articles(language):
        status, outside = page(app, f"/{language}/guide/{article.id}")
        assert status == 200
        for text in (
            article.title,
            article.five_words,
            *article.sentences,
            unescape(article.now),
            unescape(article.more),
        ):
            assert text in outside
            assert text in inside


def test_what_is_named_elsewhere_too_has_one_name_in_spanish() -> None:
    titles = {
        one.title: other.title for one, other in zip(articles("en"), articles("es"), strict=True)
    }
    named = {title: say("es", title) for title in titles if catalogue().get(title)}
    assert {"Each hurts in their own way", "Together and apart"} <= named.keys()
    assert named == {title: titles[title] for title in named}


def test_every_part_has_a_drawing_that_screen_readers_skip(app: Flask) -> None:
    for path in ("", "words", "first-days", *(part.id for part in articles("en"))):
        _, text = page(app, f"/en/guide/{path}")
        drawings = re.findall(r'<svg class="drawing"([^>]*)>(.*?)</svg>', text, re.DOTALL)
        assert drawings, path
        for attributes, shapes in drawings:
            assert 'aria-hidden="true"' in attributes
            assert shapes.strip(), path
