"""the first tables."""

import sqlalchemy as sa
from alembic import op

import shared_space.storage.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("login", sa.String(length=32), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.LargeBinary(length=16), nullable=False),
        sa.Column("auth_hash", sa.String(length=128), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sheet_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("sheet_wrap", sa.LargeBinary(), nullable=True),
        sa.Column("recovered_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tries", sa.BigInteger(), nullable=False),
        sa.Column("until", shared_space.storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "candles",
        sa.Column("scope_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("candle_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("until", shared_space.storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("scope_id"),
    )
    op.create_table(
        "journals",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "signup_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_table(
        "spaces",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("inviter_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("journal_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=True),
        sa.Column(
            "waiting_since", shared_space.storage.types.UtcDateTime(timezone=True), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journals.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attachments_waiting_since"), ["waiting_since"], unique=False
        )

    op.create_table(
        "entries",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("journal_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("born", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=True),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["journals.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ux_entries_born", ["journal_id", "born"], unique=True)
        batch_op.create_index("ux_entries_place", ["journal_id", "place"], unique=True)

    op.create_table(
        "flames",
        sa.Column("scope_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("words_rev", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["scope_id"], ["candles.scope_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("scope_id", "account_id"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("space_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("inviter_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("verifier", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("closes", shared_space.storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.BigInteger(), nullable=False),
        sa.Column("claimed_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("proof", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("space_id"),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_inviter_id"), ["inviter_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("space_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("account_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("wrap", sa.LargeBinary(), nullable=False),
        sa.Column("pin", sa.LargeBinary(), nullable=True),
        sa.Column("pin_rev", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces.id"],
        ),
        sa.PrimaryKeyConstraint("space_id", "account_id"),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index("ix_memberships_account", ["account_id"], unique=False)
        batch_op.create_index(
            "ux_memberships_one_space",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('joining', 'active')"),
            postgresql_where=sa.text("state IN ('joining', 'active')"),
        )

    op.create_table(
        "pairs",
        sa.Column("space_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id"],
            ["spaces.id"],
        ),
        sa.PrimaryKeyConstraint("space_id", "ref"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column(
            "last_hour", shared_space.storage.types.UtcDateTime(timezone=True), nullable=False
        ),
        sa.Column("device", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("space_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("ref", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.LargeBinary(length=32), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["space_id", "ref"],
            ["pairs.space_id", "pairs.ref"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("space_id", "ref", "author_id"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("answers")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_account_id"))

    op.drop_table("sessions")
    op.drop_table("pairs")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_memberships_one_space",
            sqlite_where=sa.text("state IN ('joining', 'active')"),
            postgresql_where=sa.text("state IN ('joining', 'active')"),
        )
        batch_op.drop_index("ix_memberships_account")

    op.drop_table("memberships")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_inviter_id"))

    op.drop_table("invitations")
    op.drop_table("flames")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ux_entries_place")
        batch_op.drop_index("ux_entries_born")

    op.drop_table("entries")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachments_waiting_since"))
        batch_op.drop_index(batch_op.f("ix_attachments_entry_id"))

    op.drop_table("attachments")
    op.drop_table("spaces")
    op.drop_table("signup_codes")
    op.drop_table("journals")
    op.drop_table("candles")
    op.drop_table("attempts")
    op.drop_table("accounts")
