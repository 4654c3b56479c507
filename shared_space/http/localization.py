"""The language of a page, which is part of its URL."""

from typing import Any

from flask import Flask, current_app, g, request

from shared_space.content.languages import DEFAULT, LANGUAGES
from shared_space.extensions import babel

SHELL = "app_shell.space"


def register(app: Flask) -> None:
    """Select gettext's language by the URL, and give templates links to the other languages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    babel.init_app(app, locale_selector=current_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals.update(
        LANGUAGES=LANGUAGES, language=current_language, same_page=translated_url
    )
    app.url_defaults(add_language_default)


def current_language() -> str:
    """Return the code of this page's language."""
    return str(g.get("language", DEFAULT))


def preferred_language() -> str:
    """Return the best match for the browser's Accept-Language header; English if there is none."""
    return request.accept_languages.best_match(list(LANGUAGES)) or DEFAULT


def add_language_default(endpoint: str, values: dict[str, Any]) -> None:
    """Add the current language to URLs that need one."""
    if "language" not in values and expects_language(endpoint):
        values["language"] = current_language()


def expects_language(endpoint: str | None) -> bool:
    """Return whether an endpoint's URL contains a language."""
    return endpoint is not None and current_app.url_map.is_endpoint_expecting(endpoint, "language")


def translated_url(language: str) -> str:
    """Return this page's URL in another language.

    Inside the shell it is the URL of the first screen, so that every screen is served the same
    bytes; a script corrects the link for the screen that is shown.
    """
    if request.endpoint == SHELL:
        return f"/{language}/space/"
    if not expects_language(request.endpoint):
        return f"/{language}/"
    return f"/{language}/{request.path.split('/', 2)[2]}"
