"""Free text has no `maxlength`, because browsers cut longer texts without telling anyone."""

import re

from tests.servers import ROOT

# Fields with a fixed form: codes, dates, the groups of a recovery sheet, search terms.
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
