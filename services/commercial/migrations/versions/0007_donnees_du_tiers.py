"""What an affaire and a proposition take from their tiers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OBLIGATOIRES = (
    ("affaire", "site_code", sa.Text(), ""),
    ("affaire", "regime_tva", sa.Text(), "france"),
    ("affaire", "commercial_ids", postgresql.ARRAY(sa.Uuid()), "{}"),
    ("affaire", "groupe_commercial_ids", postgresql.ARRAY(sa.Uuid()), "{}"),
    ("proposition", "regime_tva", sa.Text(), "france"),
)
LIBRES = ("equipe_id", "chef_projet_client_id")


def upgrade() -> None:
    for colonne in LIBRES:
        op.add_column("affaire", sa.Column(colonne, sa.Uuid(), nullable=True))
    for table, colonne, genre, valeur in OBLIGATOIRES:
        op.add_column(table, sa.Column(colonne, genre, nullable=False, server_default=valeur))
    for table in ("affaire", "proposition"):
        op.execute(
            f"UPDATE {table} SET regime_tva = coalesce(t.fiche->>'regime_tva', 'france')"
            f" FROM copie_tiers t WHERE t.tiers_id = {table}.tiers_id"
        )
    for table, colonne, _, _ in OBLIGATOIRES:
        op.alter_column(table, colonne, server_default=None)


def downgrade() -> None:
    for table, colonne, _, _ in OBLIGATOIRES:
        op.drop_column(table, colonne)
    for colonne in LIBRES:
        op.drop_column("affaire", colonne)
