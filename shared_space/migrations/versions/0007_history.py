"""the hashes of superseded writes; a journal's history begins at its place of today."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "journals", sa.Column("chain_start", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute("UPDATE journals SET chain_start = place")
    op.create_table(
        "superseded",
        sa.Column("journal_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["journal_id"], ["journals.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("journal_id", "place"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("superseded")
    with op.batch_alter_table("journals", schema=None) as batch_op:
        batch_op.drop_column("chain_start")
