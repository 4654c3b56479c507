"""The first days: Markdown by section, `guide/<language>/first-days/<section>.md`.

In `first-days/how/` stand the sections that are for one way in which it happened; a reader sees
one of them only by choosing it.
"""

from datetime import date
from functools import lru_cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup
from pydantic import ConfigDict

from shared_space.content.languages import CONTRIBUTED
from shared_space.content.strict_yaml import HttpsUrl, NonEmptyStr, validated
from shared_space.guide.articles import Strict, files, read_parts, render_markdown


class Reference(Strict):
    """Where a fact is from: a law by its name, or the page of an organisation or an authority."""

    text: NonEmptyStr
    url: HttpsUrl | None = None


class Section(Strict):
    """One section in one language."""

    id: str
    title: NonEmptyStr
    order: int
    lead: str  # one sentence, for readers who stop there
    text: Markup
    countries: Markup  # what differs by country, folded; often nothing
    unless: tuple[str, ...] = ()  # the ways it happened for which this section is not shown
    checked: date | None = None  # the day its facts were held against the sources
    sources: tuple[Reference, ...] = ()

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @property
    def unless_classes(self) -> str:
        """Return the classes by which the style sheet hides it, for a template."""
        return " ".join(f"unless-{how}" for how in self.unless)


class FirstDays(Strict):
    """The whole page in one language."""

    sections: tuple[Section, ...]
    how: tuple[Section, ...]

    @property
    def checked(self) -> date:
        """Return the earliest day on which a section's facts were checked."""
        days = [one.checked for one in self.sections + self.how if one.checked]
        return min(days)


def register(_app: Flask) -> None:
    """Load the contributed sections at start, and raise SettingError if one has a mistake."""
    for code in CONTRIBUTED:
        first_days(code)


@lru_cache(maxsize=8)
def first_days(language: str) -> FirstDays:
    """Return the page in a language; missing sections in English."""
    return FirstDays(
        sections=read_sections("first-days/*.md", language),
        how=read_sections("first-days/how/*.md", language),
    )


def read_sections(pattern: str, language: str) -> tuple[Section, ...]:
    """Read the sections of a folder, in order."""
    found = map(read_section, files(pattern, language))
    return tuple(sorted(found, key=lambda section: section.order))


def read_section(path: Path) -> Section:
    """Read one file: front matter, a line with one sentence, the text; after ***, countries.

    Raises SettingError that says what is wrong, for a translator.
    """
    matter, (text, *countries) = read_parts(path, at_least=1)
    lead, _, rest = text.strip().partition("\n")
    parts = {
        "id": path.stem,
        "lead": lead,
        "text": render_markdown(rest),
        "countries": render_markdown("".join(countries)),
    }
    return validated(Section, matter | parts, str(path))
