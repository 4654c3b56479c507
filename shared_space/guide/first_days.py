"""The page "The first days": one Markdown file per section, under guide/<language>/first-days/.

The folder `first-days/how/` holds sections that apply to only one way in which the loss happened. A
reader sees one of these only after choosing it.
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
    """The source of a fact: a law by its name, or the page of an organisation or an authority."""

    text: NonEmptyStr
    url: HttpsUrl | None = None


class Section(Strict):
    """One section in one language."""

    id: str
    title: NonEmptyStr
    order: int
    lead: str  # one sentence, for readers who read no further
    text: Markup
    countries: Markup  # what differs by country, shown folded; often nothing
    unless: tuple[str, ...] = ()  # the ways it happened for which this section is not shown
    checked: date | None = None  # the day on which its facts were compared with the sources
    sources: tuple[Reference, ...] = ()

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @property
    def unless_classes(self) -> str:
        """Return the CSS classes that hide this section, one for each way in `unless`."""
        return " ".join(f"unless-{how}" for how in self.unless)


class FirstDays(Strict):
    """All sections in one language."""

    sections: tuple[Section, ...]
    how: tuple[Section, ...]

    @property
    def checked(self) -> date:
        """Return the earliest day on which the facts of any section were checked."""
        days = [one.checked for one in self.sections + self.how if one.checked]
        return min(days)


def register(_app: Flask) -> None:
    """Load the contributed sections at start, so that a mistake in one stops the start.

    Raises SettingError.
    """
    for code in CONTRIBUTED:
        first_days(code)


@lru_cache(maxsize=8)
def first_days(language: str) -> FirstDays:
    """Return the page in a language, with missing sections in English."""
    return FirstDays(
        sections=read_sections("first-days/*.md", language),
        how=read_sections("first-days/how/*.md", language),
    )


def read_sections(pattern: str, language: str) -> tuple[Section, ...]:
    """Return the sections of a folder, in the order that their front matter gives."""
    found = map(read_section, files(pattern, language))
    return tuple(sorted(found, key=lambda section: section.order))


def read_section(path: Path) -> Section:
    """Read a section: front matter, a line with one sentence, the text, after *** the countries.

    Raises SettingError, whose message tells a translator what is wrong.
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
