"""The host's own file, host.yaml: docs/host.example.yaml shows all of it."""

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
    """Take a number that can be dialled from anywhere."""
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
    def call(self) -> str:
        """Return what a telephone dials."""
        return f"tel:{dialable(self.phone or '')}"

    @property
    def write(self) -> str:
        """Return what a telephone opens to write to."""
        return f"sms:{dialable(self.text or '')}"


class Card(StrictModel):
    """Who hosts, for what, for people who are where, in which languages."""

    name: NonEmptyStr | Bilingual
    who: Bilingual
    what_for: Bilingual | None = None
    for_whom: Bilingual | None = None
    languages: list[LanguageCode] = Field(default=[])
    reach: ContactDetails | None = None

    def named(self, language: str) -> str:
        """Return the name; it may be the same in every language."""
        return self.name if isinstance(self.name, str) else self.name[language]


class Privacy(StrictModel):
    """What people want to know before they sign up."""

    who: Bilingual
    kept: Bilingual
    ask: Bilingual
    age: Bilingual


class HostFile(StrictModel):
    """The whole file; each part may be left out."""

    card: Card | None = None
    privacy: Privacy | None = None
    support: HostOverrides = HostOverrides()

    @model_validator(mode="before")
    @classmethod
    def may_be_nothing(cls, content: object) -> object:
        """Take a file of comments alone as one that says nothing."""
        return {} if content is None else content

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a host's file."""
        return validated(cls, load_yaml(path), str(path))


def register(app: Flask) -> None:
    """Read the host's file, where there is one; its card and notice are the same on every page."""
    given = app.config["SPACE_HOST_FILE"]
    path = BASE / given if given else app.config["DATA"] / NAME
    app.config["HOST_PATH"] = path
    adopt(app, HostFile.read(path) if given or path.exists() else HostFile())


def adopt(app: Flask, file: HostFile) -> None:
    """Let the pages say what is in a host's file."""
    app.config["HOST_FILE"] = file
    app.config.setdefault("HOST_PATH", NAME)
    app.jinja_env.globals["host"] = file
