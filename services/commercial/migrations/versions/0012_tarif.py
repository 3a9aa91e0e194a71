"""Price lists, prices of clients and of marchés."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tarif",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "origine",
            sa.Enum("marche", "client", "liste", "catalogue", name="origine", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_nom", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=True),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["affaire_id"], ["affaire.id"], name=op.f("fk_tarif_affaire_id_affaire")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tarif")),
    )
    op.create_index("ix_tarif_recherche", "tarif", ["recherche"], postgresql_using="gin")
    op.create_index("ix_tarif_origine", "tarif", ["origine", "tiers_id", "affaire_id"])
    for colonne in ("tiers_id", "affaire_id"):
        op.create_index(op.f(f"ix_tarif_{colonne}"), "tarif", [colonne])
    op.create_table(
        "prix_tarif",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tarif_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("quantite_min", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("remise", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.ForeignKeyConstraint(
            ["tarif_id"], ["tarif.id"], name=op.f("fk_prix_tarif_tarif_id_tarif"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prix_tarif")),
        sa.UniqueConstraint(
            "tarif_id", "produit_id", "quantite_min", name=op.f("uq_prix_tarif_tarif_id_produit_id_quantite_min")
        ),
    )
    op.create_index("ix_prix_tarif_produit_id", "prix_tarif", ["produit_id", "tarif_id"])


def downgrade() -> None:
    for table in ("prix_tarif", "tarif"):
        op.drop_table(table)
