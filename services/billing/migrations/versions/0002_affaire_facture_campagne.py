"""Tables of affaire, facture, campagne."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affaire_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("origine", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("a_facturer", "facturee", "annulee", name="etataffaire", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("periode", sa.Text(), nullable=True),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_id", sa.Uuid(), nullable=True),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_tva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affaire_client")),
        sa.UniqueConstraint("cle", name=op.f("uq_affaire_client_cle")),
        sa.UniqueConstraint("numero", name=op.f("uq_affaire_client_numero")),
    )
    op.create_index(op.f("ix_affaire_client_affaire_id"), "affaire_client", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_affaire_client_contrat_id"), "affaire_client", ["contrat_id"], unique=False)
    op.create_index(op.f("ix_affaire_client_demande_id"), "affaire_client", ["demande_id"], unique=False)
    op.create_index("ix_affaire_client_etat", "affaire_client", ["etat", "id"], unique=False)
    op.create_index(op.f("ix_affaire_client_tiers_id"), "affaire_client", ["tiers_id"], unique=False)
    op.create_table(
        "affaire_fournisseur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("reception_numero", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("facture_fournisseur", sa.Text(), nullable=False),
        sa.Column("date_facture", sa.Date(), nullable=True),
        sa.Column(
            "etat", sa.Enum("a_controler", "controlee", name="etatachat", native_enum=False, length=60), nullable=False
        ),
        sa.Column("frais_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affaire_fournisseur")),
        sa.UniqueConstraint("numero", name=op.f("uq_affaire_fournisseur_numero")),
        sa.UniqueConstraint("reception_id", name=op.f("uq_affaire_fournisseur_reception_id")),
    )
    op.create_index("ix_affaire_fournisseur_etat", "affaire_fournisseur", ["etat", "id"], unique=False)
    op.create_index(
        op.f("ix_affaire_fournisseur_facture_fournisseur"), "affaire_fournisseur", ["facture_fournisseur"], unique=False
    )
    op.create_index(
        op.f("ix_affaire_fournisseur_fournisseur_id"), "affaire_fournisseur", ["fournisseur_id"], unique=False
    )
    op.create_table(
        "campagne",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("periode", sa.Text(), nullable=False),
        sa.Column(
            "etape",
            sa.Enum("controle", "affaires", "factures", "envois", name="etape", native_enum=False, length=60),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campagne")),
        sa.UniqueConstraint("periode", name=op.f("uq_campagne_periode")),
    )
    op.create_table(
        "copie_accord",
        sa.Column("accord_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("taux_horaire_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("deplacement_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("accord_id", name=op.f("pk_copie_accord")),
    )
    op.create_index(op.f("ix_copie_accord_tiers_id"), "copie_accord", ["tiers_id"], unique=False)
    op.create_table(
        "copie_contrat",
        sa.Column("contrat_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("periodicite_mois", sa.Integer(), nullable=False),
        sa.Column("est_a_echoir", sa.Boolean(), nullable=False),
        sa.Column("lignes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("contrat_id", name=op.f("pk_copie_contrat")),
    )
    op.create_index(op.f("ix_copie_contrat_etat"), "copie_contrat", ["etat"], unique=False)
    op.create_index(op.f("ix_copie_contrat_tiers_id"), "copie_contrat", ["tiers_id"], unique=False)
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
        sa.Column("fiche", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )
    op.create_table(
        "facture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("emise", "envoyee", "payee", name="etatfacture", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("affaire_client_id", sa.Uuid(), nullable=False),
        sa.Column("facture_origine_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("emise_le", sa.Date(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_tva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("solde_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("contenu", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("empreinte_precedente", sa.Text(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_id", sa.Uuid(), nullable=True),
        sa.Column("periode", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facture")),
        sa.UniqueConstraint("numero", name=op.f("uq_facture_numero")),
        sa.UniqueConstraint("rang", name=op.f("uq_facture_rang")),
    )
    op.create_index(op.f("ix_facture_affaire_client_id"), "facture", ["affaire_client_id"], unique=False)
    op.create_index(op.f("ix_facture_affaire_id"), "facture", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_facture_contrat_id"), "facture", ["contrat_id"], unique=False)
    op.create_index(op.f("ix_facture_demande_id"), "facture", ["demande_id"], unique=False)
    op.create_index(
        "ix_facture_echeance", "facture", ["echeance", "id"], unique=False, postgresql_where=sa.text("solde_ttc > 0")
    )
    op.create_index("ix_facture_etat", "facture", ["etat", "id"], unique=False)
    op.create_index(op.f("ix_facture_facture_origine_id"), "facture", ["facture_origine_id"], unique=False)
    op.create_index(op.f("ix_facture_tiers_id"), "facture", ["tiers_id"], unique=False)
    op.create_table(
        "envoi_facture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facture_id", sa.Uuid(), nullable=False),
        sa.Column("canal", sa.Text(), nullable=False),
        sa.Column("destinataires", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.Column("demande_par", sa.Text(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fait_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["facture_id"], ["facture.id"], name=op.f("fk_envoi_facture_facture_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envoi_facture")),
    )
    op.create_index(op.f("ix_envoi_facture_facture_id"), "envoi_facture", ["facture_id"], unique=False)
    op.create_table(
        "ligne_affaire_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("affaire_client_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("remise", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("taux_tva", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["affaire_client_id"], ["affaire_client.id"], name=op.f("fk_ligne_affaire_client_affaire_client_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_affaire_client")),
    )
    op.create_index(
        op.f("ix_ligne_affaire_client_affaire_client_id"), "ligne_affaire_client", ["affaire_client_id"], unique=False
    )
    op.create_table(
        "ligne_affaire_fournisseur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("affaire_fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("commande_numero", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["affaire_fournisseur_id"],
            ["affaire_fournisseur.id"],
            name=op.f("fk_ligne_affaire_fournisseur_affaire_fournisseur_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_affaire_fournisseur")),
    )
    op.create_index(
        op.f("ix_ligne_affaire_fournisseur_affaire_fournisseur_id"),
        "ligne_affaire_fournisseur",
        ["affaire_fournisseur_id"],
        unique=False,
    )
    op.create_table(
        "ligne_campagne",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campagne_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("contrat_id", sa.Uuid(), nullable=False),
        sa.Column("contrat_numero", sa.Text(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("libelle_periode", sa.Text(), nullable=False),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("affaire_client_id", sa.Uuid(), nullable=True),
        sa.Column("facture_id", sa.Uuid(), nullable=True),
        sa.Column("facture_numero", sa.Text(), nullable=True),
        sa.Column("canal", sa.Text(), nullable=True),
        sa.Column("est_envoyee", sa.Boolean(), nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campagne_id"], ["campagne.id"], name=op.f("fk_ligne_campagne_campagne_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_campagne")),
    )
    op.create_index(op.f("ix_ligne_campagne_campagne_id"), "ligne_campagne", ["campagne_id"], unique=False)
    op.create_index(op.f("ix_ligne_campagne_contrat_id"), "ligne_campagne", ["contrat_id"], unique=False)
    op.create_table(
        "reglement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facture_id", sa.Uuid(), nullable=False),
        sa.Column("montant_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("recu_le", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("saisi_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["facture_id"], ["facture.id"], name=op.f("fk_reglement_facture_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reglement")),
    )
    op.create_index(op.f("ix_reglement_facture_id"), "reglement", ["facture_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reglement_facture_id"), table_name="reglement")
    op.drop_table("reglement")
    op.drop_index(op.f("ix_ligne_campagne_contrat_id"), table_name="ligne_campagne")
    op.drop_index(op.f("ix_ligne_campagne_campagne_id"), table_name="ligne_campagne")
    op.drop_table("ligne_campagne")
    op.drop_index(op.f("ix_ligne_affaire_fournisseur_affaire_fournisseur_id"), table_name="ligne_affaire_fournisseur")
    op.drop_table("ligne_affaire_fournisseur")
    op.drop_index(op.f("ix_ligne_affaire_client_affaire_client_id"), table_name="ligne_affaire_client")
    op.drop_table("ligne_affaire_client")
    op.drop_index(op.f("ix_envoi_facture_facture_id"), table_name="envoi_facture")
    op.drop_table("envoi_facture")
    op.drop_index(op.f("ix_facture_tiers_id"), table_name="facture")
    op.drop_index(op.f("ix_facture_facture_origine_id"), table_name="facture")
    op.drop_index("ix_facture_etat", table_name="facture")
    op.drop_index("ix_facture_echeance", table_name="facture", postgresql_where=sa.text("solde_ttc > 0"))
    op.drop_index(op.f("ix_facture_demande_id"), table_name="facture")
    op.drop_index(op.f("ix_facture_contrat_id"), table_name="facture")
    op.drop_index(op.f("ix_facture_affaire_id"), table_name="facture")
    op.drop_index(op.f("ix_facture_affaire_client_id"), table_name="facture")
    op.drop_table("facture")
    op.drop_table("copie_tiers")
    op.drop_table("copie_societe")
    op.drop_index(op.f("ix_copie_contrat_tiers_id"), table_name="copie_contrat")
    op.drop_index(op.f("ix_copie_contrat_etat"), table_name="copie_contrat")
    op.drop_table("copie_contrat")
    op.drop_index(op.f("ix_copie_accord_tiers_id"), table_name="copie_accord")
    op.drop_table("copie_accord")
    op.drop_table("campagne")
    op.drop_index(op.f("ix_affaire_fournisseur_fournisseur_id"), table_name="affaire_fournisseur")
    op.drop_index(op.f("ix_affaire_fournisseur_facture_fournisseur"), table_name="affaire_fournisseur")
    op.drop_index("ix_affaire_fournisseur_etat", table_name="affaire_fournisseur")
    op.drop_table("affaire_fournisseur")
    op.drop_index(op.f("ix_affaire_client_tiers_id"), table_name="affaire_client")
    op.drop_index("ix_affaire_client_etat", table_name="affaire_client")
    op.drop_index(op.f("ix_affaire_client_demande_id"), table_name="affaire_client")
    op.drop_index(op.f("ix_affaire_client_contrat_id"), table_name="affaire_client")
    op.drop_index(op.f("ix_affaire_client_affaire_id"), table_name="affaire_client")
    op.drop_table("affaire_client")
