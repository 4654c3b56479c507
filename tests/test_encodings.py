"""Pages and files are compressed for clients that accept it, and caches can tell both apart."""

import gzip

import pytest
from flask import Flask

PAGE, FILE = "/en/", "css/main.css"


def addresses(app: Flask) -> tuple[str, str]:
    return PAGE, f"/static/{app.config['RELEASE']}/{FILE}"


@pytest.mark.parametrize(
    ("said", "packed"),
    [
        (None, False),
        ("", False),
        ("identity", False),
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.8", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("not-gzip", False),
        ("gzip;q=0.5, identity", False),
        ("gzip, identity;q=0.5", True),
    ],
)
def test_gzip_is_sent_to_whoever_wants_it(app: Flask, said: str | None, packed: bool) -> None:
    headers = {"Host": "localhost:5000"} | ({} if said is None else {"Accept-Encoding": said})
    for address in addresses(app):
        answer = app.test_client().get(address, headers=headers)
        assert answer.status_code == 200
        assert (answer.headers.get("Content-Encoding") == "gzip") == packed, address
        assert (answer.data[:2] == b"\x1f\x8b") == packed, address
        assert "Accept-Encoding" in answer.headers["Vary"], address


def test_a_plain_and_a_compressed_page_share_no_strong_etag(app: Flask) -> None:
    client, host = app.test_client(), {"Host": "localhost:5000"}
    plain = client.get(PAGE, headers=host)
    packed = client.get(PAGE, headers=host | {"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    for answer in (plain, packed):
        assert answer.headers["ETag"].startswith('W/"')
        known = {"If-None-Match": answer.headers["ETag"], "Accept-Encoding": "gzip"}
        again = client.get(PAGE, headers=host | known)
        assert (again.status_code, again.data) == (304, b"")
        assert "Accept-Encoding" in again.headers["Vary"]
