"""An article of a supplier quoted in a devis is recognised among the products by its name there, or by its EAN."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    colonne: sa.Column[list[str]] = sa.Column(
        "chez_fournisseurs", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"
    )
    op.add_column("copie_produit", colonne)
    op.create_index("ix_copie_produit_ean", "copie_produit", ["ean"])
    op.create_index(
        "ix_copie_produit_chez_fournisseurs", "copie_produit", ["chez_fournisseurs"], postgresql_using="gin"
    )


def downgrade() -> None:
    op.drop_index("ix_copie_produit_chez_fournisseurs", table_name="copie_produit")
    op.drop_index("ix_copie_produit_ean", table_name="copie_produit")
    op.drop_column("copie_produit", "chez_fournisseurs")
