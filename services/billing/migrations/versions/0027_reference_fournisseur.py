"""How the supplier names what was received: the name its invoices bill it under."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    colonne = sa.Column("reference_fournisseur", sa.Text(), nullable=False, server_default="")
    op.add_column("ligne_affaire_fournisseur", colonne)
    op.alter_column("ligne_affaire_fournisseur", "reference_fournisseur", server_default=None)


def downgrade() -> None:
    op.drop_column("ligne_affaire_fournisseur", "reference_fournisseur")
