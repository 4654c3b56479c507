"""The service worker's list names the pages as they are on the day it is asked for."""

import json
from datetime import timedelta
from unittest.mock import patch

from flask import Flask

from shared_space import clock


def precached(app: Flask) -> dict[str, str]:
    """Return each page that a service worker stores, with the ETag it expects."""
    text = app.test_client().get("/sw.js", base_url=app.config["ORIGIN"]).get_data(as_text=True)
    line = text.splitlines()[0].removeprefix("self.SHELL = ").removesuffix(";")
    pages: dict[str, str] = json.loads(line)["pages"]
    return pages


def test_the_pages_are_those_of_the_day_in_a_process_that_runs_for_years(app: Flask) -> None:
    first = precached(app)
    years_later = clock.now() + timedelta(days=800)
    with patch.object(clock, "now", lambda: years_later):
        later = precached(app)
        assert later["/en/help"] != first["/en/help"], "every line is old enough to say so"
        for path, etag in later.items():
            page = app.test_client().get(path, base_url=app.config["ORIGIN"])
            assert page.headers["ETag"].removeprefix("W/") == etag, path
