"""What an accepted supplier invoice makes the goods cost is announced, each time it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("affaire_fournisseur", sa.Column("facture_annoncee", sa.Text(), nullable=False, server_default=""))
    op.alter_column("affaire_fournisseur", "facture_annoncee", server_default=None)
    op.add_column("affaire_fournisseur", sa.Column("revision", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("affaire_fournisseur", "revision", server_default=None)
    op.add_column("ligne_affaire_fournisseur", sa.Column("ligne_recue_id", sa.Uuid(), nullable=True))
    op.add_column("ligne_affaire_fournisseur", sa.Column("cout_annonce_ht", sa.Numeric(14, 2), nullable=True))


def downgrade() -> None:
    op.drop_column("ligne_affaire_fournisseur", "cout_annonce_ht")
    op.drop_column("ligne_affaire_fournisseur", "ligne_recue_id")
    op.drop_column("affaire_fournisseur", "revision")
    op.drop_column("affaire_fournisseur", "facture_annoncee")
