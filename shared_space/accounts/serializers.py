"""What a member is told about themselves: `me` in docs/protocol.md §16."""

from typing import Any

from shared_space import clock
from shared_space.accounts.models import RECOVERY_NOTICE, Account
from shared_space.encoding import MINUTE_FORMAT, base64url
from shared_space.journals.entries import entry_payload
from shared_space.linking.models import Invitation, Membership


def me_payload(account: Account) -> dict[str, Any]:
    """Return everything this member's page needs to open itself."""
    mine = account.membership
    return {
        "id": base64url(account.id),
        "login": account.login,
        "seed": base64url(account.seed),
        "wrap": base64url(account.wrap),
        "version": account.version,
        "sheet": account.sheet_hash is not None,
        "recovered": recovery_notice(account),
        "space": space_payload(mine) if mine else None,
        "archives": [
            {
                "id": base64url(old.space_id),
                "partner": base64url(old.partner_id),
                "wrap": base64url(old.wrap),
                "pin": pin_payload(old),
                "told": old.told,
            }
            for old in Membership.archived(account.id)
        ],
        "invitations": [
            {
                "id": base64url(waiting.id),
                "space": base64url(waiting.space_id),
                "closes": waiting.closes.strftime(MINUTE_FORMAT),
                "claimed": waiting.claimed_by is not None,
                "wrap": base64url(waiting.inviter_wrap),
            }
            for waiting in Invitation.pending_for(account.id)
        ],
    }


def recovery_notice(account: Account) -> str | None:
    """Return the day the sheet was used, for as long as that is said."""
    day = account.recovered_on
    return day.isoformat() if day and clock.now().date() - day <= RECOVERY_NOTICE else None


def pin_payload(mine: Membership) -> dict[str, Any] | None:
    """Return the sealed pin that names the partner."""
    return {"rev": mine.pin_rev, "box": base64url(mine.pin)} if mine.pin and mine.pin_rev else None


def space_payload(mine: Membership) -> dict[str, Any]:
    """Return the space that is joining or active."""
    place, invitation = mine.space, mine.space.invitation
    return {
        "id": base64url(place.id),
        "state": place.state,
        "partner": base64url(mine.partner_id),
        "inviter": base64url(place.inviter_id),
        "invitation": base64url(invitation.id) if invitation else None,
        "language": place.language,
        "wrap": base64url(mine.wrap),
        "pin": pin_payload(mine),
        "proof": base64url(invitation.proof) if invitation and invitation.proof else None,
        "hellos": [entry_payload(entry) for entry in place.hellos()]
        if place.state == "joining"
        else [],
    }
