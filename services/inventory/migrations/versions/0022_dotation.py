"""What vans, and other places, must carry of each product."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dotation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("emplacement_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("mini", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("cible", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.CheckConstraint("mini > 0 AND cible >= mini", name=op.f("ck_dotation_cible_au_moins_mini")),
        sa.ForeignKeyConstraint(["emplacement_id"], ["emplacement.id"], name=op.f("fk_dotation_emplacement_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_dotation_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dotation")),
        sa.UniqueConstraint("emplacement_id", "produit_id", name=op.f("uq_dotation_emplacement_id_produit_id")),
    )
    op.create_index(op.f("ix_dotation_produit_id"), "dotation", ["produit_id"])


def downgrade() -> None:
    op.drop_table("dotation")
