"""indexes for what is pruned, and behind every foreign key."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_sessions_last_hour", "sessions", ["last_hour"]),
    ("ix_sessions_since", "sessions", ["since"]),
    ("ix_invitations_closes", "invitations", ["closes"]),
    ("ix_challenges_until", "challenges", ["until"]),
    ("ix_invitations_claimed_by", "invitations", ["claimed_by"]),
    ("ix_flames_account_id", "flames", ["account_id"]),
    ("ix_signals_until", "signals", ["until"]),
    ("ix_attachments_journal_id", "attachments", ["journal_id"]),
)


def upgrade() -> None:
    """Apply."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Take back."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
