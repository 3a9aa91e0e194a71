"""Reorder rules."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regle_reappro",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column("mini", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("maxi", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.CheckConstraint("mini > 0 AND maxi >= mini", name=op.f("ck_regle_reappro_maxi_au_moins_mini")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regle_reappro")),
        sa.UniqueConstraint("produit_id", "agence_id", name=op.f("uq_regle_reappro_produit_id_agence_id")),
    )


def downgrade() -> None:
    op.drop_table("regle_reappro")
