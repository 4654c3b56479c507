"""English, Spanish and whatever else has a folder in translations/.

Every page has its language in its address.
"""

from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, request

from shared_space.extensions import babel

TRANSLATIONS = Path(__file__).parent / "translations"
DEFAULT = "en"
WHOLE = (DEFAULT, "es")  # written side by side; the tests ask for every word of both
ADDED = tuple(
    sorted(
        folder.name
        for folder in TRANSLATIONS.iterdir()
        if folder.is_dir() and folder.name not in WHOLE
    )
)
LANGUAGES = {code: (Locale.parse(code).display_name or code).capitalize() for code in WHOLE + ADDED}


def register(app: Flask) -> None:
    """Let gettext speak the page's language and templates link to the other."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    babel.init_app(app, locale_selector=current)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, language=current, same_page=same_page)
    app.url_defaults(stay_in_language)


def current() -> str:
    """Return the language of this page."""
    return str(g.get("language", DEFAULT))


def preferred() -> str:
    """Return the language this browser asks for, English when it asks for none."""
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def stay_in_language(endpoint: str, values: dict[str, Any]) -> None:
    """Fill the language into every address that has one."""
    if "language" not in values and expects_language(endpoint):
        values["language"] = current()


def expects_language(endpoint: str | None) -> bool:
    """Tell whether an endpoint's address holds a language."""
    return endpoint is not None and current_app.url_map.is_endpoint_expecting(endpoint, "language")


def same_page(language: str) -> str:
    """Return this page's address in another language."""
    if not expects_language(request.endpoint):
        return f"/{language}/"
    return f"/{language}/{request.path.split('/', 2)[2]}"
