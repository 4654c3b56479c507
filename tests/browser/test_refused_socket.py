"""A page whose socket is refused connects again by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.partners import newcomer, open_browser
from tests.patience import SECONDS
from tests.servers import OPEN, Server, running

REFUSING = """
import app, sqlalchemy
from shared_space.live import presence
from shared_space.operations import server
asked, refused = presence.active_space, []
def refuse_once(session):
    if not refused:
        refused.append(session)
        print("refused", flush=True)
        raise sqlalchemy.exc.OperationalError("SELECT", {}, Exception("the database is away"))
    print("let in", flush=True)
    return asked(session)
presence.active_space = refuse_once
server.serve(app.app)
"""


@pytest.fixture
def refusing(tmp_path: Path) -> Iterator[Server]:
    """Return a server that refuses one socket."""
    yield from running(Server(tmp_path / "data", OPEN, program=("-c", REFUSING)))


def test_a_page_that_was_refused_tries_again(browser: Browser, refusing: Server) -> None:
    complaints: list[str] = []
    with open_browser(browser, complaints) as context:
        context.clock.install()
        ana = newcomer(context, refusing.origin)
        for _ in range(int(SECONDS * 10)):
            if "let in" in refusing.log:
                break
            if "refused" in refusing.log:
                context.clock.fast_forward(11_000)  # the page tries again every ten seconds
            ana.page.wait_for_timeout(100)  # lets the page continue
        assert refusing.log.index("refused") < refusing.log.index("let in")
    assert complaints == []
