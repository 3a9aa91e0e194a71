"""Who receives the invoices of a sale in place of its client, and at which address."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("copie_vente", "affaire_client"):
        op.add_column(table, sa.Column("tiers_secondaire_id", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("adresse_code", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("adresse_du_client", sa.Boolean(), nullable=False, server_default="false"))
        op.alter_column(table, "adresse_code", server_default=None)
        op.alter_column(table, "adresse_du_client", server_default=None)
    op.create_index("ix_affaire_client_tiers_secondaire_id", "affaire_client", ["tiers_secondaire_id"])


def downgrade() -> None:
    op.drop_index("ix_affaire_client_tiers_secondaire_id", "affaire_client")
    for table in ("affaire_client", "copie_vente"):
        for colonne in ("adresse_du_client", "adresse_code", "tiers_secondaire_id"):
            op.drop_column(table, colonne)
