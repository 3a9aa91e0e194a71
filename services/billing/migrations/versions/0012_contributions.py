"""What a unit invoiced bears of DEEE and copie privée: nothing on what was written before."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NOMS = ("deee_ht", "copie_privee_ht")


def upgrade() -> None:
    for nom in NOMS:
        op.add_column("ligne_affaire_client", sa.Column(nom, sa.Numeric(14, 4), nullable=False, server_default="0"))


def downgrade() -> None:
    for nom in NOMS:
        op.drop_column("ligne_affaire_client", nom)
