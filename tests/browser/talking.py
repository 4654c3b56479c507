"""What people do with questions in real browsers, and network faults while they answer."""

import re
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.browser.partners import KEY_MILLISECONDS, Person, go_to

ANSWERS = re.compile(r"/api/talk/answers")
GIVE = '[data-part="give"]'


def reopen(person: Person, screen: str) -> None:
    """Unlock a page; deriving the key takes a while on a busy machine."""
    person.unlock()
    there = person.page.locator(f'body[data-screen="{screen}"]')
    expect(there).to_be_visible(timeout=KEY_MILLISECONDS)


def ask(person: Person, question: str) -> None:
    """Open a question."""
    go_to(person, f"talk/question/{question}")
    person.screen("question")


def told(person: Person) -> list[dict[str, Any]]:
    """Return the answers that the server sends to a person."""
    answers = "fetch('/api/talk/answers').then((answer) => answer.json())"
    pairs: list[dict[str, Any]] = person.page.evaluate(answers)["answers"]
    return pairs


def shared_place(person: Person) -> int:
    """Return the current place of the shared journal."""
    path = "fetch('/api/me').then((me) => me.json()).then((me) => fetch(`/api/journals/${me.space.id}/entries`)).then((all) => all.json())"
    return int(person.page.evaluate(path)["place"])


def give(person: Person, text: str) -> None:
    """Answer a question in words."""
    person.fill("text", text)
    person.tap(person.page.locator(GIVE))


def unfold_answered(person: Person) -> None:
    """Open the list of questions that have answers, unless it is open."""
    expect(person.part("with-answers")).to_be_visible()
    if person.part("with-answers").get_attribute("open") is None:
        person.tap(person.part("with-answers").locator("summary"))


def cards(person: Person) -> Locator:
    """Find the answers that are readable."""
    return person.page.locator('[data-part="answers"] .card')


def no_reply(page: Page, *methods: str) -> None:
    """Let requests about answers reach the server, but no response reach the page."""

    def swallow(route: Route) -> None:
        if route.request.method in methods:
            with suppress(Error):  # the test may have finished, or allowed responses again
                route.fetch()
                route.abort()
        else:
            route.continue_()

    page.route(ANSWERS, swallow)


def second_tab(ana: Person) -> Person:
    """Open Talk in another tab of the same browser, and unlock it."""
    other = Person(ana.context.new_page(), ana.origin, ana.language, ana.login, ana.words)
    other.go("space/talk")
    reopen(other, "talk")
    return other


def without_news(page: Page) -> None:
    """Let a page receive no answers until it has sent one itself."""
    sent = []

    def answers(route: Route) -> None:
        if route.request.method == "PUT":
            sent.append(route.request)
        if sent:
            route.continue_()
        else:
            route.abort()

    page.route(ANSWERS, answers)
