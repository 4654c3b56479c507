"""The account of the reference client, from docs/protocol.md §3 and §4 alone."""

import os
from http import HTTPStatus
from typing import Any

import requests

from tests.crypto_reference import (
    Fields,
    b64,
    hkdf,
    kdf_salt,
    keys_under,
    password_keys,
    password_root,
    readings,
    seal,
    unb64,
    unseal,
)
from tests.patience import SECONDS

Doc = dict[str, Any]


class ReferenceAccount:
    """A member with their keys in memory: signing up, signing in, and what follows from them."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.http = requests.Session()
        self.http.headers.update({"X-Space": "1", "Origin": origin})
        self.me: Doc = {}
        self.account_key = b""
        self.space_key = b""
        self.heads: dict[str, dict[int, bytes]] = {}  # by journal, as far as they were checked

    def call(self, method: str, path: str, body: Doc | None = None) -> Any:
        """Send a request of §16. Raises if it fails."""
        answer = self.http.request(method, f"{self.origin}/api{path}", json=body, timeout=SECONDS)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    @property
    def id(self) -> bytes:
        """Return the member's id."""
        return unb64(self.me["id"])

    @property
    def space(self) -> bytes:
        """Return the space's id."""
        return unb64(self.me["space"]["id"])

    def refresh(self) -> None:
        """Fetch `me`."""
        self.me = self.call("GET", "/me")

    # Accounts (§3, §4)

    def sign_up(self, login: str, password: str) -> None:
        """Create an account."""
        seed = os.urandom(16)
        self.sign_up_with(login, seed, password_root(login, password, seed))

    def sign_up_with(self, login: str, seed: bytes, root: bytes) -> None:
        """Create an account, with a seed and the root that is derived from it."""
        account, self.account_key, self.root = os.urandom(16), os.urandom(32), root
        self.salt = kdf_salt(login, seed)
        auth, kek = keys_under(self.root)
        wrap = seal(kek, 0x01, Fields(account, account, account, 0), self.account_key)
        made = {"kdfId": 2, "seed": b64(seed), "authKey": b64(auth), "wrap": b64(wrap)}
        self.me = self.call("POST", "/accounts", {"id": b64(account), "login": login, **made})

    def sign_in(self, login: str, password: str) -> None:
        """Sign in and unwrap the keys."""
        response = self.call("POST", "/seed", {"login": login})
        assert set(response) == {"seed"}, "nothing about the KDF is negotiated"
        seed = unb64(response["seed"])
        *others, exact = readings(password)
        try:
            kek = self.prove(login, others[0] if others else exact, seed)
        except requests.HTTPError as error:
            if not others or error.response.status_code != HTTPStatus.UNAUTHORIZED:
                raise
            kek = self.prove(login, exact, seed)
        where = Fields(self.id, self.id, self.id, 0)
        self.account_key = unseal(kek, 0x01, where, unb64(self.me["wrap"]))
        if self.me["space"]:
            wrap = unb64(self.me["space"]["wrap"])
            self.space_key = unseal(self.account("wrap"), 0x05, self.holder(self.space), wrap)

    def prove(self, login: str, reading: str, seed: bytes) -> bytes:
        """Sign in with one reading of the password; return the key that unwraps the account key."""
        auth, kek = password_keys(login, reading, seed)
        self.me = self.call("POST", "/sessions", {"login": login, "authKey": b64(auth)})
        return kek

    def account(self, label: str) -> bytes:
        """Derive a key from the account key."""
        return hkdf(self.account_key, b"", f"ss/v1/acct/{label}")

    def shared(self, label: str) -> bytes:
        """Derive a key from the space key."""
        return hkdf(self.space_key, b"", f"ss/v1/space/{label}")

    def holder(self, space: bytes) -> Fields:
        """Return the fields of one's own wrap of a space key."""
        return Fields(space, self.id, self.id, 0)
