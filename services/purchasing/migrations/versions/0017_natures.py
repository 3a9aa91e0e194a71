"""Balances are kept nature by nature; a received line knows the natures of the projects it was ordered for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
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
    natures: sa.Column[list[str]] = sa.Column(
        "natures_stock", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"
    )
    op.add_column("ligne_reception", natures)
    op.alter_column("ligne_reception", "natures_stock", server_default=None)


def downgrade() -> None:
    op.drop_column("ligne_reception", "natures_stock")
    op.execute("DELETE FROM copie_stock WHERE nature <> 'neuf'")
    op.drop_constraint("pk_copie_stock", "copie_stock")
    op.create_primary_key("pk_copie_stock", "copie_stock", ["produit_id", "agence_id"])
    op.drop_column("copie_stock", "nature")
    op.drop_table("copie_nature")
