"""The host's own file, host.yaml: docs/host.example.yaml shows all of it."""

from pathlib import Path
from typing import Annotated, Self

from flask import Flask
from phonenumbers import NumberParseException, is_valid_number, parse
from pydantic import AfterValidator, Field, model_validator

from shared_space.support.lines import Changes
from shared_space.support.numbers import dialled
from shared_space.written import Both, Email, Language, Said, Shape, Web, load, shaped

NAME = "host.yaml"


def abroad(number: str) -> str:
    """Take a number that can be dialled from anywhere."""
    try:
        known = number.startswith("+") and is_valid_number(parse(number))
    except NumberParseException:
        known = False
    if not known:
        raise ValueError(f"{number!r} is not a whole number: begin with +, such as +1 512 555 0100")
    return number


class Reach(Shape):
    """How the host can be reached."""

    phone: Annotated[str, AfterValidator(abroad)] | None = None
    text: Annotated[str, AfterValidator(abroad)] | None = None
    email: Email | None = None
    web: Web | None = None
    note: Both | None = None

    @property
    def call(self) -> str:
        """Return what a telephone dials."""
        return f"tel:{dialled(self.phone or '')}"

    @property
    def write(self) -> str:
        """Return what a telephone opens to write to."""
        return f"sms:{dialled(self.text or '')}"


class Card(Shape):
    """Who hosts, for what, for people who are where, in which languages."""

    name: Said | Both
    who: Both
    what_for: Both | None = None
    for_whom: Both | None = None
    languages: list[Language] = Field(default=[])
    reach: Reach | None = None

    def named(self, language: str) -> str:
        """Return the name; it may be the same in every language."""
        return self.name if isinstance(self.name, str) else self.name[language]


class Privacy(Shape):
    """What people want to know before they sign up."""

    who: Both
    kept: Both
    ask: Both
    age: Both


class HostFile(Shape):
    """The whole file; each part may be left out."""

    card: Card | None = None
    privacy: Privacy | None = None
    support: Changes = Changes()

    @model_validator(mode="before")
    @classmethod
    def may_be_nothing(cls, content: object) -> object:
        """Take a file of comments alone as one that says nothing."""
        return {} if content is None else content

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a host's file."""
        return shaped(cls, load(path), str(path))


def register(app: Flask) -> None:
    """Read the host's file, where there is one; its card and notice are the same on every page."""
    given = app.config["SPACE_HOST_FILE"]
    path = Path(app.root_path).parent / given if given else app.config["DATA"] / NAME
    app.config["HOST_PATH"] = path
    app.config["HOST_FILE"] = HostFile.read(path) if given or path.exists() else HostFile()
    app.jinja_env.globals["host"] = app.config["HOST_FILE"]
