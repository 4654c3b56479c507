"""The languages of the app: English, Spanish and every other folder in translations/."""

from pathlib import Path

from babel import Locale

TRANSLATIONS = Path(__file__).parents[1] / "translations"
DEFAULT = "en"
BUILTIN = (DEFAULT, "es")  # complete; the tests check every sentence of both
CONTRIBUTED = tuple(
    sorted(
        folder.name
        for folder in TRANSLATIONS.iterdir()
        if folder.is_dir() and folder.name not in BUILTIN
    )
)
LANGUAGES = {
    code: (Locale.parse(code).display_name or code).capitalize() for code in BUILTIN + CONTRIBUTED
}
