"""The route that deletes an account."""

from flask import Blueprint, Response
from flask_login import logout_user

from shared_space.accounts import schemas
from shared_space.accounts.deletion import AccountDeletion
from shared_space.accounts.reauthentication import require_password
from shared_space.accounts.routes import clear_site_data_response
from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import parse_body
from shared_space.linking.notifications import notify_former_members
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.transactions import write_transaction

bp = Blueprint("account_deletion", __name__, url_prefix="/api")


@bp.delete("/account")
@rate_limits.writes
def delete_everything() -> Response:
    """Delete the account and everything it wrote; answer once no byte of it is left."""
    body = parse_body(schemas.AccountDeletionBody)
    require_password(body.authKey)
    with write_transaction():
        account = current_account()
        mine, ended = account.id, account.end_sessions()
        left, told = AccountDeletion.start(account, body.takeBack)
    logout_user()
    if left:
        live_server().presence.clear_space(left)
    live_server().presence.revoke_sessions(ended)
    live_server().broadcast.publish_to_members(set(told) - {mine}, "linking:changed", {})
    AccountDeletion.finish(mine)
    for membership in Membership.all_for(mine):
        notify_former_members(membership.space_id)
    return clear_site_data_response()
