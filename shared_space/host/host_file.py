"""The host's file, host.yaml; docs/host.example.yaml is a complete example."""

from pathlib import Path
from typing import Annotated, Self

from flask import Flask
from phonenumbers import NumberParseException, is_valid_number, parse
from pydantic import AfterValidator, Field, model_validator

from shared_space.content.strict_yaml import (
    Bilingual,
    EmailAddress,
    HttpsUrl,
    LanguageCode,
    NonEmptyStr,
    StrictModel,
    load_yaml,
    validated,
)
from shared_space.folders import BASE
from shared_space.support.directory import HostOverrides
from shared_space.support.phone_numbers import dialable

NAME = "host.yaml"


def international_number(number: str) -> str:
    """Validate a telephone number in international format."""
    try:
        known = number.startswith("+") and is_valid_number(parse(number))
    except NumberParseException:
        known = False
    if not known:
        raise ValueError(f"{number!r} is not a whole number: begin with +, such as +1 512 555 0100")
    return number


class ContactDetails(StrictModel):
    """How the host can be reached."""

    phone: Annotated[str, AfterValidator(international_number)] | None = None
    text: Annotated[str, AfterValidator(international_number)] | None = None
    email: EmailAddress | None = None
    web: HttpsUrl | None = None
    note: Bilingual | None = None

    @property
    def tel_url(self) -> str:
        """Return a `tel:` URL (RFC 3966)."""
        return f"tel:{dialable(self.phone or '')}"

    @property
    def sms_url(self) -> str:
        """Return an `sms:` URL (RFC 5724)."""
        return f"sms:{dialable(self.text or '')}"


class Card(StrictModel):
    """Who the host is, for whom they run this, and how to reach them."""

    name: NonEmptyStr | Bilingual
    who: Bilingual
    what_for: Bilingual | None = None
    for_whom: Bilingual | None = None
    languages: list[LanguageCode] = Field(default=[])
    reach: ContactDetails | None = None

    def localized_name(self, language: str) -> str:
        """Return the host's name in a language."""
        return self.name if isinstance(self.name, str) else self.name[language]


class Privacy(StrictModel):
    """The privacy notice, which people can read before they sign up."""

    who: Bilingual
    kept: Bilingual
    ask: Bilingual
    age: Bilingual


class HostFile(StrictModel):
    """The whole file. Every part is optional."""

    card: Card | None = None
    privacy: Privacy | None = None
    support: HostOverrides = HostOverrides()

    @model_validator(mode="before")
    @classmethod
    def empty_file_is_valid(cls, content: object) -> object:
        """Accept a file that is empty or has only comments."""
        return {} if content is None else content

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a host's file. Raises SettingError."""
        return validated(cls, load_yaml(path), str(path))


def register(app: Flask) -> None:
    """Load the host's file, if there is one, at start."""
    given = app.config["SPACE_HOST_FILE"]
    path = BASE / given if given else app.config["DATA"] / NAME
    app.config["HOST_PATH"] = path
    adopt(app, HostFile.read(path) if given or path.exists() else HostFile())


def adopt(app: Flask, file: HostFile) -> None:
    """Make the content of a host's file available to all pages."""
    app.config["HOST_FILE"] = file
    app.config.setdefault("HOST_PATH", NAME)
    app.jinja_env.globals["host"] = file
