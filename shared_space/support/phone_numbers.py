"""Validation of telephone numbers with `phonenumbers`, which knows every country's plan."""

from phonenumbers import NumberParseException, is_valid_number, parse, shortnumberinfo


def is_known_number(number: str, country: str) -> bool:
    """Return whether a number, as dialled in a country, is a valid long or short number there."""
    try:
        parsed = parse(number, country)
    except NumberParseException:
        return False
    if is_valid_number(parsed):
        return True
    short = dialable(number).isdigit()  # the library ignores a star, and would accept *911
    return short and shortnumberinfo.is_valid_short_number_for_region(parsed, country)


def dialable(number: str) -> str:
    """Return a number's digits with a leading + or *, as a `tel:` URL needs it."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+*")
