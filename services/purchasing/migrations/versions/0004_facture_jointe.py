"""The supplier's invoice attached to a reception."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLONNES = ("facture_sha256", "facture_nom", "facture_type")


def upgrade() -> None:
    for nom in COLONNES:
        op.add_column("reception", sa.Column(nom, sa.Text(), nullable=True))


def downgrade() -> None:
    for nom in COLONNES:
        op.drop_column("reception", nom)
