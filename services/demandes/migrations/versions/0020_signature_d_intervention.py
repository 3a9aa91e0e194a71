"""The client signs the intervention sheet."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for colonne in ("signe_par", "trace"):
        op.add_column("intervention", sa.Column(colonne, sa.Text(), server_default="", nullable=False))
        op.alter_column("intervention", colonne, server_default=None)


def downgrade() -> None:
    op.drop_column("intervention", "trace")
    op.drop_column("intervention", "signe_par")
