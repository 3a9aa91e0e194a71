"""Tiers absorbed by others, whose issued invoices keep their client."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fusion",
        sa.Column("absorbe_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("absorbe_id", name=op.f("pk_fusion")),
    )
    op.create_index(op.f("ix_fusion_tiers_id"), "fusion", ["tiers_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_fusion_tiers_id"), table_name="fusion")
    op.drop_table("fusion")
