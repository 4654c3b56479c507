"""Passkeys: making one, listing and removing one's own, signing in with one."""

from flask import Blueprint, Response
from flask_login import login_user
from webauthn.helpers.structs import AuthenticatorAssertionResponse

from shared_space import clock, limits
from shared_space.access import account_id, member, public
from shared_space.accounts.me import me
from shared_space.accounts.models import Account, DeviceSession
from shared_space.accounts.proof import demand_password
from shared_space.accounts.routes import device
from shared_space.boxes import PASSKEY_WRAP, check
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.passkeys import ceremony
from shared_space.passkeys.models import Challenge, Passkey
from shared_space.wire import (
    Body,
    Box,
    Bytes32,
    Wrap,
    answer,
    b64,
    body_of,
    bytes_from,
    nothing,
)

bp = Blueprint("passkeys", __name__, url_prefix="/api/passkeys")


class NewPasskey(Body):
    """A passkey, allowed by the password: what `navigator.credentials.create` gave, and kind 03."""

    authKey: Bytes32
    id: Box
    clientData: Box
    attestation: Box
    wrap: Wrap


class Signed(Body):
    """What `navigator.credentials.get` gave."""

    id: Box
    clientData: Box
    authenticatorData: Box
    signature: Box


@bp.post("/challenges")
@public
@limits.seed
def ask() -> Response:
    """Ask a passkey, to be made or to be used, one question."""
    body_of(Body)
    with writing():
        challenge = Challenge.make()
    return answer({"challenge": b64(challenge), "rp": ceremony.rp_id()}, 201)


@bp.get("")
def show() -> Response:
    """List one's own passkeys, with the account key sealed under each."""
    return answer({"passkeys": [one.shown() for one in Passkey.of(account_id())]})


@bp.post("")
@limits.writes
def make() -> Response:
    """Keep a new passkey, if it answered our question."""
    body = body_of(NewPasskey)
    wrap = check(body.wrap, PASSKEY_WRAP)
    demand_password(body.authKey)
    made = ceremony.made(body.id, body.clientData, body.attestation)
    with writing():
        if not Challenge.spend(ceremony.challenge_in(body.clientData)):
            raise Refusal(409, "taken")
        passkey = Passkey(
            id=body.id,
            account_id=member().id,
            public_key=made.credential_public_key,
            uses=made.sign_count,
            wrap=wrap,
            since=clock.now().date(),
            device=device(),
        )
        passkey.keep()
        shown = passkey.shown()
    return answer(shown, 201)


@bp.delete("/<passkey_id>")
@limits.writes
def remove(passkey_id: str) -> Response:
    """Let one of one's own passkeys open nothing any more."""
    with writing():
        Passkey.remove(member().id, bytes_from(passkey_id))
    return nothing()


@bp.post("/sessions")
@public
@limits.sign_in
def sign_in() -> Response:
    """Begin a session with a passkey; the answer also holds its wrap."""
    body = body_of(Signed)
    response = AuthenticatorAssertionResponse(
        body.clientData, body.authenticatorData, body.signature
    )
    challenge = ceremony.challenge_in(body.clientData)
    with writing():
        passkey = db.session.get(Passkey, body.id)
        if not Challenge.spend(challenge) or passkey is None:
            raise Refusal(401, "wrong")
        parts = (passkey.public_key, passkey.uses, passkey.id, response)
        passkey.uses = ceremony.answered(*parts).new_sign_count
        account = db.session.get_one(Account, passkey.account_id)
        session, wrap = DeviceSession.begin(account, device()), passkey.wrap
    login_user(session)
    return answer(me(session.account) | {"passkey": b64(wrap)}, 201)
