"""Tables of catalogue, depots, stock, copies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_societe",
        sa.Column("societe_id", sa.Uuid(), nullable=False),
        sa.Column("raison_sociale", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("societe_id", name=op.f("pk_copie_societe")),
    )
    op.create_table(
        "copie_tiers",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )
    op.create_table(
        "depot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot")),
        sa.UniqueConstraint("agence_id", name=op.f("uq_depot_agence_id")),
    )
    op.create_table(
        "type_produit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("icone", sa.Text(), nullable=False),
        sa.Column("champs", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("etiquette_requise", sa.Boolean(), nullable=False),
        sa.Column("est_visible_parc", sa.Boolean(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_produit")),
        sa.UniqueConstraint("code", name=op.f("uq_type_produit_code")),
    )
    op.create_table(
        "emplacement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("depot_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_emplacement_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emplacement")),
        sa.UniqueConstraint("depot_id", "code", name=op.f("uq_emplacement_depot_id_code")),
    )
    op.create_table(
        "produit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("designation_tri", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("famille", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("est_stockable", sa.Boolean(), nullable=False),
        sa.Column("politique_serie", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=True),
        sa.Column("ean", sa.Text(), nullable=True),
        sa.Column("prix_achat_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("prix_vente_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("taux_tva", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("maintenance_requise", sa.Boolean(), nullable=False),
        sa.Column("etiquette_requise", sa.Boolean(), nullable=False),
        sa.Column("actions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.CheckConstraint("NOT (nature = 'service' AND est_stockable)", name=op.f("ck_produit_service_sans_stock")),
        sa.ForeignKeyConstraint(["type_id"], ["type_produit.id"], name=op.f("fk_produit_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_produit")),
        sa.UniqueConstraint("reference", name=op.f("uq_produit_reference")),
    )
    op.create_index("ix_produit_designation", "produit", ["designation_tri", "id"], unique=False)
    op.create_index(op.f("ix_produit_ean"), "produit", ["ean"], unique=False)
    op.create_index(op.f("ix_produit_famille"), "produit", ["famille"], unique=False)
    op.create_index("ix_produit_recherche", "produit", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_produit_type_id"), "produit", ["type_id"], unique=False)
    op.create_table(
        "produit_fournisseur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("prix_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_produit_fournisseur_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_produit_fournisseur")),
    )
    op.create_index(
        op.f("ix_produit_fournisseur_fournisseur_id"), "produit_fournisseur", ["fournisseur_id"], unique=False
    )
    op.create_index(op.f("ix_produit_fournisseur_produit_id"), "produit_fournisseur", ["produit_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("depot_id", sa.Uuid(), nullable=False),
        sa.Column("physique", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("reserve", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.CheckConstraint("reserve >= 0 AND physique >= reserve", name=op.f("ck_stock_jamais_negatif")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_stock_depot_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_stock_produit_id")),
        sa.PrimaryKeyConstraint("produit_id", "depot_id", name=op.f("pk_stock")),
    )
    op.create_index(op.f("ix_stock_depot_id"), "stock", ["depot_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stock_depot_id"), table_name="stock")
    op.drop_table("stock")
    op.drop_index(op.f("ix_produit_fournisseur_produit_id"), table_name="produit_fournisseur")
    op.drop_index(op.f("ix_produit_fournisseur_fournisseur_id"), table_name="produit_fournisseur")
    op.drop_table("produit_fournisseur")
    op.drop_index(op.f("ix_produit_type_id"), table_name="produit")
    op.drop_index("ix_produit_recherche", table_name="produit", postgresql_using="gin")
    op.drop_index(op.f("ix_produit_famille"), table_name="produit")
    op.drop_index(op.f("ix_produit_ean"), table_name="produit")
    op.drop_index("ix_produit_designation", table_name="produit")
    op.drop_table("produit")
    op.drop_table("emplacement")
    op.drop_table("type_produit")
    op.drop_table("depot")
    op.drop_table("copie_tiers")
    op.drop_table("copie_societe")
