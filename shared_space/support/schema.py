"""The model of a helpline; docs/support.md explains every field."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from shared_space.content.strict_yaml import (
    Bilingual,
    EmailAddress,
    HttpsUrl,
    LanguageCode,
    NonEmptyStr,
    StrictModel,
    country_code,
)
from shared_space.support.phone_numbers import dialable, is_known_number

WORLD = "001"  # the whole world (UN M.49)
KINDS = ("crisis", "violence", "loss", "partners", "lgbtq", "medical", "directory")
STALE_AFTER = timedelta(days=365)  # the page then says that it may have changed

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Number = Annotated[str, StringConstraints(pattern=r"^[+*(]?\d[\d ()-]*$")]
Place = Annotated[str, AfterValidator(lambda code: code if code == WORLD else country_code(code))]


class ContactNumber(StrictModel):
    """A number as dialled in its country."""

    number: Number
    note: Bilingual | None = None
    reviewed: NonEmptyStr | None = None  # why a number that `phonenumbers` does not know is right


class PhoneNumber(ContactNumber):
    """A number to call."""

    @property
    def link(self) -> str:
        """Return a `tel:` URL (RFC 3966)."""
        return f"tel:{dialable(self.number)}"


class TextNumber(ContactNumber):
    """A number for text messages, and the word to send."""

    word: NonEmptyStr | None = None
    language: LanguageCode | None = None
    by: Literal["sms", "whatsapp"] = "sms"

    @property
    def link(self) -> str:
        """Return an `sms:` URL with the word as its body (RFC 5724)."""
        if self.by == "whatsapp":
            return f"https://wa.me/{dialable(self.number).lstrip('+')}"
        # iOS expects `&body`, everything else `?body`; both together work everywhere.
        word = f"?&body={quote(self.word)}" if self.word else ""
        return f"sms:{dialable(self.number)}{word}"


class Helpline(StrictModel):
    """A helpline or an organisation."""

    id: Slug
    name: NonEmptyStr | Bilingual
    kind: Literal[*KINDS]  # type: ignore[valid-type]
    countries: list[Place] = Field(min_length=1)
    languages: list[LanguageCode] = Field(default=[])
    phones: list[PhoneNumber] = Field(default=[])
    texts: list[TextNumber] = Field(default=[])
    email: EmailAddress | None = None
    web: HttpsUrl | None = None
    hours: Bilingual | None = None
    note: Bilingual
    emergency: bool = False
    last_checked: date
    source_year: int | None = None
    sources: list[NonEmptyStr] = Field(default=[])

    @model_validator(mode="after")
    def can_be_reached(self) -> Self:
        """Refuse an entry without any way to reach it, and an emergency without a number."""
        if not (self.phones or self.texts or self.email or self.web):
            raise ValueError("it has no phones, texts, email or web: nobody could reach it")
        if self.emergency and not self.phones:
            raise ValueError("an emergency needs a number under phones")
        return self

    @model_validator(mode="after")
    def has_real_numbers(self) -> Self:
        """Refuse numbers that cannot be dialled in the country, unless they have been reviewed."""
        for one in self.numbers:
            unknown = [code for code in self.countries if not is_known_number(one.number, code)]
            if unknown and not one.reviewed:
                raise ValueError(
                    f"{one.number!r} is not a number of {', '.join(unknown)}. If you have "
                    "dialled it and it is right, say so beside it: reviewed: how you know"
                )
            if one.reviewed and not unknown:
                raise ValueError(f"{one.number!r} is a known number and needs no reviewed")
        return self

    @property
    def numbers(self) -> list[ContactNumber]:
        """Return all numbers, for calls and for text messages."""
        return [*self.phones, *self.texts]

    def localized_name(self, language: str) -> str:
        """Return the name in a language; most have one name only."""
        return self.name if isinstance(self.name, str) else self.name[language]

    def texts_for(self, language: str) -> list[TextNumber]:
        """Return the numbers for text messages, those in this language first."""
        return sorted(self.texts, key=lambda text: text.language not in (None, language))

    def speaks(self, language: str) -> bool:
        """Return whether a language is spoken there, which is assumed if none is given."""
        return not self.languages or language in self.languages

    def is_stale(self, today: date) -> bool:
        """Return whether the entry was last checked more than a year ago."""
        return today - self.last_checked > STALE_AFTER

    @property
    def stale_source_year(self) -> int | None:
        """Return the year of the source, if the source was old when it was read."""
        year = self.source_year
        return year if year and self.last_checked.year - year > 1 else None


def with_overrides(line: Helpline, changes: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as YAML data, with some keys replaced."""
    return line.model_dump(exclude_unset=True) | changes
