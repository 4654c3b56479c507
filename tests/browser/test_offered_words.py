"""A password of six suggested words is accepted, whichever words they are."""

from playwright.sync_api import Page, expect

from tests.browser.partners import Person
from tests.servers import Server


def test_a_name_that_happens_to_be_in_the_offered_words_does_no_harm(
    page: Page, server: Server
) -> None:
    ana = Person(page, server.origin)
    ana.go("sign-up")
    expect(ana.part("words")).not_to_be_empty()
    ana.sign_up(ana.part("words").inner_text().split()[0])
    ana.screen("candle")
