"""A tiers absorbed by another."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tiers", sa.Column("absorbe_par_id", sa.Uuid(), nullable=True))
    op.add_column("tiers", sa.Column("absorbe_le", sa.DateTime(timezone=True), nullable=True))
    op.add_column("tiers", sa.Column("anciens_noms", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.alter_column("tiers", "anciens_noms", server_default=None)
    op.create_index(op.f("ix_tiers_absorbe_par_id"), "tiers", ["absorbe_par_id"], unique=False)
    op.create_foreign_key(op.f("fk_tiers_absorbe_par_id"), "tiers", "tiers", ["absorbe_par_id"], ["id"])
    for colonne in ("telephone", "email", "siren"):
        op.create_index(op.f(f"ix_tiers_{colonne}"), "tiers", [colonne], unique=False)


def downgrade() -> None:
    for colonne in ("siren", "email", "telephone"):
        op.drop_index(op.f(f"ix_tiers_{colonne}"), table_name="tiers")
    op.drop_constraint(op.f("fk_tiers_absorbe_par_id"), "tiers", type_="foreignkey")
    op.drop_index(op.f("ix_tiers_absorbe_par_id"), table_name="tiers")
    for colonne in ("anciens_noms", "absorbe_le", "absorbe_par_id"):
        op.drop_column("tiers", colonne)
