"""Draws the README's six pictures of two people on a phone and a desktop: `make pictures`.

All texts in them are invented and about weather and small things. The pictures are committed, as
PNG with a palette, so that reading the README needs no browser.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.conftest import USUALLY
from tests.browser.partners import Person, linked
from tests.browser.talking import ask, give
from tests.servers import OPEN, ROOT, Server, program

FOLDER = ROOT / "docs/pictures"
PHONE, DESKTOP = {"width": 390, "height": 780}, {"width": 1160, "height": 760}
COLOURS = 64  # the smallest number with which the candle's glow has no visible steps
QUESTION = "way-home"
THEME = "localStorage.setItem('theme', '{}')"


def main() -> None:
    """Draw all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data", OPEN).start()
        browser = playwright.chromium.launch(
            executable_path=program("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            draw(browser, server.origin)
        finally:
            browser.close()
            server.stop()


def draw(browser: Browser, origin: str) -> None:
    """Let two people use the app, and take pictures on the way."""
    her_phone, his_desk = (opened(browser, size, theme)
                           for size, theme in ((PHONE, "dusk"), (DESKTOP, "paper")))  # fmt: skip
    visitor = Person(her_phone.new_page(), origin)
    visitor.go("")
    visitor.tap(visitor.page.locator("label.unlit"))
    keep(visitor, "first-candle")
    visitor.page.close()
    ana, sam = linked((her_phone, his_desk), origin)
    ana.tap("light")
    sam.tap("light")
    expect(ana.page.locator(".candle .other.lit .flame")).to_be_visible()
    keep(ana, "candle")
    ana.write("The maple by the station has turned. I stood there for a while.", shared=True)
    sam.write("I made the soup with too much pepper, and we ate it anyway.", shared=True)
    sam.write("Some evenings I only want to be in the garden and say nothing.")
    sam.tab("journal")
    expect(sam.entry("The maple by the station")).to_be_visible()
    expect(sam.part("notice")).to_be_hidden()
    keep(sam, "journal-desktop")
    for person in (ana, sam):
        ask(person, QUESTION)
    give(ana, "To the sea. I do not know why, we were there only once.")
    give(sam, "To the bakery, early, when its light is already on.")
    expect(ana.page.locator('[data-part="answers"] .card')).to_have_count(2)
    keep(ana, "answers")
    sam.tab("guide")
    sam.screen("guide")
    keep(sam, "guide-desktop")
    ana.page.evaluate(THEME.format("paper"))
    ana.page.reload()
    ana.unlock()
    ana.open_page()
    ana.fill("text", "I could not sleep. The rain was loud on the roof, and then it was not.")
    keep(ana, "writing")


def opened(browser: Browser, size: dict[str, int], theme: str) -> BrowserContext:
    """Return a page of one size, in one of the two themes."""
    options = USUALLY | {"viewport": size, "device_scale_factor": 1.25 if size is PHONE else 1}
    context = browser.new_context(**options)
    context.add_init_script(f"if (!localStorage.getItem('theme')) {THEME.format(theme)}")
    return context


def keep(person: Person, name: str) -> None:
    """Save a small picture of what the person sees."""
    person.page.wait_for_timeout(1500)  # lets the flame grow; nothing is tested here
    shown = Image.open(io.BytesIO(person.page.screenshot())).convert("RGB")
    path = FOLDER / f"{name}.png"
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
