"""What does not fit on a page: see layout.js."""

from playwright.sync_api import Page

from tests.servers import ROOT

TOUCH_PX = 48  # WCAG 2.2, 2.5.8 asks for 24; a thumb, at night, for twice that
SCRIPT = (ROOT / "tests/browser/layout.js").read_text(encoding="utf-8")


def misfits(page: Page, touch: int | None = TOUCH_PX) -> list[str]:
    """Return what is broken between letters, cut off or too small to tap, one line each."""
    found: list[str] = page.evaluate(SCRIPT, {"touch": touch})
    return found
