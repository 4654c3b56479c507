"""Signals, cards and rest on two phones: ways to reach each other with one tap, or not to."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.partners import OFFLINE, Couple, stay_unlocked
from tests.browser.signalling import (
    CAME,
    another_tab,
    choose,
    come_to_quiet_talk,
    heard,
    open_rest,
    signal,
    tab,
    talk,
)
from tests.sentences import say
from tests.servers import Server

ENDED = "This space has ended. Nothing can be added to it; what you wrote is still here."


@pytest.fixture(scope="module")
def two_languages(couple: Couple) -> Couple:
    """Return Ana, who reads English, and Sam, who reads Spanish, on devices that stay unlocked."""
    for person, language in zip(couple, ("en", "es"), strict=True):
        person.language = language
        stay_unlocked(person, "space/talk", "talk")
    return couple


@pytest.fixture
def at_talk(two_languages: Couple) -> Couple:
    """Return both people on Talk, without a signal or a rest."""
    for person in two_languages:
        come_to_quiet_talk(person)
    for person in two_languages:
        expect(person.part("heard")).to_be_empty()
    return two_languages


def test_one_tap_arrives_on_the_other_phone_in_the_readers_language_and_can_be_taken_back(
    at_talk: Couple,
) -> None:
    ana, sam = at_talk
    sam.tab("journal")
    sam.screen("journal")
    expect(tab(sam)).not_to_have_class("said")
    signal(ana, "Hold me. No words.")
    expect(ana.part("own")).to_contain_text("Hold me. No words.")
    expect(tab(ana)).not_to_have_class("said")
    expect(tab(sam)).to_have_class("said")
    expect(tab(sam)).to_have_attribute("aria-label", "Hablar. Hay una señal nueva.")
    talk(sam)
    heard(sam, "Abrázame. Sin palabras.")
    expect(sam.part("head", '[data-part="heard"]')).to_have_text("Ana")
    signal(sam, "No lloro, pero está ahí.")
    heard(ana, "I don’t cry, but it is there.")
    ana.tap("take-back")
    expect(sam.part("heard")).to_be_empty()
    expect(tab(sam)).not_to_have_class("said")
    heard(ana, "I don’t cry, but it is there.")


def test_a_sentence_becomes_her_own_words_and_is_not_gone_without_a_connection(
    at_talk: Couple,
) -> None:
    ana, sam = at_talk
    choose(ana)
    ana.context.set_offline(offline=True)
    ana.tap(ana.page.locator(".say", has_text="Today is hard."))
    expect(ana.part("trouble", ".signal-form")).to_have_text(OFFLINE)
    expect(ana.part("text")).to_have_value("Today is hard.")
    ana.part("text").fill("Today is hard. The post came.")
    ana.tap(ana.page.locator(".signal-form .button"))
    expect(ana.part("text")).to_have_value("Today is hard. The post came.")
    ana.context.set_offline(offline=False)
    ana.tap(ana.page.locator(".signal-form .button"))
    ana.screen("talk")
    heard(sam, "Today is hard. The post came.")
    choose(ana)
    line = ana.page.locator(".signal-lines li", has_text="Just listen, please.")
    ana.tap(line.locator(".quiet"))
    expect(ana.part("text")).to_have_value("Just listen, please. Nothing to fix.")
    ana.tap(ana.page.locator(".signal-form .button"))
    ana.screen("talk")
    heard(sam, "Escúchame, por favor. No hay nada que arreglar.")


def test_of_two_tabs_in_two_states_the_last_tap_counts(at_talk: Couple) -> None:
    ana, sam = at_talk
    with another_tab(ana, socket=False) as stale:
        choose(stale)
        signal(ana, "Today is hard.")
        heard(sam, "Hoy es un día difícil.")
        stale.tap(stale.page.locator(".say", has_text="Today is lighter."))
        stale.screen("talk")
        heard(sam, "Hoy pesa menos.")
        expect(ana.part("own")).to_contain_text("Today is lighter.")
        ana.tap("take-back")
        expect(sam.part("heard")).to_be_empty()
        stale.tap("take-back")  # this tab still shows the signal
        expect(stale.part("say")).to_be_visible()
        expect(stale.part("notice")).to_be_hidden()


def test_after_a_day_it_is_not_shown_even_where_the_server_still_has_it(at_talk: Couple) -> None:
    ana, sam = at_talk
    signal(ana, "I am thinking of you.")
    heard(sam, "Pienso en ti.")
    with another_tab(sam, ahead=timedelta(hours=25)) as tomorrow:
        with tomorrow.page.expect_response("**/api/state") as asked:
            tomorrow.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert len(asked.value.json()["signals"]) == 1
        expect(tomorrow.part("say")).to_be_visible()
        expect(tomorrow.part("heard")).to_be_empty()


def test_while_ana_rests_nothing_reaches_her_and_on_return_one_line_offers_what_came(
    at_talk: Couple,
) -> None:
    ana, sam = at_talk
    open_rest(ana)
    ana.tap(ana.part("lengths").locator("button", has_text="This evening"))
    expect(ana.part("now")).to_have_text("You are resting until the morning.")
    talk(ana)
    expect(ana.part("mine")).to_have_text("You are resting until the morning.")
    for link in ("talk/questions", "talk/ways"):
        expect(ana.page.locator(f'#stage a[href$="{link}"]')).to_be_hidden()
    expect(sam.part("theirs-box")).to_be_hidden()
    signal(sam, "Pienso en ti.")
    expect(sam.part("own")).to_contain_text("Pienso en ti.")
    sam.page.reload()
    sam.screen("talk")
    expect(sam.part("theirs-box")).to_be_hidden()
    signal(ana, "I need to be alone. It isn’t you.")  # people who are resting may send signals
    heard(sam, "Necesito estar a solas. No es por ti.")
    expect(ana.part("heard")).to_be_empty()
    expect(tab(ana)).not_to_have_class("said")
    ana.tap(ana.part("back", ".rest-in-talk"))
    expect(ana.part("offer")).to_contain_text(CAME)
    expect(ana.part("heard")).to_be_hidden()
    ana.tap("see")
    heard(ana, "I am thinking of you.")
    expect(ana.page.locator('#stage a[href$="talk/questions"]')).to_be_visible()
    ana.tab("candle")
    talk(ana)
    expect(ana.part("heard")).to_be_visible()
    expect(ana.part("offer")).to_be_hidden()


def test_after_a_rest_in_which_nothing_came_nothing_is_said(at_talk: Couple) -> None:
    ana, _ = at_talk
    open_rest(ana)
    ana.tap(ana.part("lengths").locator("button", has_text="A week"))
    expect(ana.part("now")).to_contain_text("You are resting until")
    ana.tap("back")
    ana.screen("talk")
    expect(ana.page.locator('#stage a[href$="talk/questions"]')).to_be_visible()
    for name in ("mine-box", "offer"):
        expect(ana.part(name)).to_be_hidden()


def test_sam_sees_that_ana_rests_for_as_long_as_she_allows_it(at_talk: Couple) -> None:
    ana, sam = at_talk
    ana.tab("settings")
    ana.screen("settings")
    open_rest(ana)
    ana.page.get_by_label("Sam may see that I am resting").check()
    ana.tap(ana.part("lengths").locator("button", has_text="Until I say so"))
    expect(sam.part("theirs")).to_have_text("Ana descansa")
    expect(sam.part("theirs-box")).to_be_visible()
    ana.page.get_by_label("Sam may see that I am resting").uncheck()
    expect(sam.part("theirs-box")).to_be_hidden()
    expect(ana.part("now")).to_have_text("You are resting until you say so.")
    ana.context.set_offline(offline=True)
    ana.tap("back")
    expect(ana.part("trouble", ".page")).to_have_text(OFFLINE)
    expect(ana.part("now")).to_have_text("You are resting until you say so.")
    ana.context.set_offline(offline=False)


def test_each_has_a_card_that_the_other_reads_in_their_own_language(at_talk: Couple) -> None:
    ana, sam = at_talk
    for person in at_talk:
        person.tap(person.page.locator('#stage a[href$="talk/ways"]'))
        person.screen("ways")
    ana.tap("write")
    ana.screen("way-write")
    ana.tap(ana.page.locator(".chip", has_text="I go quiet."))
    ana.fill("text", "On Sundays I am at the tree.")
    with another_tab(ana) as elsewhere:
        elsewhere.tap(elsewhere.page.locator('#stage a[href$="talk/ways"]'))
        elsewhere.tap("write")
        elsewhere.screen("way-write")
        elsewhere.tap(elsewhere.page.locator(".chip", has_text="Hold me first"))
        elsewhere.tap(elsewhere.page.locator("form .button.ours"))
        elsewhere.screen("ways")
    expect(sam.part("cards")).to_contain_text("Primero abrázame, después pregunta.")
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble", "form")).to_be_visible()
    expect(ana.part("elsewhere")).to_contain_text("Hold me first, then ask.")
    expect(ana.page.locator("#wa-text")).to_have_value("On Sundays I am at the tree.")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("ways")
    expect(sam.part("cards")).to_contain_text("Me quedo en silencio. No es por ti.")
    expect(sam.part("cards")).to_contain_text("On Sundays I am at the tree.")
    talk(sam)
    expect(sam.part("cards", ".ways-in-talk")).to_contain_text("La manera de Ana")
    expect(sam.part("cards", ".ways-in-talk")).to_contain_text("On Sundays I am at the tree.")
    sam.tap(sam.page.locator('#stage a[href$="talk/ways"]'))
    expect(sam.part("cards")).not_to_contain_text("Primero abrázame")
    sam.tap("write")
    sam.screen("way-write")
    sam.tap(sam.page.locator(".chip", has_text="Necesito hacer algo con las manos."))
    sam.tap(sam.page.locator("form .button.ours"))
    sam.screen("ways")
    expect(ana.part("cards")).to_contain_text("I need to do something with my hands.")
    ana.tap("write")
    ana.screen("way-write")
    expect(ana.page.locator("#wa-text")).to_have_value("On Sundays I am at the tree.")
    ana.tap(ana.page.locator('.chip[aria-pressed="true"]'))
    ana.fill("text", "")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("ways")
    expect(sam.part("cards")).not_to_contain_text("Ana")


def test_a_signal_to_someone_who_has_just_left(at_talk: Couple, server: Server) -> None:
    ana, sam = at_talk
    choose(sam)
    sam.tap("own-words")
    sam.fill("text", "Voy en diez minutos")
    ana.tab("settings")
    ana.tap(ana.page.locator('a[href$="space/leave"]'))
    ana.screen("leave")
    ana.tap("yes")
    ana.screen("settings")
    sam.tap(sam.page.locator(".signal-form .button"))
    expect(sam.part("trouble", ".signal-form")).to_have_text(say(sam.language, ENDED))
    expect(sam.part("text")).to_have_value("Voy en diez minutos")
    talk(sam)
    for name in ("heard", "own-box", "say"):
        expect(sam.part(name)).not_to_be_visible()
    expect(tab(sam)).not_to_have_class("said")
    assert server.log.count("Traceback") == 0
