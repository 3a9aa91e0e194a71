"""Files attached to feuilles."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fichier_feuille",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proprietaire_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("depose_par", sa.Text(), nullable=False),
        sa.Column("depose_par_id", sa.Uuid(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("est_courant", sa.Boolean(), nullable=False),
        sa.Column("retire_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retire_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proprietaire_id"], ["feuille.id"], name=op.f("fk_fichier_feuille_proprietaire_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fichier_feuille")),
    )
    op.create_index(
        "uq_fichier_feuille_edition", "fichier_feuille", ["proprietaire_id", sa.text("lower(nom)"), "rang"], unique=True
    )
    op.create_index(
        "ix_fichier_feuille_courant",
        "fichier_feuille",
        ["proprietaire_id", "cree_le", "id"],
        postgresql_where=sa.text("est_courant"),
    )


def downgrade() -> None:
    op.drop_table("fichier_feuille")
