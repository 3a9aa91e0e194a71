"""Tables of etude, proposition, affaire."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("libelle_abrege", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("opportunite", "affaire", "modele", name="etataffaire", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("tiers_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("priorite", sa.Integer(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("reference_externe", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affaire")),
        sa.UniqueConstraint("code", name=op.f("uq_affaire_code")),
    )
    op.create_index(op.f("ix_affaire_demande_id"), "affaire", ["demande_id"], unique=False)
    op.create_index("ix_affaire_etat", "affaire", ["etat", "id"], unique=False)
    op.create_index("ix_affaire_recherche", "affaire", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_affaire_tiers_id"), "affaire", ["tiers_id"], unique=False)
    op.create_table(
        "etude",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("demande_numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("commercial_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etude")),
        sa.UniqueConstraint("numero", name=op.f("uq_etude_numero")),
    )
    op.create_index(op.f("ix_etude_affaire_id"), "etude", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_etude_commercial_id"), "etude", ["commercial_id"], unique=False)
    op.create_index(op.f("ix_etude_demande_id"), "etude", ["demande_id"], unique=False)
    op.create_index("ix_etude_recherche", "etude", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_etude_tiers_id"), "etude", ["tiers_id"], unique=False)
    op.create_table(
        "modele_proposition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("lignes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_modele_proposition")),
    )
    op.create_index("uq_modele_nom", "modele_proposition", ["nom"], unique=True, postgresql_where=sa.text("est_actif"))
    op.create_table(
        "rayon",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("icone", sa.Text(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rayon")),
        sa.UniqueConstraint("nom", name=op.f("uq_rayon_nom")),
    )
    op.create_table(
        "produit_rayon",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rayon_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rayon_id"], ["rayon.id"], name=op.f("fk_produit_rayon_rayon_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_produit_rayon")),
    )
    op.create_index(op.f("ix_produit_rayon_produit_id"), "produit_rayon", ["produit_id"], unique=False)
    op.create_index(op.f("ix_produit_rayon_rayon_id"), "produit_rayon", ["rayon_id"], unique=False)
    op.create_table(
        "proposition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("etude_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column(
            "statut",
            sa.Enum(
                "brouillon",
                "envoye",
                "valide",
                "refuse",
                "non_retenu",
                "expire",
                name="statut",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("demande_numero", sa.Text(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("commercial_id", sa.Uuid(), nullable=True),
        sa.Column("version_de_id", sa.Uuid(), nullable=True),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("adresse_code", sa.Text(), nullable=False),
        sa.Column("valide_jusqu_au", sa.Date(), nullable=False),
        sa.Column("acompte_pourcent", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("livraison_souhaitee", sa.Date(), nullable=True),
        sa.Column("convention_marge", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("revision_envoyee", sa.Integer(), nullable=True),
        sa.Column("nb_lignes", sa.Integer(), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_tva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("cout_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("cout_cache_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("groupes_tva", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("besoins_annonces", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("derniers_changements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valide_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valide_par", sa.Text(), nullable=True),
        sa.Column("clos_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["etude_id"], ["etude.id"], name=op.f("fk_proposition_etude_id")),
        sa.ForeignKeyConstraint(["version_de_id"], ["proposition.id"], name=op.f("fk_proposition_version_de_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposition")),
        sa.UniqueConstraint("etude_id", "rang", name=op.f("uq_proposition_etude_id_rang")),
        sa.UniqueConstraint("numero", name=op.f("uq_proposition_numero")),
    )
    op.create_index(op.f("ix_proposition_affaire_id"), "proposition", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_proposition_commercial_id"), "proposition", ["commercial_id"], unique=False)
    op.create_index(op.f("ix_proposition_demande_id"), "proposition", ["demande_id"], unique=False)
    op.create_index("ix_proposition_recherche", "proposition", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index("ix_proposition_statut", "proposition", ["statut", "id"], unique=False)
    op.create_index(op.f("ix_proposition_tiers_id"), "proposition", ["tiers_id"], unique=False)
    op.create_index(op.f("ix_proposition_valide_jusqu_au"), "proposition", ["valide_jusqu_au"], unique=False)
    op.create_index(op.f("ix_proposition_version_de_id"), "proposition", ["version_de_id"], unique=False)
    op.create_index(
        "uq_proposition_validee",
        "proposition",
        ["etude_id"],
        unique=True,
        postgresql_where=sa.text("statut = 'valide'"),
    )
    op.create_table(
        "envoi",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("demande", "envoye", "echec", name="etatenvoi", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("destinataires", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_par", sa.Uuid(), nullable=True),
        sa.Column("demande_par_nom", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("document_nom", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("refus", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_envoi_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envoi")),
    )
    op.create_index(op.f("ix_envoi_proposition_id"), "envoi", ["proposition_id"], unique=False)
    op.create_table(
        "ligne_proposition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("cout_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("marge", sa.Numeric(precision=9, scale=4), nullable=False),
        sa.Column("prix_fixe_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("remise", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("taux_tva", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("maintenance_souhaitee", sa.Boolean(), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposition_id"], ["proposition.id"], name=op.f("fk_ligne_proposition_proposition_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_proposition")),
    )
    op.create_index("ix_ligne_proposition_ordre", "ligne_proposition", ["proposition_id", "position"], unique=False)
    op.create_table(
        "signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("qualite", sa.Text(), nullable=False),
        sa.Column("signe_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("adresse_ip", sa.Text(), nullable=False),
        sa.Column("navigateur", sa.Text(), nullable=False),
        sa.Column("lien_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_signature_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("proposition_id", name=op.f("uq_signature_proposition_id")),
    )
    op.create_table(
        "lien_signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envoi_id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remplace_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["envoi_id"], ["envoi.id"], name=op.f("fk_lien_signature_envoi_id")),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_lien_signature_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lien_signature")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_lien_signature_empreinte")),
    )
    op.create_index(op.f("ix_lien_signature_envoi_id"), "lien_signature", ["envoi_id"], unique=False)
    op.create_index(op.f("ix_lien_signature_proposition_id"), "lien_signature", ["proposition_id"], unique=False)
    op.create_table(
        "produit_cache",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("ligne_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("cout_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("est_stockable", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ligne_id"], ["ligne_proposition.id"], name=op.f("fk_produit_cache_ligne_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_produit_cache_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_produit_cache")),
    )
    op.create_index(op.f("ix_produit_cache_ligne_id"), "produit_cache", ["ligne_id"], unique=False)
    op.create_index(op.f("ix_produit_cache_produit_id"), "produit_cache", ["produit_id"], unique=False)
    op.create_index(op.f("ix_produit_cache_proposition_id"), "produit_cache", ["proposition_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_produit_cache_proposition_id"), table_name="produit_cache")
    op.drop_index(op.f("ix_produit_cache_produit_id"), table_name="produit_cache")
    op.drop_index(op.f("ix_produit_cache_ligne_id"), table_name="produit_cache")
    op.drop_table("produit_cache")
    op.drop_index(op.f("ix_lien_signature_proposition_id"), table_name="lien_signature")
    op.drop_index(op.f("ix_lien_signature_envoi_id"), table_name="lien_signature")
    op.drop_table("lien_signature")
    op.drop_table("signature")
    op.drop_index("ix_ligne_proposition_ordre", table_name="ligne_proposition")
    op.drop_table("ligne_proposition")
    op.drop_index(op.f("ix_envoi_proposition_id"), table_name="envoi")
    op.drop_table("envoi")
    op.drop_index("uq_proposition_validee", table_name="proposition", postgresql_where=sa.text("statut = 'valide'"))
    op.drop_index(op.f("ix_proposition_version_de_id"), table_name="proposition")
    op.drop_index(op.f("ix_proposition_valide_jusqu_au"), table_name="proposition")
    op.drop_index(op.f("ix_proposition_tiers_id"), table_name="proposition")
    op.drop_index("ix_proposition_statut", table_name="proposition")
    op.drop_index("ix_proposition_recherche", table_name="proposition", postgresql_using="gin")
    op.drop_index(op.f("ix_proposition_demande_id"), table_name="proposition")
    op.drop_index(op.f("ix_proposition_commercial_id"), table_name="proposition")
    op.drop_index(op.f("ix_proposition_affaire_id"), table_name="proposition")
    op.drop_table("proposition")
    op.drop_index(op.f("ix_produit_rayon_rayon_id"), table_name="produit_rayon")
    op.drop_index(op.f("ix_produit_rayon_produit_id"), table_name="produit_rayon")
    op.drop_table("produit_rayon")
    op.drop_table("rayon")
    op.drop_index("uq_modele_nom", table_name="modele_proposition", postgresql_where=sa.text("est_actif"))
    op.drop_table("modele_proposition")
    op.drop_index(op.f("ix_etude_tiers_id"), table_name="etude")
    op.drop_index("ix_etude_recherche", table_name="etude", postgresql_using="gin")
    op.drop_index(op.f("ix_etude_demande_id"), table_name="etude")
    op.drop_index(op.f("ix_etude_commercial_id"), table_name="etude")
    op.drop_index(op.f("ix_etude_affaire_id"), table_name="etude")
    op.drop_table("etude")
    op.drop_index(op.f("ix_affaire_tiers_id"), table_name="affaire")
    op.drop_index("ix_affaire_recherche", table_name="affaire", postgresql_using="gin")
    op.drop_index("ix_affaire_etat", table_name="affaire")
    op.drop_index(op.f("ix_affaire_demande_id"), table_name="affaire")
    op.drop_table("affaire")
