"""Who receives the papers of an affaire in place of its client, and whose address they bear."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("affaire", "proposition"):
        op.add_column(table, sa.Column("tiers_secondaire_id", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("adresse_du_client", sa.Boolean(), nullable=False, server_default="false"))
        op.alter_column(table, "adresse_du_client", server_default=None)
        op.create_index(f"ix_{table}_tiers_secondaire_id", table, ["tiers_secondaire_id"])
    op.add_column("affaire", sa.Column("tiers_secondaire_nom", sa.Text(), nullable=False, server_default=""))
    op.alter_column("affaire", "tiers_secondaire_nom", server_default=None)


def downgrade() -> None:
    op.drop_column("affaire", "tiers_secondaire_nom")
    for table in ("proposition", "affaire"):
        op.drop_index(f"ix_{table}_tiers_secondaire_id", table)
        op.drop_column(table, "adresse_du_client")
        op.drop_column(table, "tiers_secondaire_id")
