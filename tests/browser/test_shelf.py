"""The keepsakes' shelf: pictures as they are, private things closed, and what could be there."""

from playwright.sync_api import Browser, expect

from tests import photos
from tests.browser.conftest import NewContext
from tests.browser.keeping import begin, choose, file
from tests.browser.partners import Person, go_to, linked, newcomer, open_browser
from tests.servers import Server

SHAPE = "image => image.naturalWidth / image.naturalHeight"


def puts_in_words(ana: Person, title: str) -> None:
    """Add a thing in words for herself."""
    begin(ana, "object")
    ana.fill("title", title)
    ana.tap("save")
    ana.screen("keepsakes")


def test_ana_sees_what_is_shared_and_of_her_own_only_a_closed_box(
    new_context: NewContext, server: Server
) -> None:
    ana, sam = linked((new_context(), new_context()), server.origin)
    things = ana.part("things").locator(".thing")
    ana.tab("keepsakes")
    could = ana.part("could").locator("a")
    expect(could).to_have_count(6)
    expect(things).to_have_count(0)
    expect(could.first).to_have_attribute("href", "/en/space/keepsakes/add/photo")
    begin(sam, "photo", shared=True)
    choose(sam, file("lake.jpg", photos.photo(900, 600)))
    sam.page.locator(".chosen textarea").fill("The lake, that morning")
    sam.tap("save")
    sam.screen("keepsakes")
    puts_in_words(ana, "The grey scarf")
    expect(things).to_have_count(2)
    expect(ana.part("could")).to_be_hidden()
    ours, mine = things.filter(has_text="The lake"), things.filter(has_text="Only me")
    picture = ours.locator("[data-part=picture]")
    expect(picture).to_be_visible()
    assert picture.evaluate(SHAPE) < 1  # upright, as it was taken
    expect(mine.locator("[data-part=picture]")).to_be_hidden()
    expect(ana.part("things")).not_to_contain_text("scarf")
    ana.tap(mine.locator("a"))
    ana.screen("keepsake-look")
    ana.tap("unfold")
    expect(ana.page.locator(".keepsake")).to_contain_text("The grey scarf")


def test_behind_the_code_keepsakes_and_talk_of_one_alone_say_nothing(
    browser: Browser, server: Server
) -> None:
    ana = newcomer(open_browser(browser, []), server.origin)
    puts_in_words(ana, "The grey scarf")
    expect(ana.part("things").locator(".thing")).to_have_count(1)
    go_to(ana, "talk/ways/write")
    ana.tap(ana.page.locator(".chip").first)
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("ways")
    ana.tab("talk")
    way = ana.part("cards", ".ways-in-talk").locator(".way-card")
    expect(way).to_have_count(1)
    go_to(ana, "settings/safety")
    ana.fill("code", "4711")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("close")).to_be_visible()
    ana.tap("close")
    ana.tab("keepsakes")
    ana.screen("keepsakes")
    expect(ana.part("more")).to_be_visible()
    expect(ana.part("things").locator(".thing")).to_have_count(0)
    expect(ana.part("could")).to_be_hidden()
    ana.tab("talk")
    ana.screen("talk")
    expect(way).to_have_count(0)
    for path in ("ways/write", "ways"):
        go_to(ana, f"talk/{path}")
        ana.screen("ways")
        expect(ana.part("code", "#stage")).to_be_visible()
        expect(way).to_have_count(0)
    ana.context.close()
