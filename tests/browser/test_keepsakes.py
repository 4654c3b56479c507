"""Keepsakes on two phones: from a photo's file to the other's screen, and what comes between."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, Route, expect

from tests import photos
from tests.browser.conftest import Axe
from tests.browser.partners import Person, link, newcomer, open_browser
from tests.browser.test_pages import look
from tests.browser.test_parting import MINE_NOW, leave
from tests.people import in_database
from tests.sentences import say
from tests.servers import OPEN, Server

ATTACHMENTS = "**/attachments/*"
REMEMBER = """
  window.shown = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.shown.push(blob); return make.call(URL, blob); };
"""
LAST_SHOWN = """() => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1]);
  reader.readAsDataURL(window.shown.at(-1));
})"""

Couple = tuple[Person, Person]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server of this module's own, that may be killed."""
    server = Server(tmp_path_factory.mktemp("keepsakes") / "data", OPEN).start()
    yield server
    server.stop()
    server.assert_untroubled()


@pytest.fixture(scope="module")
def pair(browser: Browser, house: Server) -> Iterator[Couple]:
    """Return two people who are linked; what Sam's page shows from a blob is remembered."""
    complaints: list[str] = []
    contexts = [open_browser(browser, complaints) for _ in range(2)]
    contexts[1].add_init_script(REMEMBER)
    ana = newcomer(contexts[0], house.origin)
    sam = Person(contexts[1].new_page(), house.origin)
    link(ana, sam)
    yield ana, sam
    for context in contexts:
        context.close()
    assert complaints == []


def file(name: str, data: bytes) -> Any:
    """Return a file as it is chosen."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def begin(person: Person, kind: str, shared: bool = False) -> None:
    """Begin to put something in."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    person.tap("put")
    person.screen("keepsake-add")
    person.tap(person.page.locator(f'a[href$="add/{kind}"]'))
    person.screen("keepsake-write")
    if shared:
        person.tap(person.page.locator(".for-both"))


def choose(person: Person, *files: Any) -> None:
    """Choose files, and wait until each is looked at."""
    person.part("file").set_input_files(list(files))
    expect(person.part("preparing")).to_be_empty()


def open_box(person: Person) -> None:
    """Go to the keepsakes, and look at the first."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    person.tap("look")
    person.screen("keepsake-look")


def card(person: Person, text: str = "") -> Locator:
    """Find the keepsake that one looks at."""
    return person.page.locator(".keepsake", has_text=text)


def counted(house: Server, how: str = "") -> int:
    """Count the files on the server."""
    return int(in_database(house, f"SELECT count(*) FROM attachments {how}")[0][0])


def waiting(house: Server) -> int:
    """Count the files that have no entry."""
    return counted(house, "WHERE waiting_since IS NOT NULL")


def test_a_photo_from_its_file_to_the_others_screen_though_the_server_is_killed(
    pair: Couple, house: Server, tmp_path: Path
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
    expect(ana.part("saved")).to_have_text("Words kept on this device")

    house.kill()
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(2)
    expect(ana.part("why", '[data-part="sending"]')).to_contain_text("Not connected just now.")
    ana.page.close()
    house.start()
    assert counted(house) == 0
    ana.page = ana.context.new_page()
    ana.go("space/keepsakes")
    ana.unlock()
    ana.screen("keepsakes")
    expect(ana.part("look")).to_be_visible()
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    assert (counted(house), waiting(house)) == (4, 0)

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


def refuse_what_is_none(ana: Person, folder: Path) -> None:
    """Choose files that are no photos: each is said, nothing comes of it, the page goes on."""
    huge = folder / "huge.jpg"
    with huge.open("wb") as sparse:
        sparse.truncate(60_000_000)
    for chosen, sentence in (
        (
            str(huge),
            "This file is larger than 50 MB, so it stays where it is. A smaller one is welcome.",
        ),
        (
            file("a.jpg", b"%PDF-1.7 and then what is written in it"),
            "This file is no photo, whatever its name says. It stays where it is.",
        ),
        (
            file("b.jpg", photos.bomb()),
            "This photo unfolds into more than this page can hold. It stays where it is. A smaller copy of it is welcome.",
        ),
        (
            file("c.heic", photos.heic()),
            "This browser cannot read this kind of photo (HEIC). Saved as JPEG, or taken as a screenshot, it can.",
        ),
        (
            file("d.png", photos.torn()),
            "This photo cannot be read here; part of it may be missing. It stays where it is.",
        ),
    ):
        choose(ana, chosen)
        expect(ana.part("picture-trouble")).to_have_text(say(ana.language, sentence))
    expect(ana.page.locator(".chosen")).to_have_count(0)


def arrives(person: Person) -> None:
    """Wait until nothing of somebody's is on its way any more."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    expect(person.part("look")).to_be_visible()
    expect(person.part("sending").locator(".card")).to_have_count(0)


