"""Telling both former members that something in an archive was taken back."""

from shared_space.encoding import base64url
from shared_space.journals.models import Journal
from shared_space.linking.models import Membership
from shared_space.live import broadcast
from shared_space.storage.database import db


def notify_former_members(space_id: bytes) -> None:
    """Tell the open pages of both that something there was taken back."""
    both = Membership.archived_member_ids(space_id)
    place = db.session.get_one(Journal, space_id).place
    broadcast.publish_to_members(
        both, "journal:changed", {"journal": base64url(space_id), "place": place}
    )
