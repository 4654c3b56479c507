"""The matters that "Side by side" offers."""

import re
from typing import Any

import yaml

from tests.servers import ROOT

# Answers are paired by the id of their matter, so these ids must never change or disappear.
STABLE = (
    "tell-family tell-friends tell-neighbours say-a-name visits burial ashes goodbye pictures room "
    "things leave-from-work tell-work due-date check-up results what-next"
)
ID = re.compile(r"[a-z]+(-[a-z]+)*")
MATTERS: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "shared_space/matters/offered.yaml").read_text(encoding="utf-8")
)


def test_every_matter_is_said_in_both_languages_and_none_has_gone() -> None:
    ids = [matter["id"] for matter in MATTERS]
    assert len(ids) == len(set(ids))
    assert set(STABLE.split()) - set(ids) == set()
    for one in MATTERS:
        assert ID.fullmatch(one["id"])
        assert one["id"] != "mine"  # "mine" has a meaning of its own in the address
        for language in ("en", "es"):
            assert one[language] == one[language].strip() != ""
            assert len(one[language]) <= 60
            assert not re.search(r"[?\d]|should|must|hay que|deb[eo]", one[language])


def test_no_question_has_an_id_that_a_matter_is_answered_under() -> None:
    questions = (ROOT / "shared_space/talk/questions.yaml").read_text(encoding="utf-8")
    assert not any("/" in one["id"] for one in yaml.safe_load(questions))
