"""What a newcomer is told in the first minute: about the candle, the space, and who can read."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import PHONE, Person, newcomer_over_http
from tests.sentences import say
from tests.servers import Server


@pytest.mark.parametrize(("language", "name"), [("en", "Zoë Weiß"), ("es", "José María")])
def test_each_step_is_explained_before_it_is_asked_for(
    new_context: NewContext, server: Server, language: str, name: str
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
    expect(make).to_have_count(1)  # only the one under the lit candle, and no second one below
    ana.tap(make)
    ana.screen("sign-up")
    place = say(language, "A candle that is yours, and a page that nobody else can read.")
    why = say(language, "Your key is six words, made for you.")
    expect(ana.part("words")).not_to_be_empty()
    text = ana.page.locator("#stage").inner_text()
    words = ana.part("words").inner_text()
    asked = say(language, "A name to sign in with")
    assert text.index(place) < text.index(asked) < text.index(why) < text.index(words)

    ana.sign_up(name)
    ana.screen("candle")
    first = say(language, "This candle is yours. You can stay with it, or write in your journal.")
    expect(ana.part("first")).to_have_text(first)
    ana.tab("journal")
    ana.write("The first words")
    saved = say(language, "Saved. Only you can open it.")
    expect(ana.part("notice")).to_have_text(saved)
    # Right after somebody's first words, the page suggests no second key.
    expect(ana.part("offer")).to_be_empty()

    ana.page.reload()
    ana.unlock()
    ana.screen("journal")
    expect(ana.part("offer").locator("h2")).to_be_visible()
    ana.tab("candle")
    expect(ana.part("first")).to_be_hidden()


def test_any_name_will_do_and_the_one_to_sign_in_with_is_shown_first(
    page: Page, server: Server
) -> None:
    taken = newcomer_over_http(server.origin).me["login"]
    ana = Person(page, server.origin)
    ana.go("sign-up")
    says, field = ana.part("login-says"), ana.part("login")
    ana.fill("login", "José María")
    expect(says).to_have_text("You will sign in as “jose-maria”.")
    ana.fill("login", "ana")
    expect(says).to_be_empty()
    ana.fill("login", "李")
    ana.tap("use")
    expect(field).to_have_value(re.compile(r"^candle-\d{4}$"))
    expect(ana.part("trouble")).to_contain_text("Here is one; you can change it.")
    ana.sign_up(taken.upper())
    expect(ana.part("trouble")).to_contain_text("Somebody uses this name already.")
    expect(field).to_have_value(re.compile(rf"^{taken}-\d{{4}}$"))
    ana.tap("use")
    ana.screen("candle")


def test_nothing_is_said_of_six_words_where_ones_own_were_chosen(
    page: Page, server: Server
) -> None:
    ana = Person(page, server.origin)
    ana.go("sign-up")
    expect(ana.part("words")).not_to_be_empty()
    six, own = (
        page.get_by_text(sentence, exact=True)
        for sentence in (
            "Your key is six words, made for you.",
            "Your key is the words you choose.",
        )
    )
    words = ana.part("words").inner_text()
    ana.tap("own-words")
    expect(own).to_be_visible()
    expect(six).to_be_hidden()
    ana.fill("password", "what we said on the stairs")
    ana.tap("six-words")
    expect(six).to_be_visible()
    expect(ana.part("words")).to_have_text(words)
    ana.sign_up()
    ana.screen("candle")
