"""Passages that ask why."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("transition", sa.Column("motif_demande", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("transition", "motif_demande", server_default=None)


def downgrade() -> None:
    op.drop_column("transition", "motif_demande")
