"""What keeps the key to an account: the password, the sheet, and the way back by the sheet."""

from flask import Response

from shared_space import clock, limits, realtime
from shared_space.access import member, public, this_session
from shared_space.accounts import bodies, passwords
from shared_space.accounts.models import Account, DeviceSession
from shared_space.accounts.proof import demand_password
from shared_space.accounts.routes import bp, device, signed_in
from shared_space.boxes import PASSWORD_WRAP, SHEET_WRAP, check
from shared_space.db import writing
from shared_space.errors import Refusal
from shared_space.wire import answer, b64, body_of, nothing


@bp.put("/password")
@limits.writes
def change_password() -> Response:
    """Replace the password; every other session ends."""
    body = body_of(bodies.PasswordChange)
    wrap = check(body.wrap, PASSWORD_WRAP)
    demand_password(body.authKey)
    auth_hash = passwords.hash_auth_key(body.newAuthKey)
    with writing():
        account = member()
        if account.version != body.version:
            raise Refusal(409, "conflict", current=account.version)
        account.new_password(body.seed, auth_hash, wrap)
        ended = account.end_sessions(but=this_session().id)
        version = account.version
    realtime.end_sessions(ended)
    return answer({"version": version})


@bp.put("/sheet")
@limits.writes
def make_sheet() -> Response:
    """Keep what a new sheet needs; the old one stops working."""
    body = body_of(bodies.NewSheet)
    wrap = check(body.wrap, SHEET_WRAP)
    demand_password(body.authKey)
    with writing():
        member().new_sheet(body.verifier, wrap)
    return nothing()


@bp.post("/recovery/opening")
@public
def open_recovery() -> Response:
    """Give the sheet's wrap to who holds the sheet."""
    body = body_of(bodies.SheetProof)
    with writing():
        limits.count("recovery", *limits.RECOVERY)
    account = Account.with_sheet(body.login, body.recoveryAuth)
    if account is None or account.sheet_wrap is None:
        raise Refusal(401, "wrong")
    return answer(
        {"id": b64(account.id), "wrap": b64(account.sheet_wrap), "version": account.version}
    )


@bp.post("/recovery")
@public
def recover() -> Response:
    """Set a new password and a new sheet by the old sheet; every earlier session ends."""
    body = body_of(bodies.Recovery)
    wrap, new_wrap = check(body.wrap, PASSWORD_WRAP), check(body.newWrap, SHEET_WRAP)
    with writing():
        limits.count("recovery", *limits.RECOVERY)
    auth_hash = passwords.hash_auth_key(body.authKey)
    with writing():
        account = Account.with_sheet(body.login, body.recoveryAuth)
        if account is None:
            raise Refusal(401, "wrong")
        if account.version != body.version:
            raise Refusal(409, "conflict", current=account.version)
        limits.give_back("recovery")
        account.new_password(body.seed, auth_hash, wrap)
        account.new_sheet(body.newVerifier, new_wrap)
        account.recovered_on = clock.now().date()
        ended = account.end_sessions()
        session = DeviceSession.begin(account, device())
    realtime.end_sessions(ended)
    return signed_in(session)
