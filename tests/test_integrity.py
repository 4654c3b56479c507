"""Every script and style sheet is loaded with its hash, and no page loads one without."""

import base64
import hashlib
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

LOADED = re.compile(r'<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]*>')
HERE = "http://localhost:5000"


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sri(content: bytes) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def later(client: FlaskClient) -> str:
    found = re.search(
        r'name="later" content="([^"]+)"', client.get("/en/space/", base_url=HERE).text
    )
    assert found
    return found[1]


def test_every_script_and_style_of_every_page_names_its_bytes(client: FlaskClient) -> None:
    pages = ("/en/", "/es/help", "/en/guide/", "/en/guide/words", "/en/protects", "/es/sign-up",
             "/en/not/there", later(client))  # fmt: skip
    for path in pages:
        answer = client.get(path, base_url=HERE)
        tags = [tag for tag in LOADED.findall(answer.text) if "importmap" not in tag]
        assert tags, path
        for tag in tags:
            address = re.search(r'(?:src|href)="([^"]+)"', tag)
            integrity = re.search(r'integrity="([^"]+)"', tag)
            assert address, tag
            assert integrity, tag
            assert integrity[1] == sri(client.get(address[1], base_url=HERE).data)


def test_the_one_inline_script_says_what_each_module_hashes_to(client: FlaskClient) -> None:
    answer = client.get("/en/", base_url=HERE)
    (text,) = re.findall(r'<script type="importmap">(.*?)</script>', answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert f"script-src 'self' '{sri(text.encode())}';" in policy
    known = json.loads(text)
    assert known.keys() == {"integrity"}
    for address, integrity in known["integrity"].items():
        body = client.get(address, base_url=HERE).data
        assert integrity == sri(body)
        for name in re.findall(rb'(?:import|from)\s?\(?"(\.[^"]+\.js)"', body):
            there = re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+$", "", address) + name.decode())
            assert there.replace("/./", "/") in known["integrity"], (address, name)


def test_a_browser_that_can_is_told_to_load_nothing_else(client: FlaskClient) -> None:
    sent = {
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36": True,
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0": True,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1": False,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0 Mobile/15E148 Safari/604.1": False,
    }
    for agent, expected in sent.items():
        for path in ("/en/", "/en/space/", "/en/not/there"):
            answer = client.get(path, base_url=HERE, headers={"User-Agent": agent})
            integrity = answer.headers.get("Integrity-Policy")
            assert integrity == ("blocked-destinations=(script)" if expected else None)
            assert "User-Agent" in answer.headers["Vary"]
        for path in ("/sw.js", "/healthz", "/static/manifest.json"):
            answer = client.get(path, base_url=HERE, headers={"User-Agent": agent})
            assert "Integrity-Policy" not in answer.headers
