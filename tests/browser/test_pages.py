"""Every page: accessible according to axe, in both themes, and large text fits in each language."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from shared_space.guide.articles import articles
from tests.browser.addresses import ALONE, ELSEWHERE, LINKED, OUT, PUBLIC, REMEMBERING
from tests.browser.conftest import Axe
from tests.browser.layout import look
from tests.browser.partners import Couple, Person, go_to, newcomer, open_browser
from tests.servers import ROOT, Server


def open_screen(person: Person, path: str) -> None:
    """Go to the screen of an address; of a question or a keepsake, the first that is there."""
    questions = person.page.locator("#question-list")
    first = questions.evaluate("one => one.content.querySelector('li').dataset.question")
    path = path.replace("FIRST", first).replace("KEEPSAKE", person.page.url.rsplit("/", 1)[-1])
    go_to(person, path.removeprefix("space/"))


def test_every_address_of_the_shell_is_looked_at() -> None:
    shell = (ROOT / "static/js/routes.js").read_text()
    addresses = [one.replace("\\/", "/") for one in re.findall(r"/\^(.*?)\$/,\s+\(\)", shell)]
    looked_at = [one.split("#")[0] for one in OUT + LINKED + REMEMBERING + ALONE + ELSEWHERE]
    assert len(addresses) > 50
    for address in addresses:
        assert any(re.fullmatch(address, one) for one in looked_at), address


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    """Return one language after the other."""
    return str(request.param)


@pytest.fixture
def judge(axe: Axe, language: str) -> Axe | None:
    """Return axe for English; in Spanish only the length of the texts differs."""
    return axe if language == "en" else None


def test_pages_for_anyone(
    browser: Browser, server: Server, judge: Axe | None, language: str
) -> None:
    page = open_browser(browser, []).new_page()
    wrong = []
    for path in PUBLIC + OUT:
        page.goto(f"{server.origin}/{language}/{path}")
        expect(page.locator("#stage h1")).to_be_attached()
        assert page.locator("html").get_attribute("lang") == language
        wrong += look(page, judge, path)
    page.goto(f"{server.origin}/{language}/help")
    page.locator('[data-country="US"] > summary').click()
    for kind in page.locator('[data-country="US"] .help-kind summary').all():
        kind.click()
    wrong += look(page, judge, "help, unfolded")
    for path in ("", "sign-up"):
        page.goto(f"{server.origin}/{language}/{path}")
        page.locator(".about summary").first.click()
        wrong += look(page, judge, f"{path}, unfolded")
    page.context.close()
    assert not wrong, "\n".join(wrong)


def test_the_guide_for_anyone(
    browser: Browser, server: Server, judge: Axe | None, language: str
) -> None:
    page = open_browser(browser, []).new_page()
    wrong = []
    read = [*(article.id for article in articles(language)), "words", "first-days"]
    for part in read:
        page.goto(f"{server.origin}/{language}/guide/{part}")
        for fold in page.locator("summary").all():
            fold.click()
        wrong += look(page, judge, part)
    page.context.close()
    assert len(read) == 16
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def lived_in(couple: Couple) -> Person:
    """Return Ana in a space with entries and a burning candle."""
    ana, sam = couple
    sam.tap("light")
    sam.write("For both of us", shared=True)
    open_screen(ana, "space/days/write")
    ana.tap(ana.page.locator(".for-both"))
    today = datetime.now(tz=UTC)  # so that the candle's screen shows it
    ana.fill("date", str(today.day))
    ana.part("month").select_option(str(today.month))
    ana.fill("plan", "We would like it quiet.")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("days")
    open_screen(ana, "space/letters/write")
    ana.fill("text", "For later")
    ana.tap(ana.part("ask", '[data-part="closed-until"]'))
    ana.fill(ana.part("date", '[data-part="closed-until"]'), "2099-01-01")
    ana.tap("save")
    ana.screen("letters")
    open_screen(ana, "space/keepsakes/add/object")
    ana.fill("title", "The ring")
    ana.fill("text", "It fits the small finger")
    ana.tap("save")
    ana.screen("keepsakes")
    open_screen(ana, "space/tree/plant")
    ana.tap("save")
    ana.screen("tree")
    ana.tap("hang")
    ana.fill("words", "Snow in April")
    ana.tap(ana.page.locator(".tree-form .button.ours"))
    expect(ana.page.locator(".tree .hung")).to_have_count(1)
    ana.write("For me")
    return ana


def test_pages_of_two(lived_in: Person, judge: Axe | None, language: str) -> None:
    ana = lived_in
    ana.language = language
    ana.go("space/candle")
    ana.unlock()
    ana.screen("candle")
    if ana.part("light").is_visible():
        ana.tap("light")
    wrong = []
    for path in LINKED:
        open_screen(ana, path)
        wrong += look(ana.page, judge, path)
    open_screen(ana, "space/journal")
    ana.tap("unfold")
    wrong += look(ana.page, judge, "journal, unfolded")
    assert not wrong, "\n".join(wrong)


def test_pages_to_remember_by(lived_in: Person, judge: Axe | None, language: str) -> None:
    ana = lived_in
    ana.language = language
    ana.go("space/candle")
    ana.unlock()
    ana.screen("candle")
    wrong = []
    for path in REMEMBERING:
        open_screen(ana, path)
        wrong += look(ana.page, judge, path)
    open_screen(ana, "space/days")
    for fold in ana.page.locator("#stage summary").all():
        fold.click()
    wrong += look(ana.page, judge, "days, unfolded")
    open_screen(ana, "space/tree")
    ana.tap(ana.part("one-by-one").locator("summary"))
    ana.tap(ana.part("list").locator("button"))
    expect(ana.part("leaf")).to_contain_text("Snow in April")
    wrong += look(ana.page, judge, "tree, a leaf read")
    open_screen(ana, "space/rituals/walk/alone")
    ana.tap("stop")
    wrong += look(ana.page, judge, "ritual, stopped")
    assert not wrong, "\n".join(wrong)


def test_pages_of_someone_alone(browser: Browser, server: Server, axe: Axe) -> None:
    ana = newcomer(open_browser(browser, []), server.origin)
    wrong = []
    for path in ALONE:
        open_screen(ana, path)
        wrong += look(ana.page, axe, path)
    ana.tap("elsewhere")
    expect(ana.part("link")).to_be_visible()
    wrong += look(ana.page, axe, "invite, with a link")
    ana.context.close()
    assert not wrong, "\n".join(wrong)
