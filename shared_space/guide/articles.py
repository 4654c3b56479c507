"""The guide's parts: Markdown with front matter, `guide/<language>/<part>.md`."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from markdown import Markdown
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from shared_space.config import SettingError
from shared_space.content.languages import CONTRIBUTED, DEFAULT, TRANSLATIONS
from shared_space.content.strict_yaml import parsed_yaml, validated

FOLDER = Path(__file__).parent
# What of the space there is outside of it too, for anyone.
PUBLIC = {"candle": "", "help": "help", "guide/words": "guide/words"}
SECTION_BREAK = (
    "\n***\n"  # between five sentences, what has to be seen at once (in one part), and more
)


class Strict(BaseModel):
    """A piece of front matter, with no key that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CallToAction(Strict):
    """The one thing to do right there: its word, and its address inside the space."""

    text: str
    to: str

    @property
    def inside(self) -> str:
        """Return its address for who reads inside the space."""
        return f"space/{self.to}"

    @property
    def outside(self) -> str:
        """Return its address for who reads without an account."""
        return PUBLIC.get(self.to, self.inside)


class Source(Strict):
    """Where a part's facts are from."""

    text: str
    url: str


class Article(Strict):
    """One part of the guide in one language."""

    id: str
    title: str
    five_words: str
    order: int
    do: CallToAction
    sources: tuple[Source, ...] = ()
    reviewed: date | None = None  # the day its medical facts were held against the sources
    clinician: str | None = None  # who read those facts, by profession; nobody, when none did
    sentences: tuple[str, ...]
    now: Markup
    more: Markup

    model_config = ConfigDict(arbitrary_types_allowed=True)


def files(pattern: str, language: str) -> list[Path]:
    """Return where each English file stands in a language: with an added language's own, or here.

    English stands in for one that is missing.
    """
    originals = sorted((FOLDER / DEFAULT).glob(pattern))
    return [translated(path.relative_to(FOLDER / DEFAULT), language) for path in originals]


def translated(name: Path, language: str) -> Path:
    """Return where one file stands in a language."""
    for folder in (FOLDER / language, TRANSLATIONS / language / "guide"):
        if (folder / name).exists():
            return folder / name
    return FOLDER / DEFAULT / name


def register(_app: Flask) -> None:
    """Read what translators have contributed, so that a mistake is told at the start."""
    for code in CONTRIBUTED:
        articles(code)


@lru_cache(maxsize=8)
def articles(language: str) -> tuple[Article, ...]:
    """Return every part in a language, in order; English stands in for one that is missing."""
    found = [read_article(path) for path in files("*.md", language)]
    return tuple(sorted(found, key=lambda part: part.order))


def article(language: str, part_id: str) -> Article | None:
    """Return one part."""
    return next((one for one in articles(language) if one.id == part_id), None)


def read_article(path: Path) -> Article:
    """Read one file: front matter between two lines of ---, then the text.

    Raises SettingError that says what is wrong, for a translator.
    """
    matter, (sentences, *now, more) = read_parts(path, at_least=2)
    parts = {
        "id": path.stem,
        "sentences": tuple(sentences.strip().split("\n")),
        "now": render_markdown("".join(now)),
        "more": render_markdown(more),
    }
    return validated(Article, matter | parts, str(path))


def read_parts(path: Path, at_least: int) -> tuple[dict[str, Any], list[str]]:
    """Return a file's front matter and its text, in the parts between the lines of ***.

    Raises SettingError that says what is wrong.
    """
    try:
        _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    except ValueError as error:
        raise SettingError(
            f"{path}: it begins with front matter between two lines of ---."
        ) from error
    matter = parsed_yaml(front, str(path))
    if not isinstance(matter, dict):
        raise SettingError(f"{path}: its front matter is a record, such as title: …")
    parts = text.split(SECTION_BREAK)
    if len(parts) < at_least:
        raise SettingError(f"{path}: *** stands between its first sentences and the rest.")
    return matter, parts


def render_markdown(text: str) -> Markup:
    """Lay out Markdown."""
    return Markup(Markdown().convert(text))  # noqa: S704 our own files, no member's text
