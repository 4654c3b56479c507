"""Checking the password again, before actions that a stolen session must not allow."""

from shared_space.accounts import password_hashing, throttle
from shared_space.errors import ApiError
from shared_space.http.access import current_account
from shared_space.storage.transactions import write_transaction


def require_password(auth_key: bytes) -> None:
    """Raise 401 unless the key is that of the current password; 429 after too many tries."""
    login, auth_hash = current_account().login, current_account().auth_hash
    with write_transaction():
        throttle.throttle_sign_in(login)
    if not password_hashing.matches(auth_hash, auth_key):
        raise ApiError(401, "wrong")
    with write_transaction():
        throttle.reset_throttle(login)
