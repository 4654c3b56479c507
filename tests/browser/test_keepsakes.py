"""Keepsakes on two phones: from choosing a photo to the partner's screen, with interruptions."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests import photos
from tests.browser.conftest import Axe
from tests.browser.keeping import (
    ATTACHMENTS,
    a_sound_from_a_file,
    arrives,
    as_shown,
    assert_upright_and_without_its_place,
    begin,
    card,
    change_delete_and_bring_back,
    choose,
    counted,
    file,
    open_box,
    refuse_what_is_none,
    sees_whole,
    swallow_first_reply,
    waiting,
)
from tests.browser.layout import look
from tests.browser.partners import Couple, Person, linked, two_phones
from tests.browser.test_ending_a_space import MINE_NOW, leave
from tests.servers import OPEN, Server

REMEMBER = """
  window.shown = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.shown.push(blob); return make.call(URL, blob); };
"""


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server for this module alone, which may be killed."""
    server = Server(tmp_path_factory.mktemp("keepsakes") / "data", OPEN).start()
    yield server
    server.stop()
    server.assert_untroubled()


@pytest.fixture(scope="module")
def pair(browser: Browser, own_server: Server) -> Iterator[Couple]:
    """Return a linked couple; the blobs that Sam's page shows are recorded."""
    with two_phones(browser) as phones:
        phones[1].add_init_script(REMEMBER)
        yield linked(phones, own_server.origin)


def test_a_photo_from_its_file_to_the_others_screen_though_the_server_is_killed(
    pair: Couple, own_server: Server, tmp_path: Path
) -> None:
    ana, sam = pair
    begin(ana, "photo", shared=True)
    refuse_what_is_none(ana, tmp_path)
    original = photos.photo()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(photos.GPS)[2] == photos.PLACE
    choose(ana, file("IMG_0001.jpg", original), file("IMG_0002.jpg", photos.photo(300, 200)))
    captions = ana.page.locator(".chosen textarea")
    expect(captions).to_have_count(2)
    captions.nth(0).fill("The lake, that morning")
    captions.nth(1).fill("And the way home")
    expect(ana.part("saved")).to_have_text("Words saved on this device")

    own_server.kill()
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(2)
    expect(ana.part("why", '[data-part="sending"]')).to_contain_text("Not connected just now.")
    ana.page.close()
    own_server.start()
    assert counted(own_server) == 0
    ana.page = ana.context.new_page()
    ana.go("space/keepsakes")
    ana.unlock()
    ana.screen("keepsakes")
    expect(ana.part("look")).to_be_visible()
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    assert (counted(own_server), waiting(own_server)) == (4, 0)

    sam.page.reload()
    sam.unlock()
    open_box(sam)
    expect(card(sam, "The lake, that morning")).to_contain_text("Both of us · Ana")
    expect(sam.part("previous")).to_be_hidden()
    shown = as_shown(sam, 2048)
    assert_upright_and_without_its_place(shown, original)
    sam.tap("next")
    expect(card(sam, "And the way home")).to_be_visible()
    expect(sam.part("next")).to_be_hidden()
    expect(sam.part("previous")).to_be_focused()


def test_mine_is_shown_to_the_other_by_a_copy_and_what_is_full_is_said(
    pair: Couple, own_server: Server, axe: Axe
) -> None:
    ana, sam = pair
    before = counted(own_server)
    swallow_first_reply(ana)
    begin(ana, "page")
    choose(ana, file("scan.jpg", photos.photo(600, 800)))
    ana.page.locator(".chosen textarea").fill("The ticket")
    assert look(ana.page, axe, "a photo, chosen") == []
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(1)
    ana.tap(ana.part("again", '[data-part="sending"]'))  # the same box, sent a second time
    arrives(ana)
    assert (counted(own_server), waiting(own_server)) == (before + 2, 0)

    open_box(ana)
    expect(card(ana).locator(".picture").first).to_be_hidden()  # shown folded
    expect(card(ana)).not_to_contain_text("The ticket")
    ana.tap("unfold")
    expect(card(ana, "The ticket").locator(".picture").first).to_be_visible()
    assert look(ana.page, axe, "a keepsake") == []
    ana.tap("share")
    expect(ana.part("share-box")).to_contain_text("The ticket")
    expect(ana.part("share-picture")).to_be_visible()
    ana.tap("share-yes")
    expect(ana.part("notice")).to_have_text("A copy is being shared with both of you.")
    arrives(ana)
    sam.page.reload()
    sam.unlock()
    open_box(sam)
    expect(card(sam)).to_contain_text("The ticket")
    sees_whole(sam, 600)
    expect(sam.part("edit")).to_be_hidden()
    change_delete_and_bring_back(ana, sam)
    a_sound_from_a_file(ana)
    fill_up(ana, own_server)


