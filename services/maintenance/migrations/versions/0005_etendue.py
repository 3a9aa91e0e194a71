"""Whose contracts are: the commercials of the client, who sold, and their agencies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_vente",
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("commercial_id", sa.Uuid(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("proposition_id", name=op.f("pk_copie_vente")),
    )
    for colonne in ("commercial_id", "agence_id"):
        op.create_index(f"ix_copie_vente_{colonne}", "copie_vente", [colonne])
    op.add_column(
        "copie_tiers", sa.Column("commercial_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default="{}")
    )
    op.alter_column("copie_tiers", "commercial_ids", server_default=None)
    op.execute(
        "UPDATE copie_tiers SET commercial_ids = ARRAY(SELECT jsonb_array_elements_text("
        "coalesce(fiche::jsonb -> 'commercial_ids', '[]'))::uuid)"
    )
    op.create_index("ix_copie_tiers_commerciaux", "copie_tiers", ["commercial_ids"], postgresql_using="gin")
    op.add_column("copie_collaborateur", sa.Column("agence_id", sa.Uuid(), nullable=True))
    op.create_index("ix_copie_collaborateur_agence_id", "copie_collaborateur", ["agence_id"])


def downgrade() -> None:
    op.drop_index("ix_copie_collaborateur_agence_id", table_name="copie_collaborateur")
    op.drop_column("copie_collaborateur", "agence_id")
    op.drop_index("ix_copie_tiers_commerciaux", table_name="copie_tiers")
    op.drop_column("copie_tiers", "commercial_ids")
    op.drop_table("copie_vente")
