"""The browser that the other tests rely on is a real one, and reports errors."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Axe


def test_a_page_has_what_the_keys_need(page: Page) -> None:
    page.goto("about:blank")
    assert page.evaluate("typeof WebAssembly") == "object"


def test_axe_finds_a_picture_without_words(page: Page, axe: Axe) -> None:
    page.set_content("<html lang=en><title>One</title><main><h1>One</h1><img src=data:,></main>")
    assert [line.split(":")[0] for line in axe(page)] == ["image-alt"]


def test_an_exception_on_a_page_is_noticed(page: Page, complaints: list[str]) -> None:
    page.set_content("<button onclick='nothing()'>One</button>")
    page.get_by_role("button").click()
    with page.expect_console_message(lambda message: message.text == "after"):
        page.evaluate("console.log('after')")
    assert any("nothing is not defined" in complaint for complaint in complaints)
    complaints.clear()


def test_the_worker_keeps_one_browser(page: Page, request: pytest.FixtureRequest) -> None:
    assert page.context.browser is request.getfixturevalue("browser")
