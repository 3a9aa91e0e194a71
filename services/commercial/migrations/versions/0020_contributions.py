"""What a unit bears of DEEE and copie privée, and what propositions hold of them: nothing before."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

PRECISIONS = {"copie_produit": 4, "ligne_proposition": 4, "proposition": 2}
COLONNES = [(table, nom) for table in PRECISIONS for nom in ("deee_ht", "copie_privee_ht")]


def upgrade() -> None:
    for table, nom in COLONNES:
        colonne = sa.Column(nom, sa.Numeric(14, PRECISIONS[table]), nullable=False, server_default="0")
        op.add_column(table, colonne)


def downgrade() -> None:
    for table, nom in COLONNES:
        op.drop_column(table, nom)
