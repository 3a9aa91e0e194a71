"""Balances are kept nature by nature; an affaire starts from the main one of the company."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# As inventory starts with them; its facts say what changes.
CONNUES = (
    ("neuf", "Neuf"),
    ("occasion", "Occasion"),
    ("demonstration", "Démonstration"),
    ("pret", "Prêt"),
    ("vehicule", "Véhicule"),
    ("reparation", "Réparation"),
    ("quarantaine", "Quarantaine"),
)


def upgrade() -> None:
    op.create_table(
        "copie_nature",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("est_principale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_copie_nature")),
    )
    ligne = sa.text("INSERT INTO copie_nature (code, seq, libelle, est_principale) VALUES (:code, 0, :libelle, :une)")
    for code, libelle in CONNUES:
        op.execute(ligne.bindparams(code=code, libelle=libelle, une=code == "neuf"))
    op.add_column("copie_stock", sa.Column("nature", sa.Text(), nullable=False, server_default="neuf"))
    op.alter_column("copie_stock", "nature", server_default=None)
    op.drop_constraint("pk_copie_stock", "copie_stock")
    op.create_primary_key("pk_copie_stock", "copie_stock", ["produit_id", "agence_id", "nature"])


def downgrade() -> None:
    op.execute("DELETE FROM copie_stock WHERE nature <> 'neuf'")
    op.drop_constraint("pk_copie_stock", "copie_stock")
    op.create_primary_key("pk_copie_stock", "copie_stock", ["produit_id", "agence_id"])
    op.drop_column("copie_stock", "nature")
    op.drop_table("copie_nature")
