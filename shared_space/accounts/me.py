"""What a member is told about themselves: `me` in docs/protocol.md §16."""

from typing import Any

from shared_space import clock
from shared_space.accounts.models import NOTICE, Account
from shared_space.journals.entries import shown
from shared_space.linking.models import Invitation, Membership
from shared_space.wire import MINUTE, b64


def me(account: Account) -> dict[str, Any]:
    """Return everything this member's page needs to open itself."""
    mine = account.membership
    return {
        "id": b64(account.id),
        "login": account.login,
        "seed": b64(account.seed),
        "wrap": b64(account.wrap),
        "version": account.version,
        "sheet": account.sheet_hash is not None,
        "recovered": recovered(account),
        "space": space(mine) if mine else None,
        "archives": [
            {
                "id": b64(old.space_id),
                "partner": b64(old.partner_id),
                "wrap": b64(old.wrap),
                "pin": pin(old),
                "told": old.told,
            }
            for old in Membership.archived(account.id)
        ],
        "invitations": [
            {
                "id": b64(waiting.id),
                "space": b64(waiting.space_id),
                "closes": waiting.closes.strftime(MINUTE),
                "claimed": waiting.claimed_by is not None,
                "wrap": b64(waiting.inviter_wrap),
            }
            for waiting in Invitation.open_of(account.id)
        ],
    }


def recovered(account: Account) -> str | None:
    """Return the day the sheet was used, for as long as that is said."""
    day = account.recovered_on
    return day.isoformat() if day and clock.now().date() - day <= NOTICE else None


def pin(mine: Membership) -> dict[str, Any] | None:
    """Return the sealed pin that names the partner."""
    return {"rev": mine.pin_rev, "box": b64(mine.pin)} if mine.pin and mine.pin_rev else None


def space(mine: Membership) -> dict[str, Any]:
    """Return the space that is joining or active."""
    place, invitation = mine.space, mine.space.invitation
    return {
        "id": b64(place.id),
        "state": place.state,
        "partner": b64(mine.partner_id),
        "inviter": b64(place.inviter_id),
        "invitation": b64(invitation.id) if invitation else None,
        "language": place.language,
        "wrap": b64(mine.wrap),
        "pin": pin(mine),
        "proof": b64(invitation.proof) if invitation and invitation.proof else None,
        "hellos": [shown(entry) for entry in place.hellos()] if place.state == "joining" else [],
    }
