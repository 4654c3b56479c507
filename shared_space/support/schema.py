"""What a line may hold: docs/support.md, field by field."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared_space.support.numbers import dialled, is_known
from shared_space.written import Both, Email, Language, Said, Shape, Web, known_country

WORLD = "001"  # the world's own code (UN M.49)
KINDS = ("crisis", "violence", "loss", "partners", "lgbtq", "medical", "directory")
OLD = timedelta(days=365)  # after a year a number may have changed, and the page says so

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Number = Annotated[str, StringConstraints(pattern=r"^[+*(]?\d[\d ()-]*$")]
Place = Annotated[str, AfterValidator(lambda code: code if code == WORLD else known_country(code))]


class Way(Shape):
    """A number, as it is dialled in its country."""

    number: Number
    note: Both | None = None
    reviewed: Said | None = None  # why a number that the library does not know is right


class Phone(Way):
    """A number to call."""

    @property
    def link(self) -> str:
        """Return what a telephone dials."""
        return f"tel:{dialled(self.number)}"


class Text(Way):
    """A number to write to, and the word to send."""

    word: Said | None = None
    language: Language | None = None
    by: Literal["sms", "whatsapp"] = "sms"

    @property
    def link(self) -> str:
        """Return what a telephone opens with the word already there."""
        if self.by == "whatsapp":
            return f"https://wa.me/{dialled(self.number).lstrip('+')}"
        # iPhones want the &, the others the ?: both together suit both.
        word = f"?&body={quote(self.word)}" if self.word else ""
        return f"sms:{dialled(self.number)}{word}"


class Line(Shape):
    """One line or organisation."""

    id: Id
    name: Said | Both
    kind: Literal[*KINDS]  # type: ignore[valid-type]
    countries: list[Place] = Field(min_length=1)
    languages: list[Language] = Field(default=[])
    phones: list[Phone] = Field(default=[])
    texts: list[Text] = Field(default=[])
    email: Email | None = None
    web: Web | None = None
    hours: Both | None = None
    note: Both
    emergency: bool = False
    last_checked: date
    source_year: int | None = None
    sources: list[Said] = Field(default=[])

    @model_validator(mode="after")
    def can_be_reached(self) -> Self:
        """Refuse a line that nobody could reach, and an emergency without a number."""
        if not (self.phones or self.texts or self.email or self.web):
            raise ValueError("it has no phones, texts, email or web: nobody could reach it")
        if self.emergency and not self.phones:
            raise ValueError("an emergency needs a number under phones")
        return self

    @model_validator(mode="after")
    def has_real_numbers(self) -> Self:
        """Refuse a number that no telephone there can dial, unless somebody has reviewed it."""
        for one in self.ways:
            unknown = [code for code in self.countries if not is_known(one.number, code)]
            if unknown and not one.reviewed:
                raise ValueError(
                    f"{one.number!r} is not a number of {', '.join(unknown)}. If you have "
                    "dialled it and it is right, say so beside it: reviewed: how you know"
                )
            if one.reviewed and not unknown:
                raise ValueError(f"{one.number!r} is a known number and needs no reviewed")
        return self

    @property
    def ways(self) -> list[Way]:
        """Return every number, to call and to write to."""
        return [*self.phones, *self.texts]

    def named(self, language: str) -> str:
        """Return the name; most have the same in every language."""
        return self.name if isinstance(self.name, str) else self.name[language]

    def texts_for(self, language: str) -> list[Text]:
        """Return the ways to write, one's own language first."""
        return sorted(self.texts, key=lambda text: text.language not in (None, language))

    def speaks(self, language: str) -> bool:
        """Tell whether a language is spoken there; one that names none may speak it."""
        return not self.languages or language in self.languages

    def is_old(self, today: date) -> bool:
        """Tell whether it was last checked over a year ago."""
        return today - self.last_checked > OLD

    @property
    def read_in(self) -> int | None:
        """Return the year of what was read, when that was old already."""
        year = self.source_year
        return year if year and self.last_checked.year - year > 1 else None


def changed(line: Line, changes: dict[str, Any]) -> dict[str, Any]:
    """Return a line as it would stand in a file, with some entries replaced."""
    return line.model_dump(exclude_unset=True) | changes
