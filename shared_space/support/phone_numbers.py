"""Telephone numbers, held against the library that knows every country's plan."""

from phonenumbers import NumberParseException, is_valid_number, parse, shortnumberinfo


def is_known_number(number: str, country: str) -> bool:
    """Tell whether a number, as it is dialled in a country, can be one there: long or short."""
    try:
        parsed = parse(number, country)
    except NumberParseException:
        return False
    if is_valid_number(parsed):
        return True
    short = dialable(number).isdigit()  # the library would leave a star out, and know *911
    return short and shortnumberinfo.is_valid_short_number_for_region(parsed, country)


def dialable(number: str) -> str:
    """Return a number as a link holds it: digits, and a leading + or *."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+*")
