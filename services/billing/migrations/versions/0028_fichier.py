"""Files attached to factures and to supplier invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


OBJETS = {"fichier_facture": "facture", "fichier_achat": "affaire_fournisseur"}


def upgrade() -> None:
    for table, objet in OBJETS.items():
        _fichiers(table, objet)


def _fichiers(table: str, objet: str) -> None:
    op.create_table(
        table,
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
        sa.ForeignKeyConstraint(["proprietaire_id"], [f"{objet}.id"], name=op.f(f"fk_{table}_proprietaire_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"uq_{table}_edition", table, ["proprietaire_id", sa.text("lower(nom)"), "rang"], unique=True)
    op.create_index(
        f"ix_{table}_courant",
        table,
        ["proprietaire_id", "cree_le", "id"],
        postgresql_where=sa.text("est_courant"),
    )


def downgrade() -> None:
    for table in OBJETS:
        op.drop_table(table)
