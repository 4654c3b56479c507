"""Linked couples with a session for each member, inserted straight into the database."""

import hashlib
import secrets
from dataclasses import dataclass

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from shared_space import clock, create_app
from shared_space.accounts.models import Account, DeviceSession
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership, Space
from shared_space.storage import migrate
from shared_space.storage.database import db as database
from shared_space.storage.transactions import write_transaction
from tests.boxes import b64
from tests.servers import Server

BOX = bytes((1, 1, 5, 0, 0, 0, 0, 1)) + bytes(116)


@dataclass
class Member:
    """A signed-in member."""

    id: str
    space: str
    token: str
    cookie: str


def app_of(server: Server) -> Flask:
    """Return an app with a server's settings, for filling its database before the start."""
    places = {"SPACE_DATA": str(server.data), "SPACE_PORT": str(server.port)}
    app = create_app(places | dict(server.settings))
    with app.app_context():
        migrate.upgrade()
    return app


def couples(app: Flask, count: int) -> list[tuple[Member, Member]]:
    """Create a number of linked couples in one transaction."""
    with app.app_context(), write_transaction():
        return [couple(app) for _ in range(count)]


def couple(app: Flask) -> tuple[Member, Member]:
    """Create one linked couple."""
    ids, space = [secrets.token_bytes(16) for _ in range(2)], secrets.token_bytes(16)
    database.session.add(Space(id=space, state="active", inviter_id=ids[0], language="en"))
    database.session.add(Journal(id=space, shared=True, last_seq=0))
    database.session.add_all(Journal(id=one, shared=False, last_seq=0) for one in ids)
    accounts = [account(one) for one in ids]
    database.session.add_all(accounts)
    database.session.flush()
    database.session.add_all(
        Membership(space_id=space, account_id=one, state="active", wrap=BOX) for one in ids
    )
    tokens = [DeviceSession.create(one, "phone").token for one in accounts]
    name = app.config["SESSION_COOKIE_NAME"]
    members = [Member(b64(one), b64(space), token, f"{name}={token}")
               for one, token in zip(ids, tokens, strict=True)]  # fmt: skip
    return members[0], members[1]


def account(id_: bytes) -> Account:
    """Return an account without a password hash."""
    return Account(
        id=id_, login=hashlib.sha256(id_).hexdigest()[:32], joined_on=clock.now().date(),
        seed=bytes(16), auth_hash="", wrap=BOX,
    )  # fmt: skip


def signed(key: bytes, token: str) -> str:
    """Return the Cookie header of a session in Flask's own signed cookie."""
    app = Flask("bare")
    app.secret_key = key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    return f"session={signer.dumps({'_user_id': token})}"
