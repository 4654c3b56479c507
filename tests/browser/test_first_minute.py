"""What somebody new is told in the first minute: who saw the candle, what a place is, who reads."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import PHONE, Person
from tests.sentences import say
from tests.servers import Server


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_step_is_explained_before_it_is_asked_for(
    new_context: NewContext, server: Server, language: str
) -> None:
    ana = Person(new_context(viewport=PHONE, locale=language).new_page(), server.origin, language)
    ana.go("")
    nothing_sent = ana.page.get_by_text(
        say(language, "This stays on your screen. Nothing was sent."), exact=True
    )
    expect(nothing_sent).to_be_hidden()
    ana.tap(ana.page.locator("label.unlit"))
    expect(nothing_sent).to_be_visible()
    make = ana.page.get_by_role("link", name=say(language, "Make a private place"), exact=True)
    expect(make).to_have_count(1)  # the one under the lit candle, and not a second one below
    ana.tap(make)
    ana.screen("sign-up")
    place = say(language, "A candle that is yours, and a page that nobody else can read.")
    why = say(
        language,
        "Your key is six words, made for you. Nobody can look them up for you, not even whoever "
        "runs this site. Let your phone save them, or write them down.",
    )
    told = ana.page.locator("#stage").inner_text()
    words = ana.part("words").inner_text()
    name = say(language, "A name to sign in with")
    assert told.index(place) < told.index(name) < told.index(why) < told.index(words)

    ana.sign_up()
    ana.tab("journal")
    ana.write("The first words")
    saved = say(language, "Saved. Only you can open it.")
    expect(ana.part("notice")).to_have_text(saved)
