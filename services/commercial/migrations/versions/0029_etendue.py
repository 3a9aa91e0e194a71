"""Lists narrowed to somebody’s own records, or to those of an agency, find them by index."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

INDEX = (
    *(("etude", "agence_id"), ("affaire", "depot_agence_id")),
    *(("copie_demande", "agence_id"), ("copie_demande", "responsable_id")),
)


def upgrade() -> None:
    for table, colonne in INDEX:
        op.create_index(f"ix_{table}_{colonne}", table, [colonne])
    op.create_index("ix_affaire_commerciaux", "affaire", ["commercial_ids"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_affaire_commerciaux", table_name="affaire")
    for table, colonne in reversed(INDEX):
        op.drop_index(f"ix_{table}_{colonne}", table_name=table)
