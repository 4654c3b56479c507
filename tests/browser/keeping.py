"""What people do with keepsakes in real browsers, and what is then stored on the server."""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import Locator, Route, expect

from tests import photos
from tests.browser.partners import Person
from tests.database import in_database
from tests.sentences import say
from tests.servers import Server

ATTACHMENTS = "**/attachments/*"
LAST_SHOWN = """() => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1]);
  reader.readAsDataURL(window.shown.at(-1));
})"""


def file(name: str, data: bytes) -> Any:
    """Return a file in the form that Playwright chooses files."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def begin(person: Person, kind: str, shared: bool = False) -> None:
    """Open the form for a new keepsake of one kind."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    person.tap("put")
    person.screen("keepsake-add")
    person.tap(person.page.locator(f'a[href$="add/{kind}"]'))
    person.screen("keepsake-write")
    if shared:
        person.tap(person.page.locator(".for-both"))


def choose(person: Person, *files: Any) -> None:
    """Choose files, and wait until the page has processed each of them."""
    person.part("file").set_input_files(list(files))
    expect(person.part("preparing")).to_be_empty()


def open_box(person: Person) -> None:
    """Go to the keepsakes, and open the first."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    person.tap("look")
    person.screen("keepsake-look")


def card(person: Person, text: str = "") -> Locator:
    """Find the keepsake that is open."""
    return person.page.locator(".keepsake", has_text=text)


def counted(server: Server, condition: str = "") -> int:
    """Count the files stored on the server."""
    return int(in_database(server, f"SELECT count(*) FROM attachments {condition}")[0][0])


def waiting(server: Server) -> int:
    """Count the stored files that have no entry yet."""
    return counted(server, "WHERE waiting_since IS NOT NULL")


def refuse_what_is_none(ana: Person, folder: Path) -> None:
    """Choose files that are no photos: the page explains each, uploads nothing and stays usable."""
    huge = folder / "huge.jpg"
    with huge.open("wb") as sparse:
        sparse.truncate(60_000_000)
    for chosen, sentence in (
        (
            str(huge),
            "This file is larger than 50 MB. Nothing has changed; try a smaller one.",
        ),
        (
            file("a.jpg", b"%PDF-1.7 and then what is written in it"),
            "This file doesn’t seem to be a photo. Nothing has changed; try another.",
        ),
        (
            file("b.jpg", photos.bomb()),
            "This photo is too big for this page. Try a smaller copy.",
        ),
        (
            file("c.heic", photos.heic()),
            "This browser cannot read this kind of photo (HEIC). Saved as JPEG, or taken as a screenshot, it can.",
        ),
        (
            file("d.png", photos.torn()),
            "This photo cannot be read here; part of it may be missing. Nothing has changed; try another.",
        ),
    ):
        choose(ana, chosen)
        expect(ana.part("picture-trouble")).to_have_text(say(ana.language, sentence))
    expect(ana.page.locator(".chosen")).to_have_count(0)


def arrives(person: Person) -> None:
    """Wait until nothing that a person added is still being sent."""
    person.tab("keepsakes")
    person.screen("keepsakes")
    expect(person.part("look")).to_be_visible()
    expect(person.part("sending").locator(".card")).to_have_count(0)


def sees_whole(person: Person, longest: int) -> None:
    """Wait until the full picture is shown."""
    image = person.page.locator('.keepsake [data-part="picture"]')
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    expect(image).to_have_js_property("naturalHeight", longest)


def as_shown(person: Person, longest: int) -> bytes:
    """Return the bytes of the full picture as the browser has decrypted them."""
    sees_whole(person, longest)
    return base64.b64decode(person.page.evaluate(LAST_SHOWN))


def assert_upright_and_without_its_place(shown: bytes, original: bytes) -> None:
    """Assert that the decrypted picture is upright and holds no location, as Pillow reads it."""
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


def swallow_first_reply(person: Person) -> None:
    """Let the first file reach the server, but not the response reach the page."""
    swallowed: list[str] = []

    def swallow(route: Route) -> None:
        if swallowed or route.request.method != "PUT":
            return route.continue_()
        swallowed.append(route.request.url)
        route.fetch()
        return route.abort()

    person.page.route(ATTACHMENTS, swallow)


def silence(seconds: int) -> bytes:
    """Return a silent MP3, made of frames of 26 ms."""
    frame = bytes.fromhex("fffb1064").ljust(104, b"\0")
    return frame * round(seconds * 44_100 / 1152)


def a_sound_from_a_file(ana: Person) -> None:
    """Choose a file that is no sound, one that is too long, and then a valid one."""
    begin(ana, "recording")
    for data, sentence in (
        (photos.photo(300, 200), "This sound can’t be played here"),
        (b"ID3\x04 and then nothing of the kind", "This sound can’t be played here"),
        (silence(310), "This is longer than five minutes"),
        (bytes(9 * 2**20), "This file is larger than 8 MB"),
    ):
        ana.part("sound-file").set_input_files(file("song.mp3", data))
        expect(ana.part("sound-trouble")).to_contain_text(sentence)
        expect(ana.part("heard")).to_be_hidden()
    ana.part("sound-file").set_input_files(file("song.jpg", silence(1)))
    expect(ana.part("heard")).to_be_visible()
    expect(ana.part("sound-trouble")).to_be_hidden()
    chosen = ana.part("sound").evaluate("sound => sound.src")
    ana.part("sound-file").set_input_files(file("other.mp3", silence(2)))
    expect(ana.part("notice")).to_contain_text("There is a sound here already.")
    assert ana.part("sound").evaluate("sound => sound.src") == chosen
    ana.fill("text", "The song from the car")
    ana.tap("save")
    ana.screen("keepsakes")
    arrives(ana)
    open_box(ana)
    ana.tap("unfold")
    expect(card(ana)).to_contain_text("The song from the car")
    ana.tap("listen")
    expect(ana.part("sound", ".keepsake")).to_have_js_property("ended", value=True)


def change_delete_and_bring_back(ana: Person, sam: Person) -> None:
    """Ana changes the words of the copy, deletes it, and restores it with its picture."""
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
    expect(card(sam, "The ticket")).to_have_count(0)
    ana.tab("keepsakes")
    ana.tap(ana.part("removed").locator("[data-part=back]"))
    expect(ana.part("removed").locator(".card")).to_have_count(0)
    open_box(ana)
    expect(card(ana)).to_contain_text("Both of us · you")
    expect(card(ana)).to_contain_text("The ticket of the last train")
    sees_whole(ana, 600)
