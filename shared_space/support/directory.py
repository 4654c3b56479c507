"""The directory of helplines: lines.yaml with the changes in the host's file."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app
from markupsafe import Markup
from pydantic import Field

from shared_space import clock
from shared_space.config import SettingError
from shared_space.content.loader import read_yaml
from shared_space.content.strict_yaml import StrictModel, validated
from shared_space.guide.articles import article
from shared_space.http.localization import current_language
from shared_space.support.schema import KINDS, WORLD, Helpline, with_overrides
from shared_space.support.time_zones import time_zones

FILE = Path(__file__).with_name("lines.yaml")


class HostOverrides(StrictModel):
    """The helplines that a host hides, edits and adds."""

    hide: list[str] = Field(default=[])
    edit: dict[str, dict[str, Any]] = Field(default={})
    add: list[dict[str, Any]] = Field(default=[])


class Directory:
    """All helplines that are shown, in the order of the file."""

    def __init__(self, lines: list[Helpline]) -> None:
        self.lines = lines
        self.as_of: date | None = None  # the date on which their age is judged; None means today

    @property
    def countries(self) -> list[str]:
        """Return the codes of the countries that have a helpline."""
        return sorted({code for line in self.lines for code in line.countries} - {WORLD})

    def by_kind(self, country: str, language: str) -> dict[str, list[Helpline]]:
        """Return a country's helplines by kind, crisis first; lines in this language come first."""
        here = [line for line in self.lines if country in line.countries]
        here.sort(key=lambda line: (KINDS.index(line.kind), not line.speaks(language)))
        return {
            kind: found for kind in KINDS if (found := [line for line in here if line.kind == kind])
        }

    def emergency(self, country: str) -> list[Helpline]:
        """Return a country's emergency numbers."""
        return [line for line in self.lines if line.emergency and country in line.countries]


def register(app: Flask) -> None:
    """Load the helplines with the host's changes, at start. Raises SettingError."""
    changes = app.config["HOST_FILE"].support
    found = Directory(apply_overrides(list(bundled_helplines()), changes, app.config["HOST_PATH"]))
    own = app.config["SPACE_COUNTRY"]
    if own and own not in found.countries:
        raise SettingError(
            f"SPACE_COUNTRY: {own!r} has no help lines. It is one of {', '.join(found.countries)}; "
            "lines of another country can be added in host.yaml."
        )
    app.config["LINES"] = found
    app.jinja_env.globals["language_names"] = language_names


def directory_context() -> dict[str, Any]:
    """Return the template context of the directory, which depends on the language and the day."""
    lines: Directory = current_app.config["LINES"]
    language = current_language()
    return {
        "countries": [
            {
                "code": code,
                "name": name,
                "zones": time_zones(code),
                "kinds": lines.by_kind(code, language),
                "emergency": lines.emergency(code),
            }
            for name, code in sorted(
                (country_name(code, language), code) for code in lines.countries
            )
        ],
        "signs": signs(language),
        "everywhere": lines.by_kind(WORLD, language).get("directory", []),
        "today": lines.as_of or clock.now().date(),
    }


def signs(language: str) -> Markup:
    """Return the guide's list of warning signs, which Help now shows, too."""
    body = article(language, "body")
    return body.now if body else Markup()


@lru_cache(maxsize=1)
def bundled_helplines() -> tuple[Helpline, ...]:
    """Return the helplines in lines.yaml."""
    return tuple(parse_helplines(read_yaml(FILE), FILE.name))


def parse_helplines(entries: list[dict[str, Any]], place: str) -> list[Helpline]:
    """Validate helplines. Raises SettingError that names the helpline of each mistake."""
    found = []
    for number, entry in enumerate(entries, 1):
        found.append(validated(Helpline, entry, f"{place}, {entry.get('id', f'line {number}')}"))
    ids = [line.id for line in found]
    for line_id in ids:
        if ids.count(line_id) > 1:
            raise SettingError(f"{place}: the id {line_id!r} stands there twice.")
    return found


def apply_overrides(ours: list[Helpline], changes: HostOverrides, place: object) -> list[Helpline]:
    """Return the bundled helplines with the host's changes applied. Raises SettingError."""
    known = {line.id: line for line in ours}
    for line_id in [*changes.hide, *changes.edit]:
        if line_id not in known:
            raise SettingError(f"{place}: support: there is no line with the id {line_id!r}.")
    added = parse_helplines(changes.add, f"{place}, support.add")
    for line in added:
        if line.id in known:
            raise SettingError(f"{place}: support.add: {line.id!r} is there already; use edit.")
    for line_id, edited in changes.edit.items():
        entry = with_overrides(known[line_id], edited)
        known[line_id] = validated(Helpline, entry, f"{place}, support.edit, {line_id}")
    kept = [line for line_id, line in known.items() if line_id not in changes.hide]
    return added + kept


def country_name(country: str, language: str) -> str:
    """Return a country's name in a language."""
    return str(Locale(language).territories[country])


def language_names(codes: list[str]) -> str:
    """Return the names of languages in the page's language."""
    names = Locale(current_language()).languages
    return ", ".join(names[code] for code in codes)
