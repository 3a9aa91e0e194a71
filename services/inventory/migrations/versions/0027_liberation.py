"""Reservations given back by hand are kept with their reason."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "liberation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("feuille_numero", sa.Text(), nullable=False),
        sa.Column("attendu_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(14, 3), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.Column("pour_feuille_id", sa.Uuid(), nullable=True),
        sa.Column("pour_feuille", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["attendu_id"], ["attendu.id"], name=op.f("fk_liberation_attendu_id_attendu")),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_liberation_feuille_id_feuille")),
        sa.ForeignKeyConstraint(
            ["pour_feuille_id"], ["feuille.id"], name=op.f("fk_liberation_pour_feuille_id_feuille")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liberation")),
    )
    op.create_index("ix_liberation_feuille", "liberation", ["feuille_id", "cree_le"])


def downgrade() -> None:
    op.drop_table("liberation")
