"""The invoice of a reception follows what accounts accepted: which announcement said it last."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reception", sa.Column("facture_revision", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("reception", "facture_revision", server_default=None)


def downgrade() -> None:
    op.drop_column("reception", "facture_revision")
