"""The sale an affaire client belongs to, the invoice that billed it, the deposit a line deducts."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INDEXES = (("affaire_client", "vente_id"), ("ligne_affaire_client", "acompte_id"))


def upgrade() -> None:
    op.add_column("affaire_client", sa.Column("vente_id", sa.Uuid(), nullable=True))
    op.add_column("affaire_client", sa.Column("facturee_par", sa.Text(), nullable=False, server_default=""))
    op.alter_column("affaire_client", "facturee_par", server_default=None)
    op.add_column("ligne_affaire_client", sa.Column("acompte_id", sa.Uuid(), nullable=True))
    op.add_column("copie_vente", sa.Column("avenant_de", sa.Uuid(), nullable=True))
    for table, colonne in INDEXES:
        op.create_index(op.f(f"ix_{table}_{colonne}"), table, [colonne])


def downgrade() -> None:
    for table, colonne in INDEXES:
        op.drop_index(op.f(f"ix_{table}_{colonne}"), table_name=table)
    op.drop_column("copie_vente", "avenant_de")
    op.drop_column("ligne_affaire_client", "acompte_id")
    op.drop_column("affaire_client", "facturee_par")
    op.drop_column("affaire_client", "vente_id")
