"""How Ana and Sam are linked by taps: an invitation, its link, and the four safety words."""

from playwright.sync_api import expect

from tests.browser.partners import Person


def invite(ana: Person) -> str:
    """Create an invitation for another device, and return its link."""
    ana.tab("settings")
    ana.tap("to-invite")
    ana.fill("name", "Ana")
    ana.tap("elsewhere")
    expect(ana.part("link")).to_be_visible()
    return ana.part("link").input_value()


def come_in(sam: Person) -> None:
    """Accept the invitation once its page shows the inviter."""
    expect(sam.part("come-in")).to_be_visible()
    sam.fill("name", "Sam")
    sam.tap(sam.page.locator('[data-part="form"] .button.ours'))
    sam.screen("joining")


def link(ana: Person, sam: Person) -> None:
    """Link two people through an invitation's link and the four safety words."""
    sam.page.goto(invite(ana))
    if sam.login:
        sam.tap(sam.part("locked").locator("a"))
        sam.unlock()
        sam.screen("join")
    else:
        sam.tap(sam.part("open").locator("a").first)
        sam.sign_up()
    come_in(sam)
    confirm(ana, sam)


def confirm(ana: Person, sam: Person) -> None:
    """Compare the four safety words, and confirm."""
    ana.screen("joining")
    expect(ana.part("safety-words")).not_to_be_empty()
    assert ana.part("safety-words").inner_text() == sam.part("safety-words").inner_text()
    ana.tap("yes")
    for person in (ana, sam):
        person.screen("candle")
