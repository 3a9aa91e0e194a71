"""Tables of parc, coverage, equipment and copies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_collaborateur",
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_copie_collaborateur")),
    )
    op.create_table(
        "copie_societe",
        sa.Column("societe_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("donnees", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("societe_id", name=op.f("pk_copie_societe")),
    )
    op.create_table(
        "copie_tiers",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("fiche", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )
    op.create_table(
        "couverture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("contrats", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("accord_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_couverture")),
        sa.UniqueConstraint("tiers_id", name=op.f("uq_couverture_tiers_id")),
    )
    op.create_table(
        "groupe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groupe")),
        sa.UniqueConstraint("tiers_id", "nom", name=op.f("uq_groupe_tiers_id_nom")),
    )
    op.create_table(
        "lieu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("chemin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["lieu.id"], name=op.f("fk_lieu_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lieu")),
        sa.UniqueConstraint("tiers_id", "chemin", name=op.f("uq_lieu_tiers_id_chemin")),
    )
    op.create_index(op.f("ix_lieu_parent_id"), "lieu", ["parent_id"], unique=False)
    op.create_table(
        "parc",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("nom_tri", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parc")),
        sa.UniqueConstraint("tiers_id", name=op.f("uq_parc_tiers_id")),
    )
    op.create_index("ix_parc_nom", "parc", ["nom_tri", "id"], unique=False)
    op.create_table(
        "equipement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("nom_tri", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("type_code", sa.Text(), nullable=True),
        sa.Column("type_libelle", sa.Text(), nullable=True),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("etiquette", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("lieu_id", sa.Uuid(), nullable=True),
        sa.Column("groupe_id", sa.Uuid(), nullable=True),
        sa.Column("historique_id", sa.Uuid(), nullable=True),
        sa.Column("produit_id", sa.Uuid(), nullable=True),
        sa.Column("est_tiers", sa.Boolean(), nullable=False),
        sa.Column("fournisseur_nom", sa.Text(), nullable=True),
        sa.Column("facture_fournisseur", sa.Text(), nullable=True),
        sa.Column("reception_numero", sa.Text(), nullable=True),
        sa.Column("feuille_id", sa.Uuid(), nullable=True),
        sa.Column("feuille_numero", sa.Text(), nullable=True),
        sa.Column("devis_numero", sa.Text(), nullable=True),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("installe_le", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("contrat_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_numero", sa.Text(), nullable=True),
        sa.Column("est_retire", sa.Boolean(), nullable=False),
        sa.Column("retire_le", sa.Date(), nullable=True),
        sa.Column("motif_retrait", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["groupe_id"], ["groupe.id"], name=op.f("fk_equipement_groupe_id")),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_equipement_lieu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipement")),
        sa.UniqueConstraint("etiquette", name=op.f("uq_equipement_etiquette")),
        sa.UniqueConstraint("historique_id", name=op.f("uq_equipement_historique_id")),
    )
    op.create_index(op.f("ix_equipement_affaire_id"), "equipement", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_equipement_contrat_id"), "equipement", ["contrat_id"], unique=False)
    op.create_index(op.f("ix_equipement_demande_id"), "equipement", ["demande_id"], unique=False)
    op.create_index(op.f("ix_equipement_feuille_id"), "equipement", ["feuille_id"], unique=False)
    op.create_index(op.f("ix_equipement_groupe_id"), "equipement", ["groupe_id"], unique=False)
    op.create_index(op.f("ix_equipement_lieu_id"), "equipement", ["lieu_id"], unique=False)
    op.create_index("ix_equipement_nom", "equipement", ["nom_tri", "id"], unique=False)
    op.create_index(op.f("ix_equipement_numero_serie"), "equipement", ["numero_serie"], unique=False)
    op.create_index("ix_equipement_parc", "equipement", ["tiers_id", "est_retire", "nom_tri", "id"], unique=False)
    op.create_index(op.f("ix_equipement_produit_id"), "equipement", ["produit_id"], unique=False)
    op.create_index("ix_equipement_recherche", "equipement", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_equipement_type_code"), "equipement", ["type_code"], unique=False)
    op.create_table(
        "valeur_equipement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=False),
        sa.Column("champ", sa.Text(), nullable=False),
        sa.Column("valeur", sa.Text(), nullable=False),
        sa.Column("le", sa.Date(), nullable=False),
        sa.Column("saisi_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["equipement_id"], ["equipement.id"], name=op.f("fk_valeur_equipement_equipement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valeur_equipement")),
    )
    op.create_index(
        "ix_valeur_equipement_suite", "valeur_equipement", ["equipement_id", "champ", "le", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_valeur_equipement_suite", table_name="valeur_equipement")
    op.drop_table("valeur_equipement")
    op.drop_index(op.f("ix_equipement_type_code"), table_name="equipement")
    op.drop_index("ix_equipement_recherche", table_name="equipement", postgresql_using="gin")
    op.drop_index(op.f("ix_equipement_produit_id"), table_name="equipement")
    op.drop_index("ix_equipement_parc", table_name="equipement")
    op.drop_index(op.f("ix_equipement_numero_serie"), table_name="equipement")
    op.drop_index("ix_equipement_nom", table_name="equipement")
    op.drop_index(op.f("ix_equipement_lieu_id"), table_name="equipement")
    op.drop_index(op.f("ix_equipement_groupe_id"), table_name="equipement")
    op.drop_index(op.f("ix_equipement_feuille_id"), table_name="equipement")
    op.drop_index(op.f("ix_equipement_demande_id"), table_name="equipement")
    op.drop_index(op.f("ix_equipement_contrat_id"), table_name="equipement")
    op.drop_index(op.f("ix_equipement_affaire_id"), table_name="equipement")
    op.drop_table("equipement")
    op.drop_index("ix_parc_nom", table_name="parc")
    op.drop_table("parc")
    op.drop_index(op.f("ix_lieu_parent_id"), table_name="lieu")
    op.drop_table("lieu")
    op.drop_table("groupe")
    op.drop_table("couverture")
    op.drop_table("copie_tiers")
    op.drop_table("copie_societe")
    op.drop_table("copie_collaborateur")
