"""The story of two people, with Ana in WebKitGTK."""

from pathlib import Path

from tests.browser.conftest import NewContext
from tests.browser.engines.story import complained_of, story
from tests.browser.engines.webkit import webkit
from tests.browser.partners import Person
from tests.conftest import Serve


def test_webkit_tells_the_story(new_context: NewContext, serve: Serve, tmp_path: Path) -> None:
    server = serve()
    sam = Person(new_context().new_page(), server.origin)
    with webkit(tmp_path) as ana:
        story(ana, sam, server, tmp_path)
        assert "\n".join(complained_of(ana)) == ""
