"""A device whose clock is wrong still shows the right moment, and its owner is told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.clocks import clock_is_off
from tests.browser.conftest import NewContext
from tests.browser.linking import link
from tests.browser.partners import Couple, Person, leave_for, newcomer, two_phones
from tests.browser.signalling import heard, signal, talk
from tests.servers import Server

FAR_APART = "This device’s clock is far from this site’s clock."


@pytest.fixture
def couple_with_one_behind(browser: Browser, server: Server) -> Iterator[Couple]:
    """Return a linked couple; the clock of Ana's device is 25 hours behind."""
    with two_phones(browser) as phones:
        ana, sam = (Person(phone.new_page(), server.origin) for phone in phones)
        clock_is_off(ana.page, timedelta(hours=-25))
        ana.go("sign-up")
        ana.sign_up()
        ana.screen("candle")
        link(ana, sam)
        yield ana, sam


@pytest.mark.parametrize("days", [-2, 10])
def test_a_candle_is_lit_by_a_device_whose_clock_is_days_off(
    new_context: NewContext, server: Server, days: int
) -> None:
    ana = Person(new_context().new_page(), server.origin)
    clock_is_off(ana.page, timedelta(days=days))
    ana.go("sign-up")
    ana.sign_up()
    ana.screen("candle")
    expect(ana.part("clock-off")).to_contain_text(FAR_APART)
    expect(ana.part("clock-off")).to_be_visible()
    ana.tap("light")
    expect(ana.part("until")).to_have_text("Until morning.")
    expect(ana.part("notice")).to_be_hidden()
    leave_for(ana, "candle/more", "candle-more")
    ana.tap(ana.part("lengths").locator("button").last)
    ana.screen("candle")
    expect(ana.part("says")).to_have_text("Your candle is lit")
    expect(ana.part("until")).not_to_be_empty()


def test_a_clock_that_is_right_is_not_spoken_of(new_context: NewContext, server: Server) -> None:
    ana = newcomer(new_context(), server.origin)
    ana.tap("light")
    expect(ana.part("until")).not_to_be_empty()
    expect(ana.part("clock-off")).to_be_hidden()


def test_a_signal_from_a_device_that_is_a_day_behind_reaches_the_other(
    couple_with_one_behind: Couple,
) -> None:
    ana, sam = couple_with_one_behind
    for person in (ana, sam):
        talk(person)
    signal(ana, "I am thinking of you.")
    heard(sam, "I am thinking of you.")
    signal(sam, "Today is lighter.")
    heard(ana, "Today is lighter.")
    expect(ana.part("clock-off")).to_be_visible()
    expect(sam.part("clock-off")).to_be_hidden()
