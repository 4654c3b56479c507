"""A person's own words for their loss: asked for when needed, and used with the right grammar."""

from playwright.sync_api import expect

from tests.browser.partners import Couple


def test_each_has_words_of_their_own_and_neither_corrects_the_other(
    couple: Couple,
) -> None:
    ana, sam = couple
    ana.tab("candle")
    ana.tap("light")
    ana.tap("more")
    ana.screen("candle-more")
    whom = ana.page.locator(".whom")
    expect(whom.locator("legend")).to_have_text("Who is this for?")
    ana.tap(ana.part("another", ".whom"))
    ana.tap(whom.locator(".naming-form .chip", has_text="the baby"))
    expect(whom.locator('.chip[aria-pressed="true"]')).to_have_text("the baby")
    ana.tap(ana.page.locator('[data-part="words-form"] .button'))
    for person in (ana, sam):
        person.tab("candle")
        expect(
            person.page.locator(".words-under", has_text="A candle for the baby")
        ).to_be_visible()

    sam.tab("settings")
    sam.tap(sam.page.locator('a[href$="settings/words"]'))
    sam.screen("naming")
    expect(sam.page.locator(".own-words .card")).to_have_count(0)
    sam.tap("who-add")
    sam.fill(sam.part("text", ".naming-form"), "Bean")
    expect(sam.page.locator('[data-part="ways"] .chip')).to_have_text(["For Bean", "For the Bean"])
    sam.tap(sam.page.locator(".naming-form .button.ours"))
    expect(sam.page.locator(".own-words .card")).to_contain_text("Bean")
    sam.tap("other-add")
    sam.fill(sam.part("text", ".naming-form"), "my love")
    sam.tap(sam.page.locator(".naming-form .button.ours"))
    sam.tab("candle")
    expect(sam.page.locator(".words-under", has_text="A candle for the baby")).to_be_visible()
    expect(sam.part("says")).to_have_text("My love has lit the candle")
    sam.tap("light")
    sam.tap("more")
    expect(sam.page.locator(".whom .chip", has_text="Bean")).to_be_visible()


def test_in_spanish_an_article_and_a_preposition_become_one(couple: Couple) -> None:
    ana, _ = couple
    ana.language = "es"
    ana.go("space/settings/words")
    ana.unlock()
    ana.screen("naming")
    expect(ana.part("word", ".own-words")).to_have_text("baby")
    ana.tap("loss-add")
    ana.fill(ana.part("text", ".naming-form"), "adiós")
    expect(ana.page.locator('[data-part="ways"] .chip')).to_have_text(
        ["El día de adiós", "El día del adiós", "El día de la adiós"]
    )
    ana.tap(ana.page.locator('[data-part="ways"] .chip').nth(1))
    ana.tap(ana.page.locator(".naming-form .button.ours"))
    words = ana.page.locator('[data-part="loss-list"] [data-part="word"]')
    expect(words).to_have_text(["el adiós"])
    ana.tap("loss-add")
    ana.tap(ana.page.locator(".naming-form .chip", has_text="la despedida"))
    expect(words).to_have_text(["la despedida"])
    ana.tap(ana.page.locator('[data-part="loss-list"] [data-part="away"]'))
    expect(words).to_have_count(0)
