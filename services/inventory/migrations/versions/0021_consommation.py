"""Parts used on a demande, and whose each demande is: the facts kept for the fil de vie say it of those opened before."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_demande",
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("demande_id", name=op.f("pk_copie_demande")),
    )
    op.create_index(op.f("ix_copie_demande_tiers_id"), "copie_demande", ["tiers_id"])
    op.execute(
        "INSERT INTO copie_demande (demande_id, numero, tiers_id, tiers_nom, affaire_id, seq)"
        " SELECT (contenu->>'demande_id')::uuid, contenu->>'numero', (contenu->>'tiers_id')::uuid, contenu->>'tiers_nom',"
        " (contenu->>'affaire_id')::uuid, seq FROM fait_du_fil WHERE type = 'demandes.demande_creee.v1'"
        " ON CONFLICT DO NOTHING"
    )
    textes = ("reference", "designation", "unite", "de_libelle", "de_nature", "consommee_par")
    prix = ("prix_ht", "deee_ht", "copie_privee_ht")
    op.create_table(
        "consommation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(nom, sa.Uuid(), nullable=False)
            for nom in ("demande_id", "tiers_id", "historique_id", "produit_id")
        ),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in textes),
        *(sa.Column(nom, sa.Numeric(precision=14, scale=4), nullable=False) for nom in prix),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("est_facturable", sa.Boolean(), nullable=False),
        sa.Column("taux_tva", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("cout_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("de_depot_id", sa.Uuid(), nullable=False),
        sa.Column("de_emplacement_id", sa.Uuid(), nullable=True),
        sa.Column("consommee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("annulee_par", sa.Text(), nullable=True),
        sa.Column("annulee_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_consommation_historique_id")),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_consommation_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consommation")),
    )
    op.create_index("ix_consommation_demande", "consommation", ["demande_id", "id"])
    for nom in ("tiers_id", "historique_id"):
        op.create_index(op.f(f"ix_consommation_{nom}"), "consommation", [nom])


def downgrade() -> None:
    for table in ("consommation", "copie_demande"):
        op.drop_table(table)
