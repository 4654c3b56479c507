"""The guide's pages as a visitor gets them, and the addresses that they lead to."""

import re
from html import unescape

from flask import Flask

from tests.servers import ROOT


def page(app: Flask, path: str) -> tuple[int, str]:
    """Return a page's status and its visible text."""
    answer = app.test_client().get(path, base_url=app.config["ORIGIN"])
    return answer.status_code, unescape(answer.get_data(as_text=True))


def inside_address(app: Flask, language: str) -> str:
    """Return the URL of the templates that the shell loads after the first screen."""
    status, shell = page(app, f"/{language}/space/guide")
    found = re.search(r'<meta name="later" content="([^"]+)">', shell)
    assert status == 200
    assert found
    return found[1]


def screens() -> list[re.Pattern[str]]:
    """Return the addresses of the shell's screens."""
    found = re.findall(
        r"^ +\[?/(\^.*\$)/,", (ROOT / "static/js/routes.js").read_text(), re.MULTILINE
    )
    assert len(found) > 15
    return [re.compile(pattern) for pattern in found]


def leads_to_a_screen(path: str) -> bool:
    return any(screen.match(path) for screen in screens())
