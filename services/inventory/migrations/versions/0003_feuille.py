"""Tables of feuilles and what they wait for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feuille",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("ouverte", "prete", "cloturee", "validee", name="statutfeuille", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("devis_numero", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("depot_id", sa.Uuid(), nullable=True),
        sa.Column("priorite", sa.Integer(), nullable=False),
        sa.Column("signee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("livraison_souhaitee", sa.Date(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.Column("nb_colonnes", sa.Integer(), nullable=False),
        sa.Column("nb_vertes", sa.Integer(), nullable=False),
        sa.Column("nb_objets", sa.Integer(), nullable=False),
        sa.Column("nb_prets", sa.Integer(), nullable=False),
        sa.Column("reste", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("cloturee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cloturee_par", sa.Text(), nullable=True),
        sa.Column("validee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("validee_par", sa.Text(), nullable=True),
        sa.Column("rouverte_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rouverte_par", sa.Text(), nullable=True),
        sa.Column("rouverte_motif", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_feuille_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feuille")),
        sa.UniqueConstraint("numero", name=op.f("uq_feuille_numero")),
        sa.UniqueConstraint("proposition_id", name=op.f("uq_feuille_proposition_id")),
    )
    op.create_index(op.f("ix_feuille_affaire_id"), "feuille", ["affaire_id"], unique=False)
    op.create_index(op.f("ix_feuille_demande_id"), "feuille", ["demande_id"], unique=False)
    op.create_index(op.f("ix_feuille_depot_id"), "feuille", ["depot_id"], unique=False)
    op.create_index(op.f("ix_feuille_devis_numero"), "feuille", ["devis_numero"], unique=False)
    op.create_index("ix_feuille_etat", "feuille", ["etat", "signee_le", "id"], unique=False)
    op.create_index("ix_feuille_recherche", "feuille", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_feuille_service",
        "feuille",
        ["priorite", "signee_le", "id"],
        unique=False,
        postgresql_where=sa.text("etat <> 'validee'"),
    )
    op.create_index("ix_feuille_signee_le", "feuille", ["signee_le", "id"], unique=False)
    op.create_index(op.f("ix_feuille_tiers_id"), "feuille", ["tiers_id"], unique=False)
    op.create_table(
        "colonne",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("ligne_id", sa.Uuid(), nullable=False),
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
        sa.Column("maintenance_souhaitee", sa.Boolean(), nullable=False),
        sa.Column("est_verte", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_colonne_feuille_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_colonne")),
        sa.UniqueConstraint("ligne_id", name=op.f("uq_colonne_ligne_id")),
    )
    op.create_index(op.f("ix_colonne_feuille_id"), "colonne", ["feuille_id"], unique=False)
    op.create_table(
        "attendu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("colonne_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("est_stockable", sa.Boolean(), nullable=False),
        sa.Column("quantite_devis", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("present", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("reserve", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("manquant", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.CheckConstraint(
            "quantite >= 0 AND present >= 0 AND reserve >= 0 AND manquant >= 0", name=op.f("ck_attendu_positif")
        ),
        sa.ForeignKeyConstraint(["colonne_id"], ["colonne.id"], name=op.f("fk_attendu_colonne_id")),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_attendu_feuille_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendu")),
    )
    op.create_index(
        "ix_attendu_attente", "attendu", ["produit_id"], unique=False, postgresql_where=sa.text("manquant > 0")
    )
    op.create_index(op.f("ix_attendu_colonne_id"), "attendu", ["colonne_id"], unique=False)
    op.create_index(op.f("ix_attendu_feuille_id"), "attendu", ["feuille_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("attendu_id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("depot_id", sa.Uuid(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.CheckConstraint("quantite > 0", name=op.f("ck_reservation_quantite_positive")),
        sa.ForeignKeyConstraint(["attendu_id"], ["attendu.id"], name=op.f("fk_reservation_attendu_id")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_reservation_depot_id")),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_reservation_feuille_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_reservation_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sa.UniqueConstraint("attendu_id", "depot_id", name=op.f("uq_reservation_attendu_id_depot_id")),
    )
    op.create_index(op.f("ix_reservation_depot_id"), "reservation", ["depot_id"], unique=False)
    op.create_index(op.f("ix_reservation_feuille_id"), "reservation", ["feuille_id"], unique=False)
    op.create_index(op.f("ix_reservation_produit_id"), "reservation", ["produit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reservation_produit_id"), table_name="reservation")
    op.drop_index(op.f("ix_reservation_feuille_id"), table_name="reservation")
    op.drop_index(op.f("ix_reservation_depot_id"), table_name="reservation")
    op.drop_table("reservation")
    op.drop_index(op.f("ix_attendu_feuille_id"), table_name="attendu")
    op.drop_index(op.f("ix_attendu_colonne_id"), table_name="attendu")
    op.drop_index("ix_attendu_attente", table_name="attendu", postgresql_where=sa.text("manquant > 0"))
    op.drop_table("attendu")
    op.drop_index(op.f("ix_colonne_feuille_id"), table_name="colonne")
    op.drop_table("colonne")
    op.drop_index(op.f("ix_feuille_tiers_id"), table_name="feuille")
    op.drop_index("ix_feuille_signee_le", table_name="feuille")
    op.drop_index("ix_feuille_service", table_name="feuille", postgresql_where=sa.text("etat <> 'validee'"))
    op.drop_index("ix_feuille_recherche", table_name="feuille", postgresql_using="gin")
    op.drop_index("ix_feuille_etat", table_name="feuille")
    op.drop_index(op.f("ix_feuille_devis_numero"), table_name="feuille")
    op.drop_index(op.f("ix_feuille_depot_id"), table_name="feuille")
    op.drop_index(op.f("ix_feuille_demande_id"), table_name="feuille")
    op.drop_index(op.f("ix_feuille_affaire_id"), table_name="feuille")
    op.drop_table("feuille")
