"""The JSON of the current account: `me` in protocol §16."""

from typing import Any

from shared_space import clock
from shared_space.accounts.models import RECOVERY_NOTICE, Account
from shared_space.encoding import MINUTE_FORMAT, base64url
from shared_space.journals.entries import entry_payload
from shared_space.linking.invitations import Invitation
from shared_space.linking.spaces import Membership


def me_payload(account: Account) -> dict[str, Any]:
    """Return everything the account's page needs to open its journals and its space."""
    membership = account.membership
    return {
        "id": base64url(account.id),
        "login": account.login,
        "seed": base64url(account.seed),
        "wrap": base64url(account.wrap),
        "version": account.version,
        "sheet": account.sheet_hash is not None,
        "recovered": recovery_notice(account),
        "space": space_payload(membership) if membership else None,
        "archives": [
            {
                "id": base64url(archived.space_id),
                "partner": base64url(archived.partner_id),
                "wrap": base64url(archived.wrap),
                "pin": pin_payload(archived),
                "told": archived.end_notice_read,
            }
            for archived in Membership.archived(account.id)
        ],
        "invitations": [
            {
                "id": base64url(pending.id),
                "space": base64url(pending.space_id),
                "closes": pending.expires_at.strftime(MINUTE_FORMAT),
                "claimed": pending.claimed_by is not None,
                "wrap": base64url(pending.inviter_wrap),
            }
            for pending in Invitation.pending_for(account.id)
        ],
    }


def recovery_notice(account: Account) -> str | None:
    """Return the date (ISO 8601) the recovery sheet was used, or None once the notice is over."""
    day = account.recovered_on
    return day.isoformat() if day and clock.now().date() - day <= RECOVERY_NOTICE else None


def pin_payload(membership: Membership) -> dict[str, Any] | None:
    """Return the sealed pin of the partner's key with its revision, or None before it is set."""
    if not membership.pin or not membership.pin_rev:
        return None
    return {"rev": membership.pin_rev, "box": base64url(membership.pin)}


def space_payload(membership: Membership) -> dict[str, Any]:
    """Return a space that is joining or active, as one of its members sees it."""
    space, joining = membership.space, membership.space.state == "joining"
    invitation = Invitation.for_space(space.id) if joining else None
    return {
        "id": base64url(space.id),
        "state": space.state,
        "partner": base64url(membership.partner_id),
        "inviter": base64url(space.inviter_id),
        "invitation": base64url(invitation.id) if invitation else None,
        "language": space.language,
        "wrap": base64url(membership.wrap),
        "pin": pin_payload(membership),
        "proof": base64url(invitation.proof) if invitation and invitation.proof else None,
        "hellos": [entry_payload(entry) for entry in space.hellos()] if joining else [],
    }
