"""Returns to suppliers; what an object replaces."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ATTENTES = sa.Enum("echange", "avoir", name="attente", native_enum=False, length=60)
ETATS = sa.Enum("ouvert", "echange", "avoir", "rendu", name="etatretour", native_enum=False, length=60)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("historique", sa.Column("remplace_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_historique_remplace_id"), "historique", "historique", ["remplace_id"], ["id"])
    op.create_index(op.f("ix_historique_remplace_id"), "historique", ["remplace_id"])
    op.create_table(
        "retour",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=True),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_nom", sa.Text(), nullable=True),
        sa.Column("attente", ATTENTES, nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("numero_rma", sa.Text(), nullable=False),
        sa.Column("etat", ETATS, nullable=False),
        sa.Column("ouvert_par", sa.Text(), nullable=False),
        sa.Column("conclu_par", sa.Text(), nullable=True),
        sa.Column("conclu_le", INSTANT, nullable=True),
        sa.Column("remplacant_id", sa.Uuid(), nullable=True),
        sa.Column("avoir_numero", sa.Text(), nullable=False),
        sa.Column("avoir_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_retour_historique_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_retour_produit_id")),
        sa.ForeignKeyConstraint(["remplacant_id"], ["historique.id"], name=op.f("fk_retour_remplacant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retour")),
        sa.UniqueConstraint("numero", name=op.f("uq_retour_numero")),
    )
    for colonne in ("historique_id", "produit_id", "remplacant_id"):
        op.create_index(op.f(f"ix_retour_{colonne}"), "retour", [colonne])
    op.create_index("ix_retour_etat", "retour", ["etat", "id"])
    op.create_index("ix_retour_fournisseur", "retour", ["fournisseur_id", "id"])


def downgrade() -> None:
    op.drop_table("retour")
    op.drop_index(op.f("ix_historique_remplace_id"), table_name="historique")
    op.drop_column("historique", "remplace_id")
