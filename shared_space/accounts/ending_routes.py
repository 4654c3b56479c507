"""Delete everything."""

from flask import Response
from flask_login import logout_user

from shared_space import limits, realtime
from shared_space.access import member
from shared_space.accounts import bodies
from shared_space.accounts.erasure import Erasure
from shared_space.accounts.proof import demand_password
from shared_space.accounts.routes import bp, forgetting
from shared_space.db import writing
from shared_space.linking.archive_routes import tell_both
from shared_space.linking.models import Membership
from shared_space.wire import body_of


@bp.delete("/account")
@limits.writes
def delete_everything() -> Response:
    """Delete the account and all that it wrote; answer when no byte of it is left."""
    body = body_of(bodies.Ending)
    demand_password(body.authKey)
    with writing():
        account = member()
        mine, ended = account.id, account.end_sessions()
        left, told = Erasure.begin(account, body.takeBack)
    logout_user()
    if left:
        realtime.leave(left)
    realtime.end_sessions(ended)
    realtime.tell_members(set(told) - {mine}, "linking:changed", {})
    Erasure.finish(mine)
    for membership in Membership.ever(mine):
        tell_both(membership.space_id)
    return forgetting()
