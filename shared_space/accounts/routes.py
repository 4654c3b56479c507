"""Making an account, signing in and out, and what keeps the key to it."""

from flask import Blueprint, Response, current_app, request
from flask_login import login_user, logout_user
from sqlalchemy.exc import IntegrityError

from shared_space import clock, limits, realtime
from shared_space.access import account_id, member, public, session_id, this_session
from shared_space.accounts import bodies, passwords, policy
from shared_space.accounts.me import me
from shared_space.accounts.models import Account, DeviceSession
from shared_space.boxes import PASSWORD_WRAP, check
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.journals.models import Journal
from shared_space.linking.models import Invitation, Membership
from shared_space.wire import answer, b64, body_of, id_from, nothing

bp = Blueprint("accounts", __name__, url_prefix="/api")


@bp.get("/sign-up")
@public
def sign_up_policy() -> Response:
    """Say what a new account needs now."""
    return answer({"policy": policy.what_is_needed()})


@bp.post("/accounts")
@public
@limits.sign_up
def sign_up() -> Response:
    """Make an account and sign in."""
    body = body_of(bodies.NewAccount)
    wrap = check(body.wrap, PASSWORD_WRAP)
    auth_hash = passwords.hash_auth_key(body.authKey)
    invited = body.invitation
    invitation = (invited.id, invited.auth) if invited else None
    try:
        with writing():
            policy.admit(body.code, invitation)
            if Account.named(body.login):
                raise Refusal(409, "login_taken")
            if Membership.names(body.id):  # whoever had this id would reach what they wrote
                raise Refusal(409, "taken")
            account = Account(
                id=body.id,
                login=body.login,
                joined_on=clock.now().date(),
                seed=body.seed,
                auth_hash=auth_hash,
                wrap=wrap,
            )
            db.session.add_all([account, Journal(id=body.id, shared=False, place=0)])
            db.session.flush()
            session = DeviceSession.begin(account, device())
        policy.forget_first_code()
    except IntegrityError as error:
        raise Refusal(409, "login_taken" if named(body.login) else "taken") from error
    return signed_in(session)


def named(login: str) -> bool:
    """Tell whether a login is taken by now."""
    db.rollback()
    return Account.named(login) is not None


@bp.post("/seed")
@public
@limits.seed
def seed() -> Response:
    """Give the seed of a login; one that nobody has gets one too, always the same."""
    login = body_of(bodies.Name).login
    account = Account.named(login)
    nobody = passwords.seed_of_nobody(current_app.config["SERVER_SECRET"], login)
    return answer({"seed": b64(account.seed if account else nobody)})


@bp.post("/sessions")
@public
@limits.sign_in
def sign_in() -> Response:
    """Begin a session."""
    body = body_of(bodies.Credentials)
    with writing():
        limits.slow_down(body.login)
    account = Account.named(body.login)
    auth_hash, version = (account.auth_hash, account.version) if account else (None, 0)
    if not passwords.matches(auth_hash, body.authKey):
        raise Refusal(401, "wrong")
    with writing():
        account = Account.named(body.login)
        if account is None or account.version != version:
            raise Refusal(401, "wrong")
        limits.forgive(body.login)
        ended = DeviceSession.prune()
        Invitation.prune()
        session = DeviceSession.begin(account, device())
    realtime.end_sessions(ended)
    return signed_in(session)


def signed_in(session: DeviceSession) -> Response:
    """Set the cookie and tell the member what they need."""
    login_user(session)
    return answer(me(session.account), 201)


def device() -> str:
    """Return a coarse word for the browser's device; the header itself is not kept."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if "Mobi" in agent:
        return "phone"
    return "computer" if "Mozilla" in agent else "other"


@bp.get("/me")
def show_me() -> Response:
    """Tell the member what they need to open their page."""
    return answer(me(member()))


@bp.get("/sessions")
def sessions() -> Response:
    """List the member's own sessions."""
    mine = db.session.query(DeviceSession).filter_by(account_id=account_id())
    return answer(
        {
            "sessions": [
                {
                    "id": b64(one.id),
                    "here": one.id == session_id(),
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
    """End this session."""
    end_this_session()
    return nothing()


@bp.delete("/device")
def forget_device() -> Response:
    """End this session and have the browser forget everything of ours."""
    end_this_session()
    return forgetting()


def forgetting() -> Response:
    """Answer, and have the browser forget everything of ours."""
    response = nothing()
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def end_this_session() -> None:
    """End the session that asks, its cookie and its sockets."""
    with writing():
        ended = this_session().id
        db.session.delete(this_session())
    logout_user()
    realtime.end_sessions([ended])


@bp.delete("/sessions/<session_id>")
@limits.writes
def end_session(session_id: str) -> Response:
    """End another of one's own sessions."""
    wanted = id_from(session_id)
    with writing():
        found = db.session.get(DeviceSession, wanted)
        if found is None or found.account_id != member().id:
            raise Refusal(404, "not_found")
        db.session.delete(found)
    realtime.end_sessions([wanted])
    return nothing()


@bp.delete("/sessions")
@limits.writes
def end_other_sessions() -> Response:
    """End every session but this one."""
    with writing():
        ended = member().end_sessions(but=this_session().id)
    realtime.end_sessions(ended)
    return nothing()
