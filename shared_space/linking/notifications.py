"""Live events for the former members of a space that has ended."""

from shared_space.encoding import base64url
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.storage.database import db


def notify_former_members(space_id: bytes) -> None:
    """Send `journal:changed` to both former members, after something was taken back."""
    member_ids = Membership.archived_member_ids(space_id)
    last_seq = db.session.get_one(Journal, space_id).last_seq
    live_server().broadcast.publish_to_members(
        member_ids, "journal:changed", {"journal": base64url(space_id), "place": last_seq}
    )
