"""What a unit sold bears of DEEE and copie privée: nothing on what was written before."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLONNES = [(table, nom) for table in ("produit", "colonne") for nom in ("deee_ht", "copie_privee_ht")]


def upgrade() -> None:
    for table, nom in COLONNES:
        op.add_column(table, sa.Column(nom, sa.Numeric(14, 4), nullable=False, server_default="0"))


def downgrade() -> None:
    for table, nom in COLONNES:
        op.drop_column(table, nom)
