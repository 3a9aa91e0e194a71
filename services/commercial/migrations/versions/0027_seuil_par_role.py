"""Limits of discount and margin by role or by person; the row already there is the company's."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_personne",
        sa.Column("personne_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
    )
    op.add_column("seuil_marge", sa.Column("role", sa.Text(), nullable=True))
    op.add_column("seuil_marge", sa.Column("personne_id", sa.Uuid(), nullable=True))
    op.add_column("seuil_marge", sa.Column("nom", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "seuil_marge",
        sa.Column("approbateurs", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default="{}"),
    )
    op.create_index(
        "uq_seuil_marge_vise",
        "seuil_marge",
        ["role", "personne_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_check_constraint("un_seul_vise", "seuil_marge", "role IS NULL OR personne_id IS NULL")


def downgrade() -> None:
    op.execute("DELETE FROM seuil_marge WHERE role IS NOT NULL OR personne_id IS NOT NULL")
    op.drop_constraint("un_seul_vise", "seuil_marge", type_="check")
    op.drop_index("uq_seuil_marge_vise", "seuil_marge")
    for nom in ("approbateurs", "nom", "personne_id", "role"):
        op.drop_column("seuil_marge", nom)
    op.drop_table("copie_personne")
