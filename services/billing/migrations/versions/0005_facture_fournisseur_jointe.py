"""The supplier's invoice attached at reception, shown to whoever checks it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLONNES = ("facture_sha256", "facture_nom", "facture_type")


def upgrade() -> None:
    for nom in COLONNES:
        op.add_column("affaire_fournisseur", sa.Column(nom, sa.Text(), nullable=True))


def downgrade() -> None:
    for nom in COLONNES:
        op.drop_column("affaire_fournisseur", nom)
