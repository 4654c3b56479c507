"""Which languages there are: English, Spanish and every other folder in translations/."""

from pathlib import Path

from babel import Locale

TRANSLATIONS = Path(__file__).parents[1] / "translations"
DEFAULT = "en"
BUILTIN = (DEFAULT, "es")  # written side by side; the tests ask for every word of both
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
