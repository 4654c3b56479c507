"""Asking for the password again, before what it alone may allow."""

from shared_space import limits
from shared_space.access import member
from shared_space.accounts import passwords
from shared_space.db import writing
from shared_space.errors import Refusal


def demand_password(auth_key: bytes) -> None:
    """Go on only with the member's current password; 401 otherwise, and slower each time."""
    login, auth_hash = member().login, member().auth_hash
    with writing():
        limits.slow_down(login)
    if not passwords.matches(auth_hash, auth_key):
        raise Refusal(401, "wrong")
    with writing():
        limits.forgive(login)
