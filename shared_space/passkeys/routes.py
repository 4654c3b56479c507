"""Routes for creating, listing and deleting passkeys, and for signing in with one."""

from flask import Blueprint, Response
from flask_login import login_user
from webauthn.helpers.structs import AuthenticatorAssertionResponse

from shared_space import clock
from shared_space.accounts.models import Account, DeviceSession
from shared_space.accounts.reauthentication import require_password
from shared_space.accounts.serializers import me_payload
from shared_space.encoding import base64url
from shared_space.envelopes import PASSKEY_WRAP, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account, current_account_id, public
from shared_space.http.request_body import (
    Bytes,
    Bytes32,
    RequestBody,
    Wrap,
    bytes_param,
    parse_body,
)
from shared_space.http.responses import json_response, no_content
from shared_space.http.user_agent import device_class
from shared_space.passkeys import verification
from shared_space.passkeys.models import Challenge, Passkey
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("passkeys", __name__, url_prefix="/api/passkeys")


class NewPasskeyBody(RequestBody):
    """The result of `navigator.credentials.create`, the sealed key, and proof of the password."""

    authKey: Bytes32
    id: Bytes
    clientData: Bytes
    attestation: Bytes
    wrap: Wrap


class AssertionBody(RequestBody):
    """The result of `navigator.credentials.get`."""

    id: Bytes
    clientData: Bytes
    authenticatorData: Bytes
    signature: Bytes


@bp.post("/challenges")
@public
@rate_limits.sign_in_start
def create_challenge() -> Response:
    """Return a new challenge, for creating a passkey or signing in with one."""
    parse_body(RequestBody)
    with write_transaction():
        challenge = Challenge.create()
    return json_response({"challenge": base64url(challenge), "rp": verification.rp_id()}, 201)


@bp.get("")
def list_passkeys() -> Response:
    """List the account's passkeys, with the account key sealed to each."""
    return json_response(
        {"passkeys": [one.to_json() for one in Passkey.list_for(current_account_id())]}
    )


@bp.post("")
@rate_limits.writes
def create_passkey() -> Response:
    """Store a new passkey after verifying its registration."""
    body = parse_body(NewPasskeyBody)
    wrap = validate_envelope(body.wrap, PASSKEY_WRAP)
    require_password(body.authKey)
    made = verification.verify_registration(body.id, body.clientData, body.attestation)
    with write_transaction():
        if not Challenge.consume(verification.challenge_of(body.clientData)):
            raise ApiError(409, "taken")
        passkey = Passkey(
            id=body.id,
            account_id=current_account().id,
            public_key=made.credential_public_key,
            uses=made.sign_count,
            wrap=wrap,
            since=clock.now().date(),
            device=device_class(),
        )
        passkey.register()
        shown = passkey.to_json()
    return json_response(shown, 201)


@bp.delete("/<passkey_id>")
@rate_limits.writes
def delete_passkey(passkey_id: str) -> Response:
    """Delete one of the account's passkeys."""
    with write_transaction():
        Passkey.delete(current_account().id, bytes_param(passkey_id))
    return no_content()


@bp.post("/sessions")
@public
@rate_limits.sign_in
def sign_in() -> Response:
    """Sign in with a passkey; the response also has the account key sealed to it."""
    body = parse_body(AssertionBody)
    response = AuthenticatorAssertionResponse(
        body.clientData, body.authenticatorData, body.signature
    )
    challenge = verification.challenge_of(body.clientData)
    with write_transaction():
        passkey = db.session.get(Passkey, body.id)
        if not Challenge.consume(challenge) or passkey is None:
            raise ApiError(401, "wrong")
        parts = (passkey.public_key, passkey.uses, passkey.id, response)
        passkey.uses = verification.verify_assertion(*parts).new_sign_count
        account = db.session.get_one(Account, passkey.account_id)
        session, wrap = DeviceSession.create(account, device_class()), passkey.wrap
    login_user(session)
    return json_response(me_payload(session.account) | {"passkey": base64url(wrap)}, 201)
