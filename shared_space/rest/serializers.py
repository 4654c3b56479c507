"""The JSON that shows who rests (protocol §16)."""

from typing import Any

from shared_space.accounts.models import Account
from shared_space.encoding import MINUTE_FORMAT
from shared_space.rest.models import Rest


def partner_id(mine: Account) -> bytes | None:
    """Return the partner's account id in the active space, or None."""
    return mine.membership.partner_id if mine.membership and mine.space else None


def rest_state(mine: Account) -> dict[str, Any]:
    """Return the account's own rest, and the partner's if they let it be seen."""
    own, partner = Rest.current(mine.id), partner_id(mine)
    until = own.until.strftime(MINUTE_FORMAT) if own and own.until else None
    return {
        "mine": {"until": until, "visible": own.visible} if own else None,
        "theirs": partner is not None and Rest.is_visible(partner),
    }
