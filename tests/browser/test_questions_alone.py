"""Someone who is not linked sees no question about a second person."""

import yaml
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Couple, Person, go_to, newcomer
from tests.servers import ROOT, Server

QUESTIONS = yaml.safe_load((ROOT / "shared_space/talk/questions.yaml").read_text(encoding="utf-8"))
LINK = 'a[href*="/talk/question/"]'


def listed(person: Person) -> set[str]:
    """Return the ids of all questions on the page."""
    links = person.page.locator(f"#stage {LINK}")
    expect(links.first).to_be_attached()
    found = links.evaluate_all("links => links.map((link) => link.href.split('/').at(-1))")
    return set(found)


def test_what_needs_a_second_person_is_never_shown_to_one_alone(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(), server.origin)
    go_to(ana, "talk/questions")
    expect(ana.part("couples")).to_be_checked()
    assert listed(ana) == {question["id"] for question in QUESTIONS if not question.get("two")}
    go_to(ana, "talk/question/hold-back")
    ana.screen("questions")


def test_two_see_them_all(couple: Couple) -> None:
    ana, _ = couple
    go_to(ana, "talk/questions")
    expect(ana.part("couples")).to_be_checked()
    assert listed(ana) == {question["id"] for question in QUESTIONS}
    go_to(ana, "talk/question/hold-back")
    ana.screen("question")
