"""Tables of objects, movements, labels, fil de vie."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lien_equipement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_id", sa.Uuid(), nullable=True),
        sa.Column("contrat_numero", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lien_equipement")),
        sa.UniqueConstraint("equipement_id", name=op.f("uq_lien_equipement_equipement_id")),
    )
    op.create_index(op.f("ix_lien_equipement_contrat_id"), "lien_equipement", ["contrat_id"], unique=False)
    op.create_index(op.f("ix_lien_equipement_historique_id"), "lien_equipement", ["historique_id"], unique=False)
    op.create_table(
        "lot_etiquettes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nombre", sa.Integer(), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_etiquettes")),
    )
    op.create_index("ix_lot_etiquettes_cree_le", "lot_etiquettes", ["cree_le", "id"], unique=False)
    op.create_table(
        "reception_recue",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reception_id", name=op.f("pk_reception_recue")),
    )
    op.create_table(
        "historique",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "en_stock", "en_preparation", "installe", "sorti", name="etathistorique", native_enum=False, length=60
            ),
            nullable=False,
        ),
        sa.Column("lieu_libelle", sa.Text(), nullable=False),
        sa.Column("depot_id", sa.Uuid(), nullable=True),
        sa.Column("emplacement_id", sa.Uuid(), nullable=True),
        sa.Column("feuille_id", sa.Uuid(), nullable=True),
        sa.Column("colonne_id", sa.Uuid(), nullable=True),
        sa.Column("attendu_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("etiquette", sa.Text(), nullable=True),
        sa.Column("est_visible_parc", sa.Boolean(), nullable=True),
        sa.Column("reception_id", sa.Uuid(), nullable=True),
        sa.Column("reception_numero", sa.Text(), nullable=True),
        sa.Column("facture_fournisseur", sa.Text(), nullable=True),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=True),
        sa.Column("fournisseur_nom", sa.Text(), nullable=True),
        sa.Column("cout_unitaire_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("recu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_nom", sa.Text(), nullable=True),
        sa.Column("etapes_faites", sa.Integer(), nullable=False),
        sa.Column("etapes_total", sa.Integer(), nullable=False),
        sa.Column("est_pret", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantite > 0", name=op.f("ck_historique_quantite_positive")),
        sa.ForeignKeyConstraint(["attendu_id"], ["attendu.id"], name=op.f("fk_historique_attendu_id")),
        sa.ForeignKeyConstraint(["colonne_id"], ["colonne.id"], name=op.f("fk_historique_colonne_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_historique_depot_id")),
        sa.ForeignKeyConstraint(["emplacement_id"], ["emplacement.id"], name=op.f("fk_historique_emplacement_id")),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_historique_feuille_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["historique.id"], name=op.f("fk_historique_parent_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_historique_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_historique")),
        sa.UniqueConstraint("etiquette", name=op.f("uq_historique_etiquette")),
    )
    op.create_index(op.f("ix_historique_attendu_id"), "historique", ["attendu_id"], unique=False)
    op.create_index(op.f("ix_historique_colonne_id"), "historique", ["colonne_id"], unique=False)
    op.create_index(op.f("ix_historique_demande_id"), "historique", ["demande_id"], unique=False)
    op.create_index(op.f("ix_historique_depot_id"), "historique", ["depot_id"], unique=False)
    op.create_index(op.f("ix_historique_emplacement_id"), "historique", ["emplacement_id"], unique=False)
    op.create_index(
        "ix_historique_facture_fournisseur",
        "historique",
        [sa.literal_column("upper(facture_fournisseur)")],
        unique=False,
    )
    op.create_index(op.f("ix_historique_feuille_id"), "historique", ["feuille_id"], unique=False)
    op.create_index(op.f("ix_historique_fournisseur_id"), "historique", ["fournisseur_id"], unique=False)
    op.create_index(
        "ix_historique_numero_serie", "historique", [sa.literal_column("upper(numero_serie)")], unique=False
    )
    op.create_index(op.f("ix_historique_parent_id"), "historique", ["parent_id"], unique=False)
    op.create_index(op.f("ix_historique_produit_id"), "historique", ["produit_id"], unique=False)
    op.create_index(op.f("ix_historique_reception_id"), "historique", ["reception_id"], unique=False)
    op.create_index("ix_historique_recu_le", "historique", ["recu_le", "id"], unique=False)
    op.create_index(
        "ix_historique_stock",
        "historique",
        ["produit_id", "depot_id", "recu_le"],
        unique=False,
        postgresql_where=sa.text("etat = 'en_stock'"),
    )
    op.create_index(op.f("ix_historique_tiers_id"), "historique", ["tiers_id"], unique=False)
    op.create_table(
        "action_realisee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("par", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_action_realisee_historique_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_realisee")),
    )
    op.create_index("uq_action_realisee_cle", "action_realisee", ["historique_id", "cle"], unique=True)
    op.create_table(
        "consultation_secret",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("par", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["historique_id"], ["historique.id"], name=op.f("fk_consultation_secret_historique_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_secret")),
    )
    op.create_index(
        op.f("ix_consultation_secret_historique_id"), "consultation_secret", ["historique_id"], unique=False
    )
    op.create_table(
        "etiquette",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=True),
        sa.Column("posee_par", sa.Text(), nullable=True),
        sa.Column("posee_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_etiquette_historique_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot_etiquettes.id"], name=op.f("fk_etiquette_lot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etiquette")),
        sa.UniqueConstraint("code", name=op.f("uq_etiquette_code")),
        sa.UniqueConstraint("historique_id", name=op.f("uq_etiquette_historique_id")),
    )
    op.create_index(op.f("ix_etiquette_lot_id"), "etiquette", ["lot_id"], unique=False)
    op.create_table(
        "fil_de_vie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("lien", sa.Text(), nullable=True),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_fil_de_vie_historique_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fil_de_vie")),
        sa.UniqueConstraint("historique_id", "message_id", name=op.f("uq_fil_de_vie_historique_id_message_id")),
    )
    op.create_index("ix_fil_de_vie_ordre", "fil_de_vie", ["historique_id", "le", "seq"], unique=False)
    op.create_table(
        "mouvement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column(
            "de_genre",
            sa.Enum(
                "fournisseur",
                "inventaire",
                "depot",
                "feuille",
                "client",
                "rebut",
                name="genre",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("de_id", sa.Uuid(), nullable=True),
        sa.Column("de_libelle", sa.Text(), nullable=False),
        sa.Column(
            "vers_genre",
            sa.Enum(
                "fournisseur",
                "inventaire",
                "depot",
                "feuille",
                "client",
                "rebut",
                name="genre",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("vers_id", sa.Uuid(), nullable=True),
        sa.Column("vers_libelle", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("par", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantite > 0", name=op.f("ck_mouvement_quantite_positive")),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_mouvement_historique_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_mouvement_produit_id")),
        sa.ForeignKeyConstraint(["source_id"], ["historique.id"], name=op.f("fk_mouvement_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mouvement")),
    )
    op.create_index("ix_mouvement_de", "mouvement", ["produit_id", "de_genre", "de_id"], unique=False)
    op.create_index(op.f("ix_mouvement_historique_id"), "mouvement", ["historique_id"], unique=False)
    op.create_index(op.f("ix_mouvement_source_id"), "mouvement", ["source_id"], unique=False)
    op.create_index("ix_mouvement_vers", "mouvement", ["produit_id", "vers_genre", "vers_id"], unique=False)
    op.create_table(
        "valeur_configuration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("valeur", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("chiffre", sa.Text(), nullable=True),
        sa.Column("par", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remplacee_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["historique_id"], ["historique.id"], name=op.f("fk_valeur_configuration_historique_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valeur_configuration")),
    )
    op.create_index("ix_valeur_configuration_historique_id", "valeur_configuration", ["historique_id"], unique=False)
    op.create_index(
        "uq_valeur_configuration_actuelle",
        "valeur_configuration",
        ["historique_id", "cle"],
        unique=True,
        postgresql_where=sa.text("remplacee_le IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_valeur_configuration_actuelle",
        table_name="valeur_configuration",
        postgresql_where=sa.text("remplacee_le IS NULL"),
    )
    op.drop_index("ix_valeur_configuration_historique_id", table_name="valeur_configuration")
    op.drop_table("valeur_configuration")
    op.drop_index("ix_mouvement_vers", table_name="mouvement")
    op.drop_index(op.f("ix_mouvement_source_id"), table_name="mouvement")
    op.drop_index(op.f("ix_mouvement_historique_id"), table_name="mouvement")
    op.drop_index("ix_mouvement_de", table_name="mouvement")
    op.drop_table("mouvement")
    op.drop_index("ix_fil_de_vie_ordre", table_name="fil_de_vie")
    op.drop_table("fil_de_vie")
    op.drop_index(op.f("ix_etiquette_lot_id"), table_name="etiquette")
    op.drop_table("etiquette")
    op.drop_index(op.f("ix_consultation_secret_historique_id"), table_name="consultation_secret")
    op.drop_table("consultation_secret")
    op.drop_index("uq_action_realisee_cle", table_name="action_realisee")
    op.drop_table("action_realisee")
    op.drop_index(op.f("ix_historique_tiers_id"), table_name="historique")
    op.drop_index("ix_historique_stock", table_name="historique", postgresql_where=sa.text("etat = 'en_stock'"))
    op.drop_index("ix_historique_recu_le", table_name="historique")
    op.drop_index(op.f("ix_historique_reception_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_produit_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_parent_id"), table_name="historique")
    op.drop_index("ix_historique_numero_serie", table_name="historique")
    op.drop_index(op.f("ix_historique_fournisseur_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_feuille_id"), table_name="historique")
    op.drop_index("ix_historique_facture_fournisseur", table_name="historique")
    op.drop_index(op.f("ix_historique_emplacement_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_depot_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_demande_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_colonne_id"), table_name="historique")
    op.drop_index(op.f("ix_historique_attendu_id"), table_name="historique")
    op.drop_table("historique")
    op.drop_table("reception_recue")
    op.drop_index("ix_lot_etiquettes_cree_le", table_name="lot_etiquettes")
    op.drop_table("lot_etiquettes")
    op.drop_index(op.f("ix_lien_equipement_historique_id"), table_name="lien_equipement")
    op.drop_index(op.f("ix_lien_equipement_contrat_id"), table_name="lien_equipement")
    op.drop_table("lien_equipement")
