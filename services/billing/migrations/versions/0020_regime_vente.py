"""The VAT regime a devis was signed under, down to its invoices; what was signed before keeps that of its client."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("copie_vente", "affaire_client"):
        op.add_column(table, sa.Column("regime_tva", sa.Text(), nullable=False, server_default=""))
        op.alter_column(table, "regime_tva", server_default=None)


def downgrade() -> None:
    for table in ("copie_vente", "affaire_client"):
        op.drop_column(table, "regime_tva")
