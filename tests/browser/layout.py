"""What is wrong with a page: what does not fit (layout.js measures it), and what axe finds."""

import zlib

from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Axe
from tests.browser.partners import PHONE
from tests.servers import ROOT

SIZES = {
    "desk": ViewportSize(width=1280, height=800),
    "phone": ViewportSize(width=PHONE["width"], height=PHONE["height"]),
}
TOUCH_PX = 48  # WCAG 2.2, 2.5.8 asks for 24; the app asks for twice that, for a thumb at night
LARGE = "200%"  # WCAG 2.2, 1.4.4
SCRIPT = (ROOT / "tests/browser/layout.js").read_text(encoding="utf-8").rstrip().rstrip(";")
AT_EACH_TEXT_SIZE = f"""([touch, ...sizes]) => {{
  const misfits = {SCRIPT};
  const found = sizes.map((size) => {{
    document.documentElement.style.fontSize = size;
    return misfits(touch);
  }});
  document.documentElement.style.fontSize = "";
  return found;
}}"""
LIGHTS = ("dusk", "paper")
# The candle's glow takes two seconds to change; one that goes on for ever cannot be finished.
END_OF_ANIMATIONS = """document.getAnimations().forEach((one) => {
  if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
})"""


def misfits(page: Page) -> list[str]:
    """Return what is broken inside words, cut off or too small to tap, with one line for each."""
    found: list[str] = page.evaluate(SCRIPT, TOUCH_PX)
    return found


def misfits_at_every_size(page: Page) -> list[str]:
    """Return what does not fit on a phone or a desktop, with normal and with large text.

    The page is not reloaded, and at the end has the size of a phone and normal text.
    """
    wrong = []
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        texts = ("100%", LARGE)
        for text, found in zip(
            texts, page.evaluate(AT_EACH_TEXT_SIZE, [TOUCH_PX, *texts]), strict=True
        ):
            wrong += [f"{name} {text}: {line}" for line in found]
    return wrong


def look(page: Page, axe: Axe | None, path: str) -> list[str]:
    """Return the problems of the page as it is; without axe, only what does not fit.

    axe checks each page completely in one of the themes and for contrast alone in the other,
    because nothing else can differ there.
    """
    wrong = [f"{path} {line}" for line in misfits_at_every_size(page)]
    if axe is None:
        return wrong
    whole = LIGHTS[zlib.crc32(path.encode()) % 2]
    for light in LIGHTS:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", light)
        page.evaluate(END_OF_ANIMATIONS)
        wrong += [f"{path} {light} {line}" for line in axe(page, contrast_only=light != whole)]
    return wrong
