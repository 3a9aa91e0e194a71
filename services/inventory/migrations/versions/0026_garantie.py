"""How long a product is guaranteed, until when an object is; whether the objects of a product enter the parc."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("produit", sa.Column("garantie_mois", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("produit", "garantie_mois", server_default=None)
    op.add_column("produit", sa.Column("est_visible_parc", sa.Boolean(), nullable=True))
    op.add_column("historique", sa.Column("garantie_jusqu_au", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("historique", "garantie_jusqu_au")
    op.drop_column("produit", "est_visible_parc")
    op.drop_column("produit", "garantie_mois")
