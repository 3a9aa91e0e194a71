"""The natures of stock are rows: the company names its own, and says which one is the main one."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CONNUES = (
    ("neuf", "Neuf", True),
    ("occasion", "Occasion", True),
    ("demonstration", "Démonstration", True),
    ("pret", "Prêt", False),
    ("vehicule", "Véhicule", True),
    ("reparation", "Réparation", False),
    ("quarantaine", "Quarantaine", False),
)
COLONNES = (
    ("stock", "nature"),
    ("historique", "nature"),
    ("feuille", "nature"),
    ("mouvement", "de_nature"),
    ("mouvement", "vers_nature"),
    ("copie_affaire", "nature"),
    ("emplacement", "nature"),
    ("ligne_inventaire", "nature"),
)


def upgrade() -> None:
    op.create_table(
        "nature_stock",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("est_livrable", sa.Boolean(), nullable=False),
        sa.Column("est_principale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nature_stock")),
        sa.UniqueConstraint("code", name=op.f("uq_nature_stock_code")),
    )
    op.create_index(
        "uq_nature_stock_principale",
        "nature_stock",
        ["est_principale"],
        unique=True,
        postgresql_where=sa.text("est_principale"),
    )
    nature = sa.text(
        "INSERT INTO nature_stock VALUES (gen_random_uuid(), 1, now(), now(), :code, :libelle, :rang, :livrable, :une)"
    )
    for rang, (code, libelle, livrable) in enumerate(CONNUES):
        ligne = {"code": code, "libelle": libelle, "rang": rang, "livrable": livrable, "une": code == "neuf"}
        op.execute(nature.bindparams(**ligne))
    for table, colonne in COLONNES:
        op.alter_column(table, colonne, type_=sa.Text(), existing_type=sa.String(60), existing_nullable=False)


def downgrade() -> None:
    for table, colonne in COLONNES:
        op.alter_column(table, colonne, type_=sa.String(60), existing_type=sa.Text(), existing_nullable=False)
    op.drop_table("nature_stock")
