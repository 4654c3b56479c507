"""Coming from another journal: its pages are sealed in the browser, and come once."""

import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.canary import Ear, at_rest, leaks
from tests.browser.partners import WORK_MILLISECONDS, Person, newcomer, open_browser
from tests.browser.taking import entries, taking
from tests.conftest import Serve

PICTURE = Path(__file__).parent.parent.parent / "docs/pictures"
WORDS = ["zañqdayonekest", "zañqtagkest", "zañqfilmkest"]


def export() -> bytes:
    """Return an export as Day One makes it, with a picture and a film that belongs to no page."""
    page = {
        "uuid": "81F0F3CA693F484792F76359E9E2ACE8", "creationDate": "2019-03-04T10:00:00Z",
        "timeZone": "Europe/Madrid", "text": f"{WORDS[0]} by the lake", "tags": [WORDS[1]],
        "photos": [{"identifier": "A", "md5": "aaaa", "type": "png"}],
    }  # fmt: skip
    later = {"uuid": "2", "creationDate": "2019-05-06T10:00:00Z", "text": "Rain."}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("Journal.json", json.dumps({"entries": [page, later]}))
        file.writestr("photos/aaaa.png", next(PICTURE.glob("*.png")).read_bytes())
        file.writestr(f"videos/{WORDS[2]}.mov", WORDS[2] * 9)
    return packed.getvalue()


def choose_export(person: Person, data: bytes) -> None:
    """Choose a zip file on the screen for coming from another journal."""
    held = {"name": "export.zip", "mimeType": "application/zip", "buffer": data}
    person.part("file").set_input_files(held)  # type: ignore[arg-type]


def test_pages_of_another_journal_come_sealed_and_once(serve: Serve, browser: Browser) -> None:
    house, ear, complaints = serve(), Ear(), list[str]()
    context = open_browser(browser, complaints)
    ear.listen(context)
    ana = newcomer(context, house.origin)
    before = len(entries(house))
    taking(ana, "elsewhere")
    choose_export(ana, export()[:-30])
    expect(ana.part("trouble")).to_contain_text("missing or damaged", timeout=WORK_MILLISECONDS)
    for _ in range(2):
        choose_export(ana, export())
        expect(ana.part("found-says")).to_contain_text("Pages found: 2", timeout=WORK_MILLISECONDS)
        expect(ana.part("left-names")).to_contain_text(f"{WORDS[2]}.mov")
        ana.tap("bring")
        expect(ana.part("done")).to_be_visible(timeout=WORK_MILLISECONDS)
        assert len(entries(house)) == before + 3
        ana.tap(ana.page.locator('[data-part="done"] .button'))
        ana.screen("journal")
        taking(ana, "elsewhere")
    assert leaks([*ear.heard, *at_rest(house)], WORDS) == []
    context.close()
    assert complaints == []
