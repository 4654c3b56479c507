"""Exporting everything: a book that opens anywhere, and an archive for another installation."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, expect

from tests.age_reader import open_with_age, open_with_cryptography
from tests.browser.partners import (
    IDLE_FOR_TWO_HOURS,
    KEY_MILLISECONDS,
    WORK_MILLISECONDS,
    Couple,
    Person,
    newcomer,
    open_browser,
)
from tests.browser.taking import (
    ANSWERS,
    LETTER,
    MINE,
    SOUND,
    THEIRS,
    assert_all_is_there,
    assert_it_reads_as_before,
    bring_back,
    choose,
    entries,
    saved,
    taking,
    write_with_a_newer_release,
)
from tests.browser.test_elsewhere import choose_export, export
from tests.servers import OPEN, Server

# Collects what a book shows for each entry: heading, date, plan and words.
READS = {
    "zañqself": "A letter to myself.*zañqself",
    "zañqafter": "A goodbye, or not yet.*zañqafter",
    "zañqroom": "What you imagined.*zañqroom",
    "zañqway": "My way.*I go quiet. It isn’t about you..*zañqway",
    "zañqcall": "A reminder.*February 3, 2026.*zañqcall",
    "zañqitem": "What comforts.*zañqitem tea.*Walking",
    "zañqplan": "Days.*The due date.*May 4 · each year.*zañqplan.*zañqonce.*June 7, 2027"
    ".*The day of the loss.*February 28, 2026 · each year",
    "zañqleaf": "The tree.*Planted for zañqluz.*zañqleaf",
    "zañqthread": "\\?.*zañqthread",
    "zañqold": "Both of us.*People to call on.*zañqold",
}

RUN = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'ran'";
  document.body.append(script);
  return document.title;
}"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server of another host."""
    server = Server(tmp_path_factory.mktemp("elsewhere") / "data", OPEN).start()
    yield server
    server.stop()
    server.assert_untroubled()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Return the browser context of a new phone; any error that its pages report fails the test."""
    complaints: list[str] = []
    context = open_browser(browser, complaints, accept_downloads=True)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def picture() -> bytes:
    """Return a photo."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (138, 80, 7)).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def ana(couple: Couple, picture: bytes) -> Person:
    """Return Ana, who has written entries alone and with Sam."""
    ana, sam = couple
    ana.write(MINE)
    ana.open_page()
    ana.tap(ana.page.locator(".for-both"))
    ana.tap("letter")
    ana.screen("letter-write")
    ana.tap(ana.page.get_by_label("Someone else"))
    ana.fill("to", "zañqto")
    ana.fill("text", LETTER)
    ana.tap("save")
    ana.screen("letters")
    sam.write(THEIRS, shared=True)
    for person, said in zip((ana, sam), ANSWERS, strict=True):
        person.tab("talk")
        person.tap(person.page.locator('a[href$="talk/questions"]').first)
        person.tap(person.page.locator(".questions a").first)
        person.fill("text", said)
        person.tap(person.page.locator('[data-part="form"] .button.ours'))
        expect(person.part("answers")).to_contain_text(said)
    ana.tab("settings")
    ana.part("stay").check()
    write_with_a_newer_release(ana, picture, SOUND)
    return ana


