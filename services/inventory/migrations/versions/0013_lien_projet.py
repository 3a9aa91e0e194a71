"""Which project an object belongs to, for the fil de vie: filled with what is known today, then by movements."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lien_projet",
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_lien_projet_historique_id")),
        sa.PrimaryKeyConstraint("historique_id", name=op.f("pk_lien_projet")),
    )
    op.create_index(op.f("ix_lien_projet_demande_id"), "lien_projet", ["demande_id"])
    op.execute(
        "INSERT INTO lien_projet (historique_id, demande_id)"
        " SELECT id, demande_id FROM historique WHERE demande_id IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("lien_projet")
