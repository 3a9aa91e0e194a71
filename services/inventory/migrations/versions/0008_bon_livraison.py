"""Bons de livraison, and what they print of the company and of clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("copie_tiers", sa.Column("fiche", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("copie_societe", sa.Column("identite", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.create_table(
        "bon_livraison",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("feuille_numero", sa.Text(), nullable=False),
        sa.Column("devis_numero", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("livre_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("livre_par", sa.Text(), nullable=False),
        sa.Column("recu_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_bon_livraison_feuille_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bon_livraison")),
        sa.UniqueConstraint("numero", name=op.f("uq_bon_livraison_numero")),
    )
    for colonne in ("affaire_id", "demande_id", "feuille_id", "tiers_id"):
        op.create_index(op.f(f"ix_bon_livraison_{colonne}"), "bon_livraison", [colonne])
    op.create_index("ix_bon_livraison_livre_le", "bon_livraison", ["livre_le", "id"])
    op.create_table(
        "ligne_livree",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bon_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("ligne_devis", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("etiquette", sa.Text(), nullable=True),
        sa.Column("rendue_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bon_id"], ["bon_livraison.id"], name=op.f("fk_ligne_livree_bon_id")),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_ligne_livree_historique_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_livree")),
    )
    op.create_index(op.f("ix_ligne_livree_bon_id"), "ligne_livree", ["bon_id"])
    op.create_index(op.f("ix_ligne_livree_historique_id"), "ligne_livree", ["historique_id"])
    op.create_index(
        "uq_ligne_livree_dehors",
        "ligne_livree",
        ["historique_id"],
        unique=True,
        postgresql_where=sa.text("rendue_le IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("ligne_livree")
    op.drop_table("bon_livraison")
    op.drop_column("copie_societe", "identite")
    op.drop_column("copie_tiers", "fiche")
