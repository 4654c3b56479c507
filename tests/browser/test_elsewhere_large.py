"""A large journal comes from elsewhere, and the page answers all the while."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.partners import newcomer, open_browser
from tests.browser.taking import entries, taking
from tests.conftest import Serve
from tests.patience import LONG_TEST_SECONDS

ENTRIES, PHOTOS = 5000, 500
PHOTO_SIZE = (1600, 1200)
MINUTES = 60_000
FREEZE_MILLISECONDS = 500  # from here on a person takes the page for stuck

# Long tasks (W3C) are those that keep the page from answering for 50 ms or more.
WATCH = """() => {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      window.longestTask = Math.max(window.longestTask, duration);
    }
  }).observe({ type: "longtask" });
}"""


def large_export(path: Path) -> None:
    """Write an export as Day One makes it: every tenth page has a photo of its own."""
    drawn = io.BytesIO()
    Image.effect_noise(PHOTO_SIZE, 20).convert("RGB").save(drawn, "JPEG", quality=60)
    first = datetime(2010, 1, 1, 20, tzinfo=UTC)
    pages: list[dict[str, Any]] = [
        {
            "uuid": f"{number:032X}",
            "creationDate": (first + timedelta(days=number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "timeZone": "Europe/Madrid",
            "text": f"Page {number}\n\n" + "We walked by the lake and said little. " * 30,
            "photos": [{"md5": f"{number:032x}"}] if number % (ENTRIES // PHOTOS) == 0 else [],
        }
        for number in range(ENTRIES)
    ]
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("Journal.json", json.dumps({"entries": pages}), zipfile.ZIP_DEFLATED)
        for page in pages:
            for photo in page["photos"]:
                file.writestr(f"photos/{photo['md5']}.jpeg", drawn.getvalue())


@pytest.mark.slow
@pytest.mark.timeout(LONG_TEST_SECONDS)
def test_five_thousand_pages_with_photos_do_not_freeze_the_page(
    serve: Serve, browser: Browser, tmp_path: Path
) -> None:
    house, complaints = serve(), list[str]()
    context = open_browser(browser, complaints)
    ana = newcomer(context, house.origin)
    large_export(tmp_path / "export.zip")
    before = len(entries(house))
    taking(ana, "elsewhere")
    ana.page.evaluate(WATCH)
    ana.part("file").set_input_files(tmp_path / "export.zip")
    expect(ana.part("found-says")).to_contain_text("Pages found: 5,000", timeout=MINUTES)
    ana.tap("bring")
    expect(ana.part("done")).to_be_visible(timeout=14 * MINUTES)
    assert len(entries(house)) == before + ENTRIES
    assert ana.page.evaluate("window.longestTask") < FREEZE_MILLISECONDS
    context.close()
    assert complaints == []
