"""Tables of negociations, orders, receptions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("numero_fournisseur", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("livraison_prevue", sa.Date(), nullable=True),
        sa.Column("frais_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("frais_factures_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("passee", "recue_partielle", "cloturee", name="etatcommande", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("passee_par", sa.Text(), nullable=False),
        sa.Column("cloturee_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commande")),
        sa.UniqueConstraint("numero", name=op.f("uq_commande_numero")),
    )
    op.create_index("ix_commande_etat", "commande", ["etat", "livraison_prevue", "id"], unique=False)
    op.create_index("ix_commande_fournisseur", "commande", ["fournisseur_id", "etat", "id"], unique=False)
    op.create_index("ix_commande_numero_fournisseur", "commande", ["numero_fournisseur"], unique=False)
    op.create_table(
        "negociation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("reference_fournisseur", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("prix_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delai_jours", sa.Integer(), nullable=True),
        sa.Column(
            "avancement",
            sa.Enum(
                "a_contacter",
                "mail",
                "telephone",
                "panier",
                "devis_recu",
                name="avancement",
                native_enum=False,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("ouverte", "commandee", "fermee", name="etatnegociation", native_enum=False, length=60),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negociation")),
    )
    op.create_index("ix_negociation_etat", "negociation", ["etat", "id"], unique=False)
    op.create_index("ix_negociation_fournisseur", "negociation", ["fournisseur_id", "etat", "id"], unique=False)
    op.create_index("ix_negociation_produit", "negociation", ["produit_id", "etat"], unique=False)
    op.create_table(
        "reception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("ouverte", "validee", "abandonnee", name="etatreception", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("facture_fournisseur", sa.Text(), nullable=False),
        sa.Column("date_facture", sa.Date(), nullable=True),
        sa.Column("bon_livraison", sa.Text(), nullable=False),
        sa.Column("frais_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("recherche", sa.Text(), nullable=False),
        sa.Column("ouverte_par", sa.Text(), nullable=False),
        sa.Column("validee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("validee_par", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception")),
        sa.UniqueConstraint("numero", name=op.f("uq_reception_numero")),
    )
    op.create_index("ix_reception_etat", "reception", ["etat", "id"], unique=False)
    op.create_index("ix_reception_fournisseur", "reception", ["fournisseur_id", "id"], unique=False)
    op.create_table(
        "ligne_commande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commande_id", sa.Uuid(), nullable=False),
        sa.Column("negociation_id", sa.Uuid(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_fournisseur", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("quantite_recue", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.ForeignKeyConstraint(["commande_id"], ["commande.id"], name=op.f("fk_ligne_commande_commande_id")),
        sa.ForeignKeyConstraint(["negociation_id"], ["negociation.id"], name=op.f("fk_ligne_commande_negociation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_commande")),
    )
    op.create_index(op.f("ix_ligne_commande_commande_id"), "ligne_commande", ["commande_id"], unique=False)
    op.create_index(op.f("ix_ligne_commande_negociation_id"), "ligne_commande", ["negociation_id"], unique=False)
    op.create_index(op.f("ix_ligne_commande_produit_id"), "ligne_commande", ["produit_id"], unique=False)
    op.create_table(
        "reception_commande",
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("commande_id", sa.Uuid(), nullable=False),
        sa.Column("commande_numero", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["commande_id"], ["commande.id"], name=op.f("fk_reception_commande_commande_id")),
        sa.ForeignKeyConstraint(["reception_id"], ["reception.id"], name=op.f("fk_reception_commande_reception_id")),
        sa.PrimaryKeyConstraint("reception_id", "commande_id", name=op.f("pk_reception_commande")),
    )
    op.create_index(op.f("ix_reception_commande_commande_id"), "reception_commande", ["commande_id"], unique=False)
    op.create_table(
        "ligne_reception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("ligne_commande_id", sa.Uuid(), nullable=True),
        sa.Column("commande_id", sa.Uuid(), nullable=True),
        sa.Column("commande_numero", sa.Text(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("remplace_produit_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("reference_fournisseur", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("politique_serie", sa.Text(), nullable=False),
        sa.Column("attendue", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("frais_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("cout_unitaire_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.ForeignKeyConstraint(
            ["ligne_commande_id"], ["ligne_commande.id"], name=op.f("fk_ligne_reception_ligne_commande_id")
        ),
        sa.ForeignKeyConstraint(["reception_id"], ["reception.id"], name=op.f("fk_ligne_reception_reception_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_reception")),
    )
    op.create_index(
        op.f("ix_ligne_reception_ligne_commande_id"), "ligne_reception", ["ligne_commande_id"], unique=False
    )
    op.create_index(op.f("ix_ligne_reception_produit_id"), "ligne_reception", ["produit_id"], unique=False)
    op.create_index(op.f("ix_ligne_reception_reception_id"), "ligne_reception", ["reception_id"], unique=False)
    op.create_table(
        "part_commande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ligne_id", sa.Uuid(), nullable=False),
        sa.Column("besoin_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("quantite_recue", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.ForeignKeyConstraint(["besoin_id"], ["besoin.id"], name=op.f("fk_part_commande_besoin_id")),
        sa.ForeignKeyConstraint(["ligne_id"], ["ligne_commande.id"], name=op.f("fk_part_commande_ligne_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_commande")),
    )
    op.create_index(op.f("ix_part_commande_besoin_id"), "part_commande", ["besoin_id"], unique=False)
    op.create_index(op.f("ix_part_commande_demande_id"), "part_commande", ["demande_id"], unique=False)
    op.create_index(op.f("ix_part_commande_ligne_id"), "part_commande", ["ligne_id"], unique=False)
    op.create_table(
        "part_negociation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("negociation_id", sa.Uuid(), nullable=False),
        sa.Column("besoin_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.ForeignKeyConstraint(["besoin_id"], ["besoin.id"], name=op.f("fk_part_negociation_besoin_id")),
        sa.ForeignKeyConstraint(
            ["negociation_id"], ["negociation.id"], name=op.f("fk_part_negociation_negociation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_negociation")),
    )
    op.create_index(op.f("ix_part_negociation_besoin_id"), "part_negociation", ["besoin_id"], unique=False)
    op.create_index(op.f("ix_part_negociation_demande_id"), "part_negociation", ["demande_id"], unique=False)
    op.create_index(op.f("ix_part_negociation_negociation_id"), "part_negociation", ["negociation_id"], unique=False)
    op.create_table(
        "lecture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("ligne_id", sa.Uuid(), nullable=True),
        sa.Column("produit_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("resultat", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("lue_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lue_par", sa.Text(), nullable=False),
        sa.Column("est_annulee", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ligne_id"], ["ligne_reception.id"], name=op.f("fk_lecture_ligne_id")),
        sa.ForeignKeyConstraint(["reception_id"], ["reception.id"], name=op.f("fk_lecture_reception_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lecture")),
    )
    op.create_index(op.f("ix_lecture_ligne_id"), "lecture", ["ligne_id"], unique=False)
    op.create_index("ix_lecture_reception", "lecture", ["reception_id", "id"], unique=False)
    op.create_table(
        "serie_recue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ligne_id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ligne_id"], ["ligne_reception.id"], name=op.f("fk_serie_recue_ligne_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_serie_recue")),
        sa.UniqueConstraint(
            "fournisseur_id", "produit_id", "numero", name=op.f("uq_serie_recue_fournisseur_id_produit_id_numero")
        ),
    )
    op.create_index(op.f("ix_serie_recue_ligne_id"), "serie_recue", ["ligne_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_serie_recue_ligne_id"), table_name="serie_recue")
    op.drop_table("serie_recue")
    op.drop_index("ix_lecture_reception", table_name="lecture")
    op.drop_index(op.f("ix_lecture_ligne_id"), table_name="lecture")
    op.drop_table("lecture")
    op.drop_index(op.f("ix_part_negociation_negociation_id"), table_name="part_negociation")
    op.drop_index(op.f("ix_part_negociation_demande_id"), table_name="part_negociation")
    op.drop_index(op.f("ix_part_negociation_besoin_id"), table_name="part_negociation")
    op.drop_table("part_negociation")
    op.drop_index(op.f("ix_part_commande_ligne_id"), table_name="part_commande")
    op.drop_index(op.f("ix_part_commande_demande_id"), table_name="part_commande")
    op.drop_index(op.f("ix_part_commande_besoin_id"), table_name="part_commande")
    op.drop_table("part_commande")
    op.drop_index(op.f("ix_ligne_reception_reception_id"), table_name="ligne_reception")
    op.drop_index(op.f("ix_ligne_reception_produit_id"), table_name="ligne_reception")
    op.drop_index(op.f("ix_ligne_reception_ligne_commande_id"), table_name="ligne_reception")
    op.drop_table("ligne_reception")
    op.drop_index(op.f("ix_reception_commande_commande_id"), table_name="reception_commande")
    op.drop_table("reception_commande")
    op.drop_index(op.f("ix_ligne_commande_produit_id"), table_name="ligne_commande")
    op.drop_index(op.f("ix_ligne_commande_negociation_id"), table_name="ligne_commande")
    op.drop_index(op.f("ix_ligne_commande_commande_id"), table_name="ligne_commande")
    op.drop_table("ligne_commande")
    op.drop_index("ix_reception_fournisseur", table_name="reception")
    op.drop_index("ix_reception_etat", table_name="reception")
    op.drop_table("reception")
    op.drop_index("ix_negociation_produit", table_name="negociation")
    op.drop_index("ix_negociation_fournisseur", table_name="negociation")
    op.drop_index("ix_negociation_etat", table_name="negociation")
    op.drop_table("negociation")
    op.drop_index("ix_commande_numero_fournisseur", table_name="commande")
    op.drop_index("ix_commande_fournisseur", table_name="commande")
    op.drop_index("ix_commande_etat", table_name="commande")
    op.drop_table("commande")
