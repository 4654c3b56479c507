"""Strict validation of YAML that people write by hand, with one sentence for each mistake."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from babel import Locale
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from shared_space.config import SettingError

NonEmptyStr = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
HttpsUrl = Annotated[str, StringConstraints(pattern=r"^https://[\w.-]+\.[a-z]+(/\S*)?$")]
EmailAddress = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")]

QUOTES = "a text is wanted here: write it between quotation marks"
MESSAGES = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such entry",
    "string_type": QUOTES,
    "string_too_short": "it is empty",
    "date_type": "a day is wanted here: 2026-11-23",
    "list_type": "a list is wanted here",
    "model_type": "entries are wanted here, each with its name and a colon",
    "dict_type": "entries are wanted here, each with its name and a colon",
    "int_type": "a whole number is wanted here",
    "bool_type": "true or false is wanted here",
}
PATTERN_MESSAGES = {
    "https": "a web address is wanted here, with https://",
    "@": "an e-mail address is wanted",
}


class StrictModel(BaseModel):
    """Base class of file models. Unknown keys and implicit conversions are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Bilingual(StrictModel):
    """A text in English and Spanish; other languages show the English one."""

    en: NonEmptyStr
    es: NonEmptyStr

    def __getitem__(self, language: str) -> str:
        """Return the text in a language."""
        return str(getattr(self, language, self.en))


@lru_cache(maxsize=1)
def english_locale() -> Locale:
    """Return the English locale, whose lists of names contain every standard code."""
    return Locale("en")


def country_code(code: str) -> str:
    """Validate a country code (ISO 3166-1 alpha-2)."""
    if not (len(code) == 2 and code.isupper() and code in english_locale().territories):
        raise ValueError(f"{code!r} is not the code of a country: two large letters, such as US")
    return code


def language_code(code: str) -> str:
    """Validate a language code (ISO 639)."""
    if not (code.isalpha() and code in english_locale().languages):
        raise ValueError(f"{code!r} is not the code of a language: small letters, such as es")
    return code


CountryCode = Annotated[str, AfterValidator(country_code)]
LanguageCode = Annotated[str, AfterValidator(language_code)]
Model = TypeVar("Model", bound=BaseModel)


def load_yaml(path: Path) -> Any:
    """Parse a YAML file. Raises SettingError that names the file, the line and the mistake."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingError(f"{path}: there is no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: it cannot be read ({error.__class__.__name__}).") from None
    return parsed_yaml(text, str(path))


def parsed_yaml(text: str, place: str) -> Any:
    """Parse YAML. Raises SettingError that names the place, the line and the mistake."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        why = getattr(error, "problem", None) or "it is not YAML"
        raise SettingError(f"{place}{where}: {why}.") from None


def validated(model: type[Model], content: object, place: str) -> Model:
    """Validate parsed YAML as a model. Raises SettingError with all mistakes."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        wrong = [f"{place}: {error_location(one)}{error_message(one)}." for one in error.errors()]
        raise SettingError("\n".join(wrong)) from None


def error_location(error: ErrorDetails) -> str:
    """Return the path of keys to a mistake, or nothing if it concerns the whole file."""
    return f"{'.'.join(str(step) for step in error['loc'])}: " if error["loc"] else ""


def error_message(error: ErrorDetails) -> str:
    """Return a mistake in words that need no knowledge of programming."""
    if error["type"] == "string_pattern_mismatch":
        pattern = str(error["ctx"]["pattern"])
        return next(said for sign, said in PATTERN_MESSAGES.items() if sign in pattern)
    said = MESSAGES.get(error["type"], error["msg"])
    return said.removeprefix("Value error, ")
