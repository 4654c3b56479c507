"""Who rests, as a member may know it (protocol §16)."""

from typing import Any

from shared_space.accounts.models import Account
from shared_space.encoding import MINUTE_FORMAT
from shared_space.rest.models import Rest


def partner_id(mine: Account) -> bytes | None:
    """Return the partner in the active space, if there is one."""
    return mine.membership.partner_id if mine.membership and mine.space else None


def rest_state(mine: Account) -> dict[str, Any]:
    """Return one's own rest, and whether the partner rests as far as one may know."""
    own, partner = Rest.current(mine.id), partner_id(mine)
    until = own.until.strftime(MINUTE_FORMAT) if own and own.until else None
    return {
        "mine": {"until": until, "visible": own.visible} if own else None,
        "theirs": partner is not None and Rest.is_visible(partner),
    }
