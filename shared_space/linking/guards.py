"""Checks that the routes of linking share."""

from shared_space.accounts.models import Account
from shared_space.errors import ApiError
from shared_space.http.access import current_account
from shared_space.linking.spaces import Membership
from shared_space.storage.transactions import advisory_lock


def not_found() -> ApiError:
    """Return the one 404 that is raised for every reason why an invitation or space is not usable.

    An invitation that is the account's own, expired, claimed by someone else, revoked or unknown
    looks the same to the client, so that nobody can find out whether an invitation exists.
    """
    return ApiError(404, "not_found")


def lock_and_get_account() -> Account:
    """Return the current account, after waiting for other linking transactions to end.

    The lock is held until the transaction ends. Call it inside `write_transaction()`.
    """
    advisory_lock("linking")
    return current_account()


def require_unlinked(account_id: bytes, inviter_id: bytes | None = None) -> None:
    """Raise 409 if the account already shares a space or is about to.

    The code is `already_joining` if that space is with `inviter_id` (two people who invited each
    other) or is not confirmed yet, else `already_linked`.
    """
    membership = Membership.current(account_id)
    if membership is None:
        return
    invited_each_other = inviter_id is not None and membership.partner_id == inviter_id
    if invited_each_other or membership.space.state == "joining":
        raise ApiError(409, "already_joining")
    raise ApiError(409, "already_linked")
