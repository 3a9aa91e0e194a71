"""Tables of copies."""

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
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_copie_collaborateur")),
    )
    op.create_table(
        "copie_demande",
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("responsable_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("demande_id", name=op.f("pk_copie_demande")),
    )
    op.create_index("ix_copie_demande_recherche", "copie_demande", ["recherche"], unique=False, postgresql_using="gin")
    op.create_table(
        "copie_produit",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("famille", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("est_stockable", sa.Boolean(), nullable=False),
        sa.Column("ean", sa.Text(), nullable=True),
        sa.Column("prix_achat_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("prix_vente_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("taux_tva", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("maintenance_requise", sa.Boolean(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=True),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("produit_id", name=op.f("pk_copie_produit")),
    )
    op.create_index("ix_copie_produit_recherche", "copie_produit", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index("ix_copie_produit_reference", "copie_produit", ["reference", "produit_id"], unique=False)
    op.create_table(
        "copie_societe",
        sa.Column("societe_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("convention_marge", sa.Text(), nullable=False),
        sa.Column("fiche", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("societe_id", name=op.f("pk_copie_societe")),
    )
    op.create_table(
        "copie_stock",
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("disponible", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.PrimaryKeyConstraint("produit_id", "agence_id", name=op.f("pk_copie_stock")),
    )
    op.create_table(
        "copie_tiers",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("fiche", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )


def downgrade() -> None:
    op.drop_table("copie_tiers")
    op.drop_table("copie_stock")
    op.drop_table("copie_societe")
    op.drop_index("ix_copie_produit_reference", table_name="copie_produit")
    op.drop_index("ix_copie_produit_recherche", table_name="copie_produit", postgresql_using="gin")
    op.drop_table("copie_produit")
    op.drop_index("ix_copie_demande_recherche", table_name="copie_demande", postgresql_using="gin")
    op.drop_table("copie_demande")
    op.drop_table("copie_collaborateur")
