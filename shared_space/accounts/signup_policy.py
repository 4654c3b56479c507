"""Who may create an account (protocol §11.9): SPACE_SIGNUP is couple, code or open."""

import secrets
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, current_app

from shared_space.accounts.models import Account, SignupCode
from shared_space.config import is_loopback
from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.linking.invitations import Invitation
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock

MAX_COUPLE_ACCOUNTS = 2


def signup_requirement() -> str:
    """Return what signing up requires now: first, code, invitation, open or closed."""
    policy = str(current_app.config["SPACE_SIGNUP"])
    if policy != "couple":
        return policy
    seats = count_accounts()
    if seats == 0:
        return "first" if is_loopback(current_app) else "code"
    return "invitation" if seats < MAX_COUPLE_ACCOUNTS else "closed"


def count_accounts() -> int:
    """Return the number of accounts, counting no further than the two of a couple."""
    return len(db.session.scalars(sa.select(Account.id).limit(MAX_COUPLE_ACCOUNTS)).all())


def authorize_sign_up(code: str | None, invitation: tuple[bytes, bytes] | None) -> None:
    """Raise 403 unless a new account is allowed. Called inside the transaction that creates it."""
    advisory_lock("sign-up")
    need = signup_requirement()
    allowed = (
        need in ("first", "open")
        or (need == "code" and code is not None and redeem_code(code))
        or (need == "invitation" and invitation is not None and Invitation.is_valid(*invitation))
    )
    if not allowed:
        raise ApiError(403, "signup_closed", need=need)


def redeem_code(code: str) -> bool:
    """Redeem a code from `flask signup-code` or the first start; return whether it was valid."""
    first = first_code_file(current_app)
    if current_app.config["SPACE_SIGNUP"] == "couple" and first.exists():
        return secrets.compare_digest(first.read_text().strip().encode(), code.encode())
    return SignupCode.redeem(code)


def delete_first_code() -> None:
    """Delete the code of the first start, once an account exists."""
    first_code_file(current_app).unlink(missing_ok=True)


def first_code_file(app: Flask) -> Path:
    """Return the path of the file with the code of the first start."""
    return Path(app.config["DATA"]) / "first-code"


def first_account_link() -> str | None:
    """Return the one-time link for the first account, creating its code; None if not needed."""
    if current_app.config["SPACE_SIGNUP"] != "couple" or is_loopback(current_app):
        return None
    if count_accounts():
        return None
    file = first_code_file(current_app)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(base64url(secrets.token_bytes(16)))
    return f"{current_app.config['ORIGIN']}/en/sign-up#{file.read_text().strip()}"
