"""The guide's parts: Markdown with front matter, `guide/<language>/<part>.md`."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from markupsafe import Markup

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Part:
    """One part of the guide in one language."""

    id: str
    title: str
    short: str
    order: int
    reviewed: date
    do: tuple[dict[str, str], ...]
    sources: tuple[dict[str, str], ...]
    html: Markup


@lru_cache(maxsize=8)
def parts(language: str) -> tuple[Part, ...]:
    """Return every part in a language, in order."""
    found = [read(path) for path in (FOLDER / language).glob("*.md")]
    return tuple(sorted(found, key=lambda part: part.order))


def read(path: Path) -> Part:
    """Read one file: front matter between two lines of ---, then Markdown."""
    _, front, text = path.read_text().split("---\n", 2)
    about: dict[str, Any] = yaml.safe_load(front)
    return Part(
        id=path.stem,
        title=about["title"],
        short=about["short"],
        order=about["order"],
        reviewed=about["reviewed"],
        do=tuple(about.get("do", ())),
        sources=tuple(about.get("sources", ())),
        html=Markup(Markdown().convert(text)),  # noqa: S704 our own files, no member's text
    )


def part(language: str, part_id: str) -> Part | None:
    """Return one part."""
    return next((one for one in parts(language) if one.id == part_id), None)
