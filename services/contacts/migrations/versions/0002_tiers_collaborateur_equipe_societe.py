"""Tables of tiers, collaborateur, equipe, societe."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collaborateur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("prenom", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("fonction", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaborateur")),
        sa.UniqueConstraint("email", name=op.f("uq_collaborateur_email")),
    )
    op.create_index(op.f("ix_collaborateur_agence_id"), "collaborateur", ["agence_id"], unique=False)
    op.create_table(
        "equipe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("membre_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("est_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipe")),
        sa.UniqueConstraint("nom", name=op.f("uq_equipe_nom")),
    )
    op.create_table(
        "societe",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raison_sociale", sa.Text(), nullable=False),
        sa.Column("forme_juridique", sa.Text(), nullable=False),
        sa.Column("capital", sa.Text(), nullable=False),
        sa.Column("siren", sa.Text(), nullable=False),
        sa.Column("siret", sa.Text(), nullable=False),
        sa.Column("rcs", sa.Text(), nullable=False),
        sa.Column("naf", sa.Text(), nullable=False),
        sa.Column("tva_intracom", sa.Text(), nullable=False),
        sa.Column("adresse", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("option_debits", sa.Boolean(), nullable=False),
        sa.Column("convention_marge", sa.Text(), nullable=False),
        sa.Column("logo_svg", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_societe")),
    )
    op.create_table(
        "tiers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("nom_tri", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("siren", sa.Text(), nullable=True),
        sa.Column("siret", sa.Text(), nullable=True),
        sa.Column("tva_intracom", sa.Text(), nullable=True),
        sa.Column("regime_tva", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_facturation", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("est_public", sa.Boolean(), nullable=False),
        sa.Column("service_chorus", sa.Text(), nullable=True),
        sa.Column("canal_envoi", sa.Text(), nullable=False),
        sa.Column("plafond_encours_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("delai_paiement_jours", sa.Integer(), nullable=False),
        sa.Column("commercial_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.Column("encours_ttc", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("dernier_contact_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tiers")),
        sa.UniqueConstraint("code", name=op.f("uq_tiers_code")),
        sa.UniqueConstraint("siret", name=op.f("uq_tiers_siret")),
    )
    op.create_index("ix_tiers_nom", "tiers", ["nom_tri", "id"], unique=False)
    op.create_index("ix_tiers_recherche", "tiers", ["recherche"], unique=False, postgresql_using="gin")
    op.create_index("ix_tiers_roles", "tiers", ["roles"], unique=False, postgresql_using="gin")
    op.create_table(
        "adresse_tiers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("lignes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("code_postal", sa.Text(), nullable=False),
        sa.Column("ville", sa.Text(), nullable=False),
        sa.Column("pays", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tiers_id"], ["tiers.id"], name=op.f("fk_adresse_tiers_tiers_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adresse_tiers")),
    )
    op.create_index(op.f("ix_adresse_tiers_tiers_id"), "adresse_tiers", ["tiers_id"], unique=False)
    op.create_table(
        "agence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("societe_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("adresse", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["societe_id"], ["societe.id"], name=op.f("fk_agence_societe_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agence")),
        sa.UniqueConstraint("code", name=op.f("uq_agence_code")),
    )
    op.create_index(op.f("ix_agence_societe_id"), "agence", ["societe_id"], unique=False)
    op.create_table(
        "interlocuteur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("prenom", sa.Text(), nullable=False),
        sa.Column("fonction", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["tiers_id"], ["tiers.id"], name=op.f("fk_interlocuteur_tiers_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interlocuteur")),
    )
    op.create_index(op.f("ix_interlocuteur_tiers_id"), "interlocuteur", ["tiers_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_interlocuteur_tiers_id"), table_name="interlocuteur")
    op.drop_table("interlocuteur")
    op.drop_index(op.f("ix_agence_societe_id"), table_name="agence")
    op.drop_table("agence")
    op.drop_index(op.f("ix_adresse_tiers_tiers_id"), table_name="adresse_tiers")
    op.drop_table("adresse_tiers")
    op.drop_index("ix_tiers_roles", table_name="tiers", postgresql_using="gin")
    op.drop_index("ix_tiers_recherche", table_name="tiers", postgresql_using="gin")
    op.drop_index("ix_tiers_nom", table_name="tiers")
    op.drop_table("tiers")
    op.drop_table("societe")
    op.drop_table("equipe")
    op.drop_index(op.f("ix_collaborateur_agence_id"), table_name="collaborateur")
    op.drop_table("collaborateur")
