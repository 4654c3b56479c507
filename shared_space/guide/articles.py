"""The guide's articles: Markdown with front matter, `guide/<language>/<part>.md`."""

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
# Screens of the space that also exist as public pages.
PUBLIC = {"candle": "", "help": "help", "guide/words": "guide/words"}
SECTION_BREAK = "\n***\n"  # ends the five sentences, and in one article what follows them at once


class Strict(BaseModel):
    """Base class of front matter. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CallToAction(Strict):
    """The action an article ends with: its label, and its path inside the space."""

    text: str
    to: str

    @property
    def inside(self) -> str:
        """Return the URL for readers inside the space."""
        return f"space/{self.to}"

    @property
    def outside(self) -> str:
        """Return the URL for readers without an account."""
        return PUBLIC.get(self.to, self.inside)


class Source(Strict):
    """A source of an article's facts."""

    text: str
    url: str


class Article(Strict):
    """An article in one language."""

    id: str
    title: str
    five_words: str
    order: int
    do: CallToAction
    sources: tuple[Source, ...] = ()
    reviewed: date | None = None  # when its medical facts were checked
    clinician: str | None = None  # profession of the clinician who read it, if one did
    sentences: tuple[str, ...]
    now: Markup
    more: Markup

    model_config = ConfigDict(arbitrary_types_allowed=True)


def files(pattern: str, language: str) -> list[Path]:
    """Return the files that match a pattern, in a language; a missing one in English.

    Those of contributed languages are in translations/.
    """
    originals = sorted((FOLDER / DEFAULT).glob(pattern))
    return [translated(path.relative_to(FOLDER / DEFAULT), language) for path in originals]


def translated(name: Path, language: str) -> Path:
    """Return the path of one file in a language, or else in English."""
    for folder in (FOLDER / language, TRANSLATIONS / language / "guide"):
        if (folder / name).exists():
            return folder / name
    return FOLDER / DEFAULT / name


def register(_app: Flask) -> None:
    """Load the contributed articles at start, and raise SettingError if one has a mistake."""
    for code in CONTRIBUTED:
        articles(code)


@lru_cache(maxsize=8)
def articles(language: str) -> tuple[Article, ...]:
    """Return all articles in a language, in order; a missing one in English."""
    found = [read_article(path) for path in files("*.md", language)]
    return tuple(sorted(found, key=lambda part: part.order))


def article(language: str, part_id: str) -> Article | None:
    """Return one article."""
    return next((one for one in articles(language) if one.id == part_id), None)


def read_article(path: Path) -> Article:
    """Parse a file: front matter between two lines of `---`, then the text.

    Raises SettingError with a sentence for the translator.
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
    """Render Markdown as HTML."""
    return Markup(Markdown().convert(text))  # noqa: S704 our own files, no member's text
