"""Tables of copies and needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_agence",
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("adresse", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agence_id", name=op.f("pk_copie_agence")),
    )
    op.create_table(
        "copie_produit",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_cle", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("politique_serie", sa.Text(), nullable=False),
        sa.Column("ean_cle", sa.Text(), nullable=True),
        sa.Column("prix_achat_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("est_stockable", sa.Boolean(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("produit_id", name=op.f("pk_copie_produit")),
    )
    op.create_index("ix_copie_produit_ean", "copie_produit", ["ean_cle"], unique=False)
    op.create_index("ix_copie_produit_reference", "copie_produit", ["reference_cle"], unique=False)
    op.create_index("ix_copie_produit_tri", "copie_produit", ["est_actif", "reference", "produit_id"], unique=False)
    op.create_table(
        "copie_societe",
        sa.Column("societe_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("identite", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("societe_id", name=op.f("pk_copie_societe")),
    )
    op.create_table(
        "copie_stock",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("agence_nom", sa.Text(), nullable=False),
        sa.Column("physique", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("reserve", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("disponible", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.PrimaryKeyConstraint("produit_id", "agence_id", name=op.f("pk_copie_stock")),
    )
    op.create_table(
        "copie_tiers",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("nom_tri", sa.Text(), nullable=False),
        sa.Column("est_fournisseur", sa.Boolean(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("tva_intracom", sa.Text(), nullable=True),
        sa.Column("siren", sa.Text(), nullable=True),
        sa.Column("adresse", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )
    op.create_index(
        "ix_copie_tiers_fournisseur", "copie_tiers", ["est_fournisseur", "nom_tri", "tiers_id"], unique=False
    )
    op.create_table(
        "feuille",
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("devis_numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("priorite", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        sa.Column("est_terminee", sa.Boolean(), nullable=False),
        sa.Column("commandes_annoncees_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("feuille_id", name=op.f("pk_feuille")),
    )
    op.create_index(op.f("ix_feuille_demande_id"), "feuille", ["demande_id"], unique=False)
    op.create_table(
        "proposition_pressentie",
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("est_signee", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("proposition_id", name=op.f("pk_proposition_pressentie")),
    )
    op.create_table(
        "reference_fournisseur",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_cle", sa.Text(), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.PrimaryKeyConstraint("produit_id", "fournisseur_id", name=op.f("pk_reference_fournisseur")),
    )
    op.create_index(
        "ix_reference_fournisseur_cle", "reference_fournisseur", ["fournisseur_id", "reference_cle"], unique=False
    )
    op.create_table(
        "besoin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("present", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("reserve", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("manquant", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.feuille_id"], name=op.f("fk_besoin_feuille_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_besoin")),
        sa.UniqueConstraint("feuille_id", "produit_id", name=op.f("uq_besoin_feuille_id_produit_id")),
    )
    op.create_index(
        "ix_besoin_manquant", "besoin", ["produit_id"], unique=False, postgresql_where=sa.text("manquant > 0")
    )
    op.create_index("ix_besoin_produit_id", "besoin", ["produit_id"], unique=False)
    op.create_table(
        "besoin_pressenti",
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposition_id"],
            ["proposition_pressentie.proposition_id"],
            name=op.f("fk_besoin_pressenti_proposition_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("proposition_id", "produit_id", name=op.f("pk_besoin_pressenti")),
    )
    op.create_index("ix_besoin_pressenti_produit_id", "besoin_pressenti", ["produit_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_besoin_pressenti_produit_id", table_name="besoin_pressenti")
    op.drop_table("besoin_pressenti")
    op.drop_index("ix_besoin_produit_id", table_name="besoin")
    op.drop_index("ix_besoin_manquant", table_name="besoin", postgresql_where=sa.text("manquant > 0"))
    op.drop_table("besoin")
    op.drop_index("ix_reference_fournisseur_cle", table_name="reference_fournisseur")
    op.drop_table("reference_fournisseur")
    op.drop_table("proposition_pressentie")
    op.drop_index(op.f("ix_feuille_demande_id"), table_name="feuille")
    op.drop_table("feuille")
    op.drop_index("ix_copie_tiers_fournisseur", table_name="copie_tiers")
    op.drop_table("copie_tiers")
    op.drop_table("copie_stock")
    op.drop_table("copie_societe")
    op.drop_index("ix_copie_produit_tri", table_name="copie_produit")
    op.drop_index("ix_copie_produit_reference", table_name="copie_produit")
    op.drop_index("ix_copie_produit_ean", table_name="copie_produit")
    op.drop_table("copie_produit")
    op.drop_table("copie_agence")