def fill_up(ana: Person, own_server: Server) -> None:
    """Two photos, of which only the first fits."""
    own_server.stop()
    own_server.settings = OPEN | {"SPACE_QUOTA_MEMBER": "1"}
    own_server.start()
    before = counted(own_server)
    begin(ana, "photo")
    choose(
        ana,
        file("1.jpg", photos.photo(300, 200)),
        file("2.jpg", photos.photo(2000, 1500, noise=True)),
    )
    ana.tap("save")
    ana.screen("keepsakes")
    full = "There is no room left on the server just now. What you wrote stays here, on this device. Tell whoever runs this site."
    expect(ana.part("sending")).to_contain_text(full)
    expect(ana.part("sending").locator(".card")).to_have_count(1)
    assert (counted(own_server), waiting(own_server)) == (before + 2, 0)
    ana.tap(ana.part("back", '[data-part="sending"]'))
    ana.tap(ana.part("back-yes", '[data-part="sending"]'))
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    own_server.stop()
    own_server.settings = OPEN
    own_server.start()


def test_the_other_leaves_during_an_upload_and_the_photo_stays_its_owners(
    pair: Couple, own_server: Server
) -> None:
    ana, sam = pair
    begin(ana, "photo", shared=True)
    choose(ana, file("0.jpg", photos.photo(300, 200)))
    ana.page.locator(".chosen textarea").fill("Shared before")
    ana.tap("save")
    arrives(ana)
    before = counted(own_server)
    held: list[Route] = []
    seen: list[str] = []

    def hold_the_second(route: Route) -> None:
        if route.request.method == "PUT":
            seen.append(route.request.url)
        if len(seen) == 2 and not held:
            held.append(route)
        else:
            route.continue_()

    begin(ana, "photo", shared=True)
    choose(ana, file("1.jpg", photos.photo(800, 600)))
    ana.page.locator(".chosen textarea").fill("For both of us, it was to be")
    ana.page.route(ATTACHMENTS, hold_the_second)
    with ana.page.expect_response(ATTACHMENTS):
        ana.tap("save")
    expect(ana.part("far", '[data-part="sending"]')).to_be_visible()
    shared = (
        "WHERE waiting_since IS NOT NULL AND journal_id IN (SELECT id FROM journals WHERE shared)"
    )
    assert counted(own_server, shared) == 1
    leave(sam)
    assert (len(held), counted(own_server, shared)) == (1, 0)
    held[0].continue_()

    expect(ana.page.locator(".parted").get_by_text(MINE_NOW)).to_be_visible()
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    open_box(ana)
    expect(card(ana)).to_contain_text("Only me")
    ana.tap("unfold")
    expect(card(ana, "For both of us, it was to be").locator(".picture").first).to_be_visible()
    assert (counted(own_server), waiting(own_server)) == (before + 2, 0)
    sam.tap(sam.part("archives").locator("a"))
    sam.screen("archive")
    expect(sam.page.locator(".entry").first).to_be_visible()
    for fold in sam.page.locator(".entry .unfold").all():
        sam.tap(fold)
    expect(sam.entry("it was to be")).to_have_count(0)
    sam.tap(sam.entry("Shared before").locator("[data-part=look]"))
    expect(sam.entry("Shared before").locator(".picture")).to_be_visible()