@pytest.fixture(scope="module")
def sealed(ana: Person, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return Ana's archive with the shared entries, and the six words that encrypt it."""
    taking(ana, "archive")
    ana.tap(ana.page.locator(".for-both"))
    words = ana.part("words")
    expect(words).not_to_have_value("")
    six = words.input_value()
    ana.fill("words", "too few words")
    ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
    expect(ana.part("trouble")).to_contain_text("need 15 letters")
    ana.tap("other")
    expect(words).not_to_have_value("too few words")
    assert words.input_value() != six
    six = words.input_value()
    assert len(six.split()) == 6
    file = saved(ana, tmp_path_factory.mktemp("archive"))
    expect(ana.part("ready-says")).to_contain_text(six)
    assert file.name.endswith(".tar.age")
    return file, six


def test_the_book_opens_from_a_file_shows_every_text_and_runs_nothing(
    ana: Person, tmp_path: Path, browser: Browser
) -> None:
    taking(ana, "book")
    alone = saved(ana, tmp_path).read_text()
    assert "zañqmine" in alone
    assert "zañqtheirs" not in alone
    assert "zañqone" not in alone
    assert "zañqclosed" not in alone  # a letter whose day has not come
    assert "closed until January 2, 2099" in alone
    taking(ana, "book")
    ana.tap(ana.page.locator(".for-both"))
    book = saved(ana, tmp_path)
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(book.as_uri())
    for text in (
        MINE, LETTER, THEIRS, *ANSWERS, "zañqto", "zañqtitle", "zañqwhom",
        "zañqstory by the window", "zañqitem tea",
    ):  # fmt: skip
        expect(page.locator("main")).to_contain_text(text)
    expect(page.locator("article.ours", has_text="zañqtheirs")).to_contain_text("Sam")
    for text, said in READS.items():
        expect(page.locator("article", has_text=text)).to_have_text(re.compile(said, re.DOTALL))
    expect(page.locator("main")).not_to_contain_text(re.compile("zañqgone|2027-|go-quiet|@seed"))
    assert page.locator("script, link, iframe, object, [onerror], [style]").count() == 0
    assert page.locator("img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 64
    expect(page.locator("audio")).to_have_count(1)
    assert set(asked) <= {"file", "data"}
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        assert page.evaluate(RUN) == "What was written"  # and no script inside a text ran
    context.close()


def test_a_sealed_archive_opens_without_us(sealed: tuple[Path, str], picture: bytes) -> None:
    file, words = sealed
    assert_all_is_there(open_with_cryptography(file.read_bytes(), words), picture)


def test_the_age_tool_opens_it_too(sealed: tuple[Path, str], picture: bytes) -> None:
    assert_all_is_there(open_with_age(*sealed), picture)


def test_an_archive_comes_back_elsewhere_and_once(
    ana: Person, server: Server, elsewhere: Server, phone: BrowserContext,
    sealed: tuple[Path, str], picture: bytes, tmp_path: Path,
) -> None:  # fmt: skip
    file, words = sealed
    plain = open_with_cryptography(file.read_bytes(), words)
    here = entries(server)
    taking(ana, "back")
    choose(ana, plain)
    bring_back(ana)
    assert entries(server) == here

    cleo = newcomer(phone, elsewhere.origin)
    taking(cleo, "back")
    choose(cleo, file)
    cleo.fill("words", "words that are not the right ones")
    cleo.tap(cleo.page.locator('[data-part="form"] .button.ours'))
    expect(cleo.part("trouble")).to_contain_text("do not open this file", timeout=WORK_MILLISECONDS)
    cleo.fill("words", f" {words.replace(' ', '  ')} ")
    cleo.tap(cleo.page.locator('[data-part="form"] .button.ours'))
    bring_back(cleo)
    first = entries(elsewhere)
    taking(cleo, "back")
    choose(cleo, plain)
    bring_back(cleo)
    assert entries(elsewhere) == first
    cleo.tab("journal")
    assert_it_reads_as_before(cleo)
    taking(cleo, "archive")
    cleo.part("sealed").uncheck()
    again = saved(cleo, tmp_path).read_bytes()
    taking(ana, "back")
    choose(ana, again)
    bring_back(ana)
    assert entries(server) == here
    assert picture in again
    assert SOUND in again


def test_while_only_me_is_closed_on_this_device_nothing_is_taken_along(ana: Person) -> None:
    ana.tab("settings")
    ana.page.get_by_label("Stay open on this device").check()  # so that only the code closes
    ana.tap(ana.page.locator('#stage a[href$="settings/safety"]'))
    ana.fill("code", "4711 maple")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("chosen")).to_be_visible(timeout=KEY_MILLISECONDS)
    ana.tap("close")
    for way in ("archive", "book"):
        taking(ana, way)
        expect(ana.page.get_by_role("button", name=f"Make the {way}")).to_be_hidden()
    give_code(ana)
    expect(ana.page.get_by_role("button", name="Make the book")).to_be_visible(
        timeout=KEY_MILLISECONDS
    )

    # What was found in another journal goes when the code closes, and what comes in can be chosen after the code.
    taking(ana, "elsewhere")
    choose_export(ana, export())
    expect(ana.part("found-says")).to_contain_text("Pages found: 2", timeout=WORK_MILLISECONDS)
    ana.page.evaluate(IDLE_FOR_TWO_HOURS)
    expect(ana.part("only-me")).to_contain_text("“Only me” is closed here")
    for name in ("choose", "found", "left"):
        expect(ana.part(name)).to_be_hidden()
    expect(ana.part("found-says")).to_have_text("")
    give_code(ana)
    expect(ana.part("choose")).to_be_visible(timeout=KEY_MILLISECONDS)


def give_code(ana: Person) -> None:
    """Type the code that opens “Only me” on this device."""
    ana.fill(ana.part("code", "#stage"), "4711 maple")
    ana.tap(ana.page.locator('[data-part="only-me"] .button').first)
