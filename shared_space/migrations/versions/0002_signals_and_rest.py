"""signals and rest."""

import sqlalchemy as sa
from alembic import op

import shared_space.storage.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "signals",
        sa.Column("space_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("tag", sa.LargeBinary(length=32), nullable=False),
        sa.Column("until", shared_space.storage.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["spaces.id"]),
        sa.PrimaryKeyConstraint("space_id", "author_id"),
    )
    op.create_table(
        "rests",
        sa.Column("account_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("until", shared_space.storage.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("rests")
    op.drop_table("signals")
