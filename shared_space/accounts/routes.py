"""Routes for signing up, in and out, and for the account's sessions."""

from flask import Blueprint, Response, current_app
from flask_login import login_user, logout_user
from sqlalchemy.exc import IntegrityError

from shared_space import clock
from shared_space.accounts import password_hashing, schemas, signup_policy, throttle
from shared_space.accounts.models import Account, DeviceSession
from shared_space.accounts.serializers import me_payload
from shared_space.encoding import base64url
from shared_space.envelopes import PASSWORD_WRAP, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import (
    current_account,
    current_account_id,
    current_session,
    current_session_id,
    public,
)
from shared_space.http.request_body import id_param, parse_body
from shared_space.http.responses import json_response, no_content
from shared_space.http.user_agent import device_class
from shared_space.journals.models import Journal
from shared_space.linking.invitations import Invitation
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("accounts", __name__, url_prefix="/api")


@bp.get("/sign-up")
@public
def sign_up_policy() -> Response:
    """Return what signing up requires now."""
    return json_response({"policy": signup_policy.signup_requirement()})


@bp.post("/accounts")
@public
@rate_limits.sign_up
def sign_up() -> Response:
    """Create an account and sign in."""
    body = parse_body(schemas.NewAccount)
    wrap = validate_envelope(body.wrap, PASSWORD_WRAP)
    auth_hash = password_hashing.hash_auth_key(body.authKey)
    invited = body.invitation
    invitation = (invited.id, invited.auth) if invited else None
    try:
        with write_transaction():
            signup_policy.authorize_sign_up(body.code, invitation)
            if Account.by_login(body.login):
                raise ApiError(409, "login_taken")
            if Membership.exists_for_account(body.id):  # an archive may hold entries of this id
                raise ApiError(409, "taken")
            account = Account(
                id=body.id,
                login=body.login,
                joined_on=clock.now().date(),
                seed=body.seed,
                auth_hash=auth_hash,
                wrap=wrap,
            )
            db.session.add_all([account, Journal(id=body.id, shared=False, last_seq=0)])
            db.session.flush()
            session = DeviceSession.create(account, device_class())
        signup_policy.delete_first_code()
    except IntegrityError as error:
        raise ApiError(409, "login_taken" if login_exists(body.login) else "taken") from error
    return signed_in_response(session)


def login_exists(login: str) -> bool:
    """Return whether a login is taken."""
    db.rollback()
    return Account.by_login(login) is not None


@bp.post("/seed")
@public
@rate_limits.sign_in_start
def seed() -> Response:
    """Return the salt seed of a login; an unknown login has one, too, and always the same."""
    login = parse_body(schemas.LoginBody).login
    account = Account.by_login(login)
    nobody = password_hashing.decoy_salt_seed(current_app.config["SERVER_SECRET"], login)
    return json_response({"seed": base64url(account.seed if account else nobody)})


@bp.post("/sessions")
@public
@rate_limits.sign_in
def sign_in() -> Response:
    """Sign in with the password's authentication key."""
    body = parse_body(schemas.Credentials)
    with write_transaction():
        throttle.throttle_sign_in(body.login)
    account = Account.by_login(body.login)
    auth_hash, version = (account.auth_hash, account.version) if account else (None, 0)
    if not password_hashing.matches(auth_hash, body.authKey):
        raise ApiError(401, "wrong")
    with write_transaction():
        account = Account.by_login(body.login)
        if account is None or account.version != version:
            raise ApiError(401, "wrong")
        throttle.reset_throttle(body.login)
        ended = DeviceSession.prune()
        Invitation.prune()
        session = DeviceSession.create(account, device_class())
    live_server().presence.revoke_sessions(ended)
    return signed_in_response(session)


def signed_in_response(session: DeviceSession) -> Response:
    """Return the response to a sign-in: the session cookie and `me`."""
    login_user(session)
    return json_response(me_payload(session.account), 201)


@bp.get("/me")
def show_me() -> Response:
    """Return `me`: what the page needs to open the account."""
    return json_response(me_payload(current_account()))


@bp.get("/sessions")
def sessions() -> Response:
    """List the account's sessions."""
    mine = db.session.query(DeviceSession).filter_by(account_id=current_account_id())
    return json_response(
        {
            "sessions": [
                {
                    "id": base64url(one.id),
                    "here": one.id == current_session_id(),
                    "since": one.since.isoformat(),
                    "hour": one.last_hour.strftime("%Y-%m-%dT%H:%MZ"),
                    "device": one.device,
                }
                for one in mine.order_by(DeviceSession.last_hour.desc())
            ]
        }
    )


@bp.delete("/session")
def sign_out() -> Response:
    """Sign out: end the current session."""
    end_this_session()
    return no_content()


@bp.delete("/device")
def forget_device() -> Response:
    """End the current session, and have the browser delete everything this site stored."""
    end_this_session()
    return clear_site_data_response()


def clear_site_data_response() -> Response:
    """Return 204 with `Clear-Site-Data`."""
    response = no_content()
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def end_this_session() -> None:
    """End the current session with its cookie and its sockets."""
    with write_transaction():
        ended = current_session().id
        db.session.delete(current_session())
    logout_user()
    live_server().presence.revoke_sessions([ended])


@bp.delete("/sessions/<session_id>")
@rate_limits.writes
def end_session(session_id: str) -> Response:
    """End another session of the account."""
    wanted = id_param(session_id)
    with write_transaction():
        found = db.session.get(DeviceSession, wanted)
        if found is None or found.account_id != current_account().id:
            raise ApiError(404, "not_found")
        db.session.delete(found)
    live_server().presence.revoke_sessions([wanted])
    return no_content()


@bp.delete("/sessions")
@rate_limits.writes
def end_other_sessions() -> Response:
    """End all sessions of the account but the current one."""
    with write_transaction():
        ended = current_account().end_sessions(but=current_session().id)
    live_server().presence.revoke_sessions(ended)
    return no_content()
