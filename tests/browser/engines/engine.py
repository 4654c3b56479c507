"""A browser that is not driven by Playwright: the steps of the story, for any engine."""

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
# Selects the field's contents, so that typing replaces them.
FOCUS = """const found = find(...given);
found?.select();
found?.focus();
return document.activeElement === found"""
# Returns the middle of an element once it does not move and nothing covers it.
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
    """One page of one browser.

    Elements are found by a CSS selector and a text; the first visible match counts.
    """

    name: str

    @abstractmethod
    def load(self, url: str) -> None:
        """Load an address, reloading the page."""

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
        """Release the pointer's button."""

    @abstractmethod
    def keys(self, text: str) -> None:
        """Type into the focused element."""

    @abstractmethod
    def set_file(self, selector: str, path: Path) -> None:
        """Choose a file in a file input."""

    @abstractmethod
    def complaints(self) -> list[str]:
        """Return all errors and warnings in the console since the first load."""

    def until(self, description: str, ask: Callable[[], Any]) -> Any:
        """Repeat `ask` until its result is true, and return that. Raises after a time limit."""
        deadline = time.monotonic() + KEY_SECONDS
        while not (answer := ask()):
            if time.monotonic() > deadline:
                seen = self.evaluate(
                    "return [document.body.dataset.screen, document.body.innerText]"
                )
                raise AssertionError(f"{self.name}: {description}; {self.complaints()}; {seen}")
            time.sleep(POLL_SECONDS)
        return answer

    def sees(self, selector: str, text: str = "") -> None:
        """Wait until an element is visible."""
        self.until(f"{selector} {text}", lambda: self.evaluate(IS_THERE, selector, text))

    def misses(self, selector: str, text: str = "") -> None:
        """Wait until no such element is visible."""
        self.until(f"no {selector} {text}", lambda: not self.evaluate(IS_THERE, selector, text))

    def screen(self, name: str) -> None:
        """Wait until a screen is shown."""
        self.sees(f'body[data-screen="{name}"]')

    def press(self, selector: str, text: str = "") -> None:
        """Press on an element, and do not let go."""
        x, y = self.until(
            f"{selector} {text} under a finger", lambda: self.evaluate(POINT, selector, text)
        )
        self.move(x, y)
        self.down()

    def tap(self, selector: str, text: str = "") -> None:
        """Tap an element."""
        self.press(selector, text)
        self.up()

    def part(self, name: str) -> None:
        """Tap the element whose `data-part` is `name`."""
        self.tap(f'[data-part="{name}"]')

    def write(self, selector: str, text: str) -> None:
        """Focus a field and type into it."""
        self.sees(selector)
        self.until(f"{selector} has the focus", lambda: self.evaluate(FOCUS, selector, ""))
        self.keys(text)

    def text(self, selector: str) -> str:
        """Wait until an element has a text, and return it."""
        words = "return find(...given)?.innerText.trim()"
        return str(self.until(selector, lambda: self.evaluate(words, selector, "")))