def sees_whole(person: Person, longest: int) -> None:
    """Wait until the whole picture stands on the page."""
    image = person.page.locator('.keepsake [data-part="picture"]')
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    expect(image).to_have_js_property("naturalHeight", longest)


def as_shown(person: Person, longest: int) -> bytes:
    """Return the whole picture's bytes as the browser has opened them."""
    sees_whole(person, longest)
    return base64.b64decode(person.page.evaluate(LAST_SHOWN))


def assert_upright_and_without_its_place(shown: bytes, original: bytes) -> None:
    """Assert what Pillow reads in the bytes that the other's browser has decrypted."""
    picture = Image.open(io.BytesIO(shown))
    assert (picture.format, picture.size) == ("JPEG", (1365, 2048))
    assert dict(picture.getexif()) == {}
    assert picture.info.keys() & {"exif", "comment", "icc_profile", "xmp"} == set()
    for trace in (b"Exif", b"GPS", photos.CAMERA.encode()):
        assert trace not in shown
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(original))).resize(picture.size)
    for spot in ((20, 20), (1340, 20), (20, 2020), (1340, 2020), (700, 1000)):
        here, there = picture.getpixel(spot), upright.getpixel(spot)
        assert isinstance(here, tuple)
        assert isinstance(there, tuple)
        assert max(abs(one - other) for one, other in zip(here, there, strict=True)) < 16


def test_mine_is_shown_to_the_other_by_a_copy_and_what_is_full_is_said(
    pair: Couple, house: Server, axe: Axe
) -> None:
    ana, sam = pair
    before = counted(house)
    swallow_first_reply(ana)
    begin(ana, "page")
    choose(ana, file("scan.jpg", photos.photo(600, 800)))
    ana.page.locator(".chosen textarea").fill("The ticket")
    assert look(ana.page, axe, "a photo, chosen") == []
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(1)
    ana.tap(ana.part("again", '[data-part="sending"]'))  # the same box, sent twice
    arrives(ana)
    assert (counted(house), waiting(house)) == (before + 2, 0)

    open_box(ana)
    expect(card(ana).locator(".picture").first).to_be_hidden()  # folded
    expect(card(ana)).not_to_contain_text("The ticket")
    ana.tap("unfold")
    expect(card(ana, "The ticket").locator(".picture").first).to_be_visible()
    assert look(ana.page, axe, "a keepsake") == []
    ana.tap("share")
    expect(ana.part("share-box")).to_contain_text("The ticket")
    expect(ana.part("share-picture")).to_be_visible()
    ana.tap("share-yes")
    expect(ana.part("notice")).to_have_text("A copy is on its way to both of you.")
    arrives(ana)
    sam.page.reload()
    sam.unlock()
    open_box(sam)
    expect(card(sam)).to_contain_text("The ticket")
    sees_whole(sam, 600)
    expect(sam.part("edit")).to_be_hidden()
    change_delete_and_bring_back(ana, sam)
    a_sound_from_a_file(ana)
    fill_up(ana, house)


def swallow_first_reply(person: Person) -> None:
    """Let the first file arrive, and the reply not."""
    swallowed: list[str] = []

    def swallow(route: Route) -> None:
        if swallowed or route.request.method != "PUT":
            return route.continue_()
        swallowed.append(route.request.url)
        route.fetch()
        return route.abort()

    person.page.route(ATTACHMENTS, swallow)


