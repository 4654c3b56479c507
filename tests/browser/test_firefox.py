"""The story of two people, with Ana in Firefox."""

from pathlib import Path

from tests.browser.conftest import NewContext
from tests.browser.engines.firefox import firefox
from tests.browser.engines.story import complained_of, story
from tests.browser.partners import Person
from tests.conftest import Serve


def test_firefox_tells_the_story(new_context: NewContext, serve: Serve, tmp_path: Path) -> None:
    server = serve()
    sam = Person(new_context().new_page(), server.origin)
    with firefox(tmp_path) as ana:
        story(ana, sam, server, tmp_path)
        assert "\n".join(complained_of(ana)) == ""
