"""Routes for the password, the recovery sheet, and recovery with the sheet (protocol §3)."""

from flask import Blueprint, Response

from shared_space import clock
from shared_space.accounts import password_hashing, schemas, throttle
from shared_space.accounts.models import Account, DeviceSession
from shared_space.accounts.reauthentication import require_password
from shared_space.accounts.routes import signed_in_response
from shared_space.encoding import base64url
from shared_space.envelopes import PASSWORD_WRAP, SHEET_WRAP, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account, current_session, public
from shared_space.http.request_body import parse_body
from shared_space.http.responses import json_response, no_content
from shared_space.http.user_agent import device_class
from shared_space.live.server import live_server
from shared_space.storage.transactions import write_transaction

bp = Blueprint("credentials", __name__, url_prefix="/api")


@bp.put("/password")
@rate_limits.writes
def change_password() -> Response:
    """Replace the password, and end every other session."""
    body = parse_body(schemas.PasswordChange)
    wrap = validate_envelope(body.wrap, PASSWORD_WRAP)
    require_password(body.authKey)
    auth_hash = password_hashing.hash_auth_key(body.newAuthKey)
    with write_transaction():
        account = current_account()
        if account.version != body.version:
            raise ApiError(409, "conflict", current=account.version)
        account.set_password(body.seed, auth_hash, wrap)
        ended = account.end_sessions(but=current_session().id)
        version = account.version
    live_server().presence.revoke_sessions(ended)
    return json_response({"version": version})


@bp.put("/sheet")
@rate_limits.writes
def make_sheet() -> Response:
    """Store a new recovery sheet; the old one stops working."""
    body = parse_body(schemas.NewRecoverySheet)
    wrap = validate_envelope(body.wrap, SHEET_WRAP)
    require_password(body.authKey)
    with write_transaction():
        current_account().set_recovery_sheet(body.verifier, wrap)
    return no_content()


@bp.post("/recovery/opening")
@public
def open_recovery() -> Response:
    """Return the account key sealed to the sheet, given the sheet's proof."""
    body = parse_body(schemas.RecoverySheetProof)
    with write_transaction():
        throttle.consume_attempt("recovery", *throttle.RECOVERY_QUOTA)
    account = Account.by_recovery_auth(body.login, body.recoveryAuth)
    if account is None or account.sheet_wrap is None:
        raise ApiError(401, "wrong")
    return json_response(
        {
            "id": base64url(account.id),
            "wrap": base64url(account.sheet_wrap),
            "version": account.version,
        }
    )


@bp.post("/recovery")
@public
def recover() -> Response:
    """Set a new password and a new sheet with the old one, and end every earlier session."""
    body = parse_body(schemas.Recovery)
    wrap, new_wrap = (
        validate_envelope(body.wrap, PASSWORD_WRAP),
        validate_envelope(body.newWrap, SHEET_WRAP),
    )
    with write_transaction():
        throttle.consume_attempt("recovery", *throttle.RECOVERY_QUOTA)
    auth_hash = password_hashing.hash_auth_key(body.authKey)
    with write_transaction():
        account = Account.by_recovery_auth(body.login, body.recoveryAuth)
        if account is None:
            raise ApiError(401, "wrong")
        if account.version != body.version:
            raise ApiError(409, "conflict", current=account.version)
        throttle.refund_attempt("recovery")
        account.set_password(body.seed, auth_hash, wrap)
        account.set_recovery_sheet(body.newVerifier, new_wrap)
        account.recovered_on = clock.now().date()
        ended = account.end_sessions()
        session = DeviceSession.create(account, device_class())
    live_server().presence.revoke_sessions(ended)
    return signed_in_response(session)