def change_delete_and_bring_back(ana: Person, sam: Person) -> None:
    """Ana finds other words for the copy, deletes it, and brings it back with its picture."""
    open_box(ana)
    expect(card(ana)).to_contain_text("Both of us · you")
    ana.tap("edit")
    ana.screen("keepsake-change")
    ana.fill("text", "The ticket of the last train")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("keepsake-look")
    expect(card(sam)).to_contain_text("The ticket of the last train")
    ana.tap("delete")
    ana.tap("delete-yes")
    expect(card(sam)).not_to_contain_text("The ticket")
    ana.tab("keepsakes")
    ana.tap(ana.part("removed").locator("[data-part=back]"))
    expect(ana.part("removed").locator(".card")).to_have_count(0)
    open_box(ana)
    expect(card(ana)).to_contain_text("Both of us · you")
    expect(card(ana)).to_contain_text("The ticket of the last train")
    sees_whole(ana, 600)


def a_sound_from_a_file(ana: Person) -> None:
    """Choose what is no sound and what is too long, and then a sound."""
    begin(ana, "recording")
    for data, sentence in (
        (photos.photo(300, 200), "This file is no sound that can be played here"),
        (b"ID3\x04 and then nothing of the kind", "This file is no sound that can be played here"),
        (silence(310), "This is longer than five minutes"),
        (bytes(9 * 2**20), "This file is larger than 8 MB"),
    ):
        ana.part("sound-file").set_input_files(file("song.mp3", data))
        expect(ana.part("sound-trouble")).to_contain_text(sentence)
        expect(ana.part("heard")).to_be_hidden()
    ana.part("sound-file").set_input_files(file("song.jpg", silence(1)))
    expect(ana.part("heard")).to_be_visible()
    expect(ana.part("sound-trouble")).to_be_hidden()
    ana.fill("text", "The song from the car")
    ana.tap("save")
    ana.screen("keepsakes")
    arrives(ana)
    open_box(ana)
    ana.tap("unfold")
    expect(card(ana)).to_contain_text("The song from the car")
    ana.tap("listen")
    expect(ana.part("sound", ".keepsake")).to_have_js_property("ended", value=True)


def silence(seconds: int) -> bytes:
    """Make an MP3 in which nothing is heard: frames of 26 ms without a sound in them."""
    frame = bytes.fromhex("fffb1064").ljust(104, b"\0")
    return frame * round(seconds * 44_100 / 1152)


def fill_up(ana: Person, house: Server) -> None:
    """Two photos, and room for the first alone."""
    house.stop()
    house.settings = OPEN | {"SPACE_QUOTA_MEMBER": "1"}
    house.start()
    before = counted(house)
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
    assert (counted(house), waiting(house)) == (before + 2, 0)
    ana.tap(ana.part("back", '[data-part="sending"]'))
    ana.tap(ana.part("back-yes", '[data-part="sending"]'))
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    house.stop()
    house.settings = OPEN
    house.start()


def test_the_other_leaves_during_an_upload_and_the_photo_stays_its_owners(
    pair: Couple, house: Server
) -> None:
    ana, sam = pair
    begin(ana, "photo", shared=True)
    choose(ana, file("0.jpg", photos.photo(300, 200)))
    ana.page.locator(".chosen textarea").fill("Shared before")
    ana.tap("save")
    arrives(ana)
    before = counted(house)
    held: list[Route] = []
    seen: list[str] = []

    def hold_the_second(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) == 2:
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
    assert counted(house, shared) == 1
    leave(sam)
    assert (len(held), counted(house, shared)) == (1, 0)
    held[0].continue_()

    expect(ana.page.locator(".parted").get_by_text(MINE_NOW)).to_be_visible()
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    open_box(ana)
    expect(card(ana)).to_contain_text("Only me")
    ana.tap("unfold")
    expect(card(ana, "For both of us, it was to be").locator(".picture").first).to_be_visible()
    assert (counted(house), waiting(house)) == (before + 2, 0)
    sam.tap(sam.part("archives").locator("a"))
    sam.screen("archive")
    expect(sam.page.locator(".entry").first).to_be_visible()
    for fold in sam.page.locator(".entry .unfold").all():
        sam.tap(fold)
    expect(sam.entry("it was to be")).to_have_count(0)
    sam.tap(sam.entry("Shared before").locator("[data-part=look]"))
    expect(sam.entry("Shared before").locator(".picture")).to_be_visible()
