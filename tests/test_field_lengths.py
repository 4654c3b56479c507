"""No field cuts what somebody writes: a browser does that without a word."""

import re

from tests.servers import ROOT

# A form of its own: a code, a date, a sheet's group, words to search for.
FIXED = {
    "sf-code",
    "om-code",
    "da-date",
    "da-year",
    "sheet-one",
    "sheet-two",
    "fi-words",
}
FIELD = re.compile(r"<(?:textarea|input)\b[^>]*maxlength[^>]*>")


def test_only_what_has_a_form_of_its_own_has_a_greatest_length() -> None:
    fields = [
        found
        for page in (ROOT / "templates").rglob("*.html")
        for found in FIELD.findall(page.read_text())
    ]
    assert {re.sub(r'.*\bid="([\w-]+)".*', r"\1", field) for field in fields} == FIXED
