"""Push messages are sent only to browser makers' services, and are signed with a lasting key."""

import pytest

from shared_space.reminders import web_push
from tests.conftest import MakeApp
from tests.people import Person, ok, refused
from tests.push_service import Browser
from tests.servers import Server


@pytest.mark.parametrize(
    "address",
    [
        "http://web.push.apple.com/one",
        "https://web.push.apple.com:8443/one",
        "https://web.push.apple.com.elsewhere.example/one",
        "https://elsewhere.example/web.push.apple.com",
        "https://user@web.push.apple.com/one",
        "https://evilnotify.windows.com/one",
        "https://127.0.0.1/one",
        "https://[::1]/one",
        "http://localhost:5000/api/session",
        "file:///etc/passwd",
        "https://web.push.apple.com:port/",
        "https://wéb.push.apple.com/",
        "",
        "https://web.push.apple.com/" + "a" * 1024,
    ],
)
def test_messages_go_to_no_other_place(server: Server, address: str) -> None:
    ana = Person.joins(server)
    refused(ana.put("/api/push", Browser(address).wants()), 400, "bad_request")
    assert ok(ana.get("/api/push"))["here"] is None


@pytest.mark.parametrize(
    "host",
    ["fcm.googleapis.com", "updates.push.services.mozilla.com", "db5p.notify.windows.com"],
)
def test_messages_go_to_the_makers_of_browsers(server: Server, host: str) -> None:
    ana = Person.joins(server)
    ok(ana.put("/api/push", Browser(f"https://{host}/wpush/v2/one").wants()))


def test_the_key_follows_from_the_servers_secret(make_app: MakeApp) -> None:
    keys = set()
    for _ in range(2):
        with make_app().app_context():
            keys.add(web_push.public_key())
    assert {len(key) for key in keys} == {65}
    assert len(keys) == 1
