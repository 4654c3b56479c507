"""The page with the helplines, and what a host can change on it."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from shared_space import clock
from shared_space.config import SettingError
from shared_space.support.directory import (
    HostOverrides,
    apply_overrides,
    bundled_helplines,
    parse_helplines,
)
from shared_space.support.time_zones import time_zones
from tests.conftest import MakeApp
from tests.test_support import LINES, NEEDED, card, page


def test_two_lines_with_the_same_id_are_refused() -> None:
    with pytest.raises(SettingError, match="the id 'somewhere' stands there twice"):
        parse_helplines([NEEDED, NEEDED], "here")


def test_a_host_hides_edits_and_adds() -> None:
    here = HostOverrides.model_validate(
        {
            "hide": ["us-crisis-text-line"],
            "edit": {"us-988": {"note": {"en": "Ours.", "es": "Lo nuestro."}}},
            "add": [NEEDED],
        }
    )
    found = {
        line.id: line for line in apply_overrides(list(bundled_helplines()), here, "host.yaml")
    }
    assert "us-crisis-text-line" not in found
    assert found["us-988"].note["es"] == "Lo nuestro."
    assert found["us-988"].phones[0].number == "988"
    assert "somewhere" in found
    assert len(found) == len(bundled_helplines())
    assert "us-crisis-text-line" in {
        line.id for line in bundled_helplines()
    }  # the built-in ones stay


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"hide": ["us-999"]}, "h: support: there is no line with the id 'us-999'."),
        ({"edit": {"us-999": {}}}, "h: support: there is no line with the id 'us-999'."),
        ({"edit": {"us-988": {"colour": "red"}}}, "h, support.edit, us-988: colour: there is no"),
        ({"add": [NEEDED | {"id": "us-988"}]}, "h: support.add: 'us-988' is there already; use"),
        ({"add": [NEEDED | {"web": None}]}, "h, support.add, somewhere: it has no phones"),
        ({"add": [{"kind": "loss"}]}, "h, support.add, line 1: id: it is missing."),
    ],
)
def test_each_mistake_of_a_host_is_named_exactly(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingError) as error:
        apply_overrides(list(bundled_helplines()), HostOverrides.model_validate(changes), "h")
    assert str(error.value).startswith(said)


def test_the_page_says_when_a_line_was_checked_and_when_that_was_long_ago(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 11, 23, 12, tzinfo=UTC))
    fresh = card(page(app), "us-988")
    assert "Checked on November 23, 2026." in fresh
    assert "over a year ago" not in fresh
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 11, 24, 12, tzinfo=UTC))
    assert "That is over a year ago; it may have changed." in card(page(app), "us-988")
    assert "The source is from 2019." in card(page(app), "es-016")
    assert "The source is from" not in fresh


def test_the_page_holds_every_country_folded_and_a_time_zones_old_names(make_app: MakeApp) -> None:
    text = page(make_app(), "/es/help")
    folds = re.findall(r'<details class="country" data-country="(\w\w)"[^>]*?( open)?>', text)
    assert {code for code, _ in folds} == set(LINES.countries)
    assert {opened for _, opened in folds} == {""}
    assert "<summary>Estados Unidos</summary>" in text
    assert text.count('data-kind="violence"') == len(folds)
    assert text.count('id="violence"') == 1
    assert {"America/Chicago", "US/Central"} <= set(time_zones("US"))
    assert {"America/Argentina/Buenos_Aires", "America/Buenos_Aires"} <= set(time_zones("AR"))
    assert time_zones("PR") == ("America/Puerto_Rico",)


def test_no_time_zone_belongs_to_two_countries() -> None:
    every = [zone for country in LINES.countries for zone in time_zones(country)]
    assert len(every) == len(set(every)) > 100


def test_the_hosts_country_is_open_without_javascript_too(make_app: MakeApp) -> None:
    text = page(make_app(SPACE_COUNTRY="MX"))
    assert re.search(r'data-country="MX" data-zones="[^"]*" open>', text)
    assert text.count(" open>") == 1
    assert 'data-host="MX"' in text
    with pytest.raises(
        SettingError, match=r"SPACE_COUNTRY: 'FR' has no help lines. It is one of AR"
    ):
        make_app(SPACE_COUNTRY="FR")
    with pytest.raises(SettingError, match="SPACE_COUNTRY: 'us' has no help lines"):
        make_app(SPACE_COUNTRY="us")


@pytest.mark.parametrize("path", ["/en/help", "/en/space/help"])
def test_every_link_leads_to_a_telephone_or_an_organisation(make_app: MakeApp, path: str) -> None:
    found = set(re.findall(r'href="([a-z]+:[^"]+)"', page(make_app(), path)))
    own = re.compile(r"tel:[+*]?\d+|sms:\d+(\?&amp;body=[A-Z]+)?|mailto:\S+@\S+|https?://\S+")
    assert len([link for link in found if link.startswith("tel:")]) > 30
    assert [link for link in found if not own.fullmatch(link)] == []
    webs = {line.web for line in LINES.lines if line.web}
    assert webs <= found
