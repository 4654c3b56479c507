"""The helplines in a real browser: the country is found on the device, and nothing is sent."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.conftest import Serve
from tests.servers import Server

TEXAS = {"timezone_id": "America/Chicago", "locale": "es-MX"}


def country(page: Page) -> str:
    """Return the country in the heading, once the page has found one."""
    expect(page.locator('[data-part="where"]')).to_be_visible()
    return page.locator('[data-part="place"]').inner_text()


def test_a_mexican_phone_in_texas_gets_the_lines_of_texas_and_may_change_it(
    new_context: NewContext, server: Server
) -> None:
    page = new_context(**TEXAS).new_page()
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.url} {one.post_data or ''}"))
    page.goto(f"{server.origin}/es/help")
    assert country(page) == "Estados Unidos"
    lifeline = page.locator('[data-country="US"] [data-line="us-988"]')
    expect(lifeline.get_by_role("link", name="Llamar al 988")).to_have_attribute("href", "tel:988")
    expect(lifeline.get_by_text("En español, la tecla 2.")).to_be_visible()
    expect(page.locator('[data-country="US"] > .danger .button')).to_have_text("Llamar al 911")
    expect(page.get_by_text("Línea de la Vida")).to_be_hidden()
    page.get_by_role("button", name="Cambiar").click()
    expect(page.locator('[data-part="where"]')).to_be_hidden()
    expect(page.locator("details.country > summary").first).to_be_focused()
    page.locator("summary", has_text="México").click()
    assert country(page) == "México"
    expect(page.get_by_text("Línea de la Vida")).to_be_visible()
    expect(lifeline).to_be_hidden()
    # The choice is stored on this device, and used inside the space, too.
    for path in ("/en/help", "/es/space/help"):
        page.goto(server.origin + path)
        assert country(page) in ("Mexico", "México")
    assert len(sent) > 10
    assert [one for one in sent if re.search(r"America|Chicago|\bMX\b|\bUS\b", one)] == []


def test_where_nothing_tells_the_page_asks(new_context: NewContext, server: Server) -> None:
    page = new_context(timezone_id="Europe/Paris", locale="es-ES").new_page()
    page.goto(f"{server.origin}/en/help")
    expect(page.locator('[data-part="ask"]')).to_be_visible()
    expect(page.locator('[data-part="where"]')).to_be_hidden()
    assert page.locator("details.country:visible").count() == 13
    assert page.locator("details.country[open]").count() == 0
    expect(page.get_by_role("link", name="findahelpline.com")).to_be_visible()
    page.locator("summary", has_text="Ireland").click()
    assert country(page) == "Ireland"
    expect(page.get_by_role("button", name="Change")).to_be_focused()


def test_the_hosts_country_goes_before_the_time_zone(new_context: NewContext, serve: Serve) -> None:
    server = serve(SPACE_COUNTRY="GB")
    page = new_context(timezone_id="America/Chicago").new_page()
    page.goto(f"{server.origin}/en/help")
    assert country(page) == "United Kingdom"


def test_an_address_that_names_violence_opens_it(new_context: NewContext, server: Server) -> None:
    page = new_context(timezone_id="America/New_York").new_page()
    hotline = page.locator('[data-country="US"] [data-line="us-ndvh"] h3')
    for path in ("help", "space/help"):
        page.goto(f"{server.origin}/en/{path}#violence")
        expect(hotline).to_be_in_viewport()
    page.goto(f"{server.origin}/en/sign-in")
    expect(page.locator('body[data-screen="sign-in"]')).to_be_visible()
    page.evaluate(
        """() => { const link = document.createElement("a");
        link.href = "/en/space/help#violence";
        document.getElementById("stage").append(link);
        link.click(); }"""
    )
    expect(hotline).to_be_in_viewport()
    expect(page).to_have_url(f"{server.origin}/en/space/help#violence")
    assert page.locator("#violence").count() == 1


def test_without_javascript_every_country_is_there_folded(
    new_context: NewContext, server: Server
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server.origin}/en/help#violence")
    assert page.locator("details.country:visible").count() == 13
    expect(page.locator("#violence h2")).to_be_in_viewport()
    page.locator("summary", has_text="Spain").click()
    page.locator('[data-country="ES"] [data-kind="violence"] > summary').click()
    expect(page.locator('[data-line="es-016"] .button')).to_have_attribute("href", "tel:016")


def test_how_this_protects_is_read_before_signing_up_and_nothing_typed_goes(
    new_context: NewContext, server: Server
) -> None:
    page = new_context().new_page()
    page.goto(f"{server.origin}/en/sign-up")
    page.locator('[data-part="login"]').fill("quiet-river")
    page.locator(".about summary").click()
    expect(page.get_by_text("If you are afraid of the person who runs it")).to_be_visible()
    expect(page.locator('[data-part="login"]')).to_have_value("quiet-river")
