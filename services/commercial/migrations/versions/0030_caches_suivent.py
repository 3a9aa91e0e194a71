"""The hidden products of a line follow its quantity, in the proportion that was said."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ligne_proposition", sa.Column("caches_suivent", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    for colonne in ("quantite_dite", "dite_pour"):
        op.add_column("produit_cache", sa.Column(colonne, sa.Numeric(14, 3), nullable=True))


def downgrade() -> None:
    for colonne in ("dite_pour", "quantite_dite"):
        op.drop_column("produit_cache", colonne)
    op.drop_column("ligne_proposition", "caches_suivent")
