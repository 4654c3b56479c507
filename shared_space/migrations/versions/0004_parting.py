"""parting."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "erasures",
        sa.Column("account_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("take_back", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("told", sa.Boolean(), server_default=sa.true(), nullable=False)
        )


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_column("told")
    op.drop_table("erasures")
