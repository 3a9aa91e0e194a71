"""A line whose price nobody has given holds the invoice."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("ligne_affaire_client", "affaire_client"):
        op.add_column(table, sa.Column("prix_a_fixer", sa.Boolean(), nullable=False, server_default="false"))
        op.alter_column(table, "prix_a_fixer", server_default=None)


def downgrade() -> None:
    for table in ("ligne_affaire_client", "affaire_client"):
        op.drop_column(table, "prix_a_fixer")
