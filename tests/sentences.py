"""The app's sentences, in the language of a test."""

from functools import lru_cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.servers import ROOT

SPANISH = ROOT / "shared_space/translations/es/LC_MESSAGES/messages.po"


@lru_cache(maxsize=1)
def spanish() -> Catalog:
    """Return the Spanish catalogue."""
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es")


def say(language: str, english: str) -> str:
    """Return a sentence in a language. Raises if it has no translation."""
    message = spanish().get(english)
    assert message, f"nobody says {english!r}"
    return english if language == "en" else str(message.string)
