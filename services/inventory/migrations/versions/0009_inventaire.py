"""Stock counts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ETATS = sa.Enum("ouvert", "compte", "valide", "abandonne", name="etatinventaire", native_enum=False, length=60)
RAISONS = sa.Enum("casse", "perte", "vol", "erreur", "retrouve", "autre", name="raison", native_enum=False, length=60)
NATURES = sa.Enum(
    *("neuf", "occasion", "demonstration", "pret", "vehicule", "reparation", "quarantaine"),
    name="nature",
    native_enum=False,
    length=60,
)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "inventaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("depot_id", sa.Uuid(), nullable=False),
        sa.Column("emplacement_id", sa.Uuid(), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("est_aveugle", sa.Boolean(), nullable=False),
        sa.Column("etat", ETATS, nullable=False),
        sa.Column("ouvert_par", sa.Text(), nullable=False),
        sa.Column("compte_par", sa.Text(), nullable=True),
        sa.Column("compte_le", INSTANT, nullable=True),
        sa.Column("valide_par", sa.Text(), nullable=True),
        sa.Column("valide_le", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_inventaire_depot_id")),
        sa.ForeignKeyConstraint(["emplacement_id"], ["emplacement.id"], name=op.f("fk_inventaire_emplacement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventaire")),
        sa.UniqueConstraint("numero", name=op.f("uq_inventaire_numero")),
    )
    op.create_index(op.f("ix_inventaire_depot_id"), "inventaire", ["depot_id"])
    op.create_index(op.f("ix_inventaire_emplacement_id"), "inventaire", ["emplacement_id"])
    op.create_index("ix_inventaire_etat", "inventaire", ["etat", "id"])
    op.create_table(
        "ligne_inventaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inventaire_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("nature", NATURES, nullable=False),
        sa.Column("comptee", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("attendue", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("raison", RAISONS, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("comptee >= 0", name=op.f("ck_ligne_inventaire_comptee_positive")),
        sa.ForeignKeyConstraint(["inventaire_id"], ["inventaire.id"], name=op.f("fk_ligne_inventaire_inventaire_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_ligne_inventaire_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_inventaire")),
        sa.UniqueConstraint(
            "inventaire_id", "produit_id", "nature", name=op.f("uq_ligne_inventaire_inventaire_id_produit_id_nature")
        ),
    )
    op.create_index(op.f("ix_ligne_inventaire_produit_id"), "ligne_inventaire", ["produit_id"])
    op.create_table(
        "pointage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inventaire_id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("est_ailleurs", sa.Boolean(), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_pointage_historique_id")),
        sa.ForeignKeyConstraint(["inventaire_id"], ["inventaire.id"], name=op.f("fk_pointage_inventaire_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pointage")),
        sa.UniqueConstraint("inventaire_id", "historique_id", name=op.f("uq_pointage_inventaire_id_historique_id")),
    )
    op.create_index(op.f("ix_pointage_historique_id"), "pointage", ["historique_id"])


def downgrade() -> None:
    for table in ("pointage", "ligne_inventaire", "inventaire"):
        op.drop_table(table)
