"""A browser that Playwright does not drive: what the story does with it, whatever its engine."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.patience import KEY_SECONDS

POLL_SECONDS = 0.05

FIND = """const find = (selector, text) => [...document.querySelectorAll(selector)].find(
  (one) => one.getClientRects().length && getComputedStyle(one).visibility === "visible"
    && one.textContent.includes(text));"""
IS_THERE = "return Boolean(find(...given))"
# What stands in the field is selected, so that typing takes its place.
FOCUS = """const found = find(...given);
found?.select();
found?.focus();
return document.activeElement === found"""
# The place of a finger on what is found, once it is at rest and nothing lies over it.
POINT = """if (document.body.dataset.screen === "") return null;
const found = find(...given);
if (!found) return null;
found.scrollIntoView({ block: "center", behavior: "instant" });
const before = found.getBoundingClientRect();
await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
const { x, y, width, height } = found.getBoundingClientRect();
if (x !== before.x || y !== before.y) return null;
const [left, top] = [Math.round(x + width / 2), Math.round(y + height / 2)];
const under = document.elementFromPoint(left, top);
if (!under || !(found.contains(under) || under.contains(found))) return null;
return [left, top];"""


class Engine(ABC):
    """One page of one browser. A selector is CSS; the first that is visible and has the text."""

    name: str

    @abstractmethod
    def load(self, url: str) -> None:
        """Load an address anew."""

    @abstractmethod
    def evaluate(self, body: str, *given: Any) -> Any:
        """Run the body of an async function with `given` and `find`; return its JSON value."""

    @abstractmethod
    def move(self, x: int, y: int) -> None:
        """Put the pointer over a place of the viewport, in CSS pixels."""

    @abstractmethod
    def down(self) -> None:
        """Press the pointer's button."""

    @abstractmethod
    def up(self) -> None:
        """Let go of the pointer's button."""

    @abstractmethod
    def keys(self, text: str) -> None:
        """Type into what has the focus."""

    @abstractmethod
    def set_file(self, selector: str, path: Path) -> None:
        """Choose a file in a field for files."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Return what the console has complained of so far, from the first load on."""

    def until(self, what: str, ask: Callable[[], Any]) -> Any:
        """Ask until the answer is true, and return it; a question that is never answered fails."""
        deadline = time.monotonic() + KEY_SECONDS
        while not (answer := ask()):
            if time.monotonic() > deadline:
                seen = self.evaluate(
                    "return [document.body.dataset.screen, document.body.innerText]"
                )
                raise AssertionError(f"{self.name}: {what}; {self.complaints()}; {seen}")
            time.sleep(POLL_SECONDS)
        return answer

    def sees(self, selector: str, text: str = "") -> None:
        """Wait until something is visible."""
        self.until(f"{selector} {text}", lambda: self.evaluate(IS_THERE, selector, text))

    def misses(self, selector: str, text: str = "") -> None:
        """Wait until nothing like it is visible."""
        self.until(f"no {selector} {text}", lambda: not self.evaluate(IS_THERE, selector, text))

    def screen(self, name: str) -> None:
        """Wait until a screen is there."""
        self.sees(f'body[data-screen="{name}"]')

    def press(self, selector: str, text: str = "") -> None:
        """Put a finger on something and leave it there."""
        x, y = self.until(
            f"{selector} {text} under a finger", lambda: self.evaluate(POINT, selector, text)
        )
        self.move(x, y)
        self.down()

    def tap(self, selector: str, text: str = "") -> None:
        """Tap something."""
        self.press(selector, text)
        self.up()

    def part(self, name: str) -> None:
        """Tap what the page calls `name`."""
        self.tap(f'[data-part="{name}"]')

    def write(self, selector: str, text: str) -> None:
        """Go to a field and type."""
        self.sees(selector)
        self.until(f"{selector} has the focus", lambda: self.evaluate(FOCUS, selector, ""))
        self.keys(text)

    def text(self, selector: str) -> str:
        """Wait until something has words, and return them."""
        words = "return find(...given)?.innerText.trim()"
        return str(self.until(selector, lambda: self.evaluate(words, selector, "")))
