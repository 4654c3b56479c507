"""A unique word in each field, searched for in all that leaves the browser or is on the server."""

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.canary import CANARY, DUMP, Ear, at_rest, leaks, spellings
from tests.browser.canary_story import (
    choose_code,
    come_together,
    seal_archive,
    sheet_of,
    write_alone,
    write_together,
)
from tests.browser.partners import Person, newcomer, two_phones
from tests.servers import Server


@pytest.fixture
def phones(browser: Browser, ear: Ear) -> Iterator[list[BrowserContext]]:
    """Return two browser contexts whose traffic is recorded."""
    with two_phones(browser) as phones:
        ear.listen(*phones)
        yield phones


@pytest.mark.slow
def test_no_word_of_theirs_leaves_the_browser(
    own_server: Server, phones: list[BrowserContext], ear: Ear
) -> None:
    ana, sam = (Person(phone.new_page(), own_server.origin) for phone in phones)
    write_alone(ana)
    link = come_together(ana, sam)
    write_together(ana, sam)
    sheet = sheet_of(ana)
    seal_archive(ana)
    choose_code(ana)
    secret = link.rpartition(".")[2]
    words = [*CANARY.values(), sheet, sheet.replace("-", ""), secret, sam.words]
    assert len(ear.heard) > 100
    assert leaks(ear.heard, words) == []
    assert leaks(at_rest(own_server), words) == []
    for person in (ana, sam):
        assert leaks([person.page.evaluate(DUMP).encode()], words) == []


PLANT = """async ([word, size]) => {
  const me = await (await fetch("/api/me")).json();
  const bytes = new Uint8Array(size);
  bytes.set([1, 1, 0x10, 0, 0, 0, 0, 1]);
  bytes.set(new TextEncoder().encode(word), 80);
  const b64 = (data) => btoa(String.fromCharCode(...data)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const id = b64(crypto.getRandomValues(new Uint8Array(16)));
  const answer = await fetch(`/api/journals/${me.id}/entries/${id}`, {
    method: "PUT", headers: { "X-Space": "1", "Content-Type": "application/json" },
    body: JSON.stringify({ rev: 1, box: b64(bytes) }),
  });
  return answer.status;
}"""


def test_the_search_finds_a_word_that_was_planted_in_clear(
    own_server: Server, phones: list[BrowserContext], ear: Ear
) -> None:
    ana = newcomer(phones[0], own_server.origin)
    word = CANARY["entry"]
    assert leaks(ear.heard, [word]) == leaks(at_rest(own_server), [word]) == []
    assert ana.page.evaluate(PLANT, [word, 600]) == 201
    assert any("base64" in leak for leak in leaks(ear.heard, [word]))
    assert f"{word} as raw" in leaks(at_rest(own_server), [word])


@pytest.mark.parametrize("shift", [0, 1, 2])
def test_the_search_finds_every_spelling(shift: int) -> None:
    word = CANARY["entry"]
    for spelling, needle in spellings(word).items():
        assert leaks([b"before" + needle + b"after"], [word]), spelling
    coded = base64.b64encode(b"x" * shift + word.encode() + b"and more")
    assert f"{word} as base64+{shift}" in leaks([coded], [word])
