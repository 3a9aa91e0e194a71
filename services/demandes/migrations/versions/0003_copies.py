"""Read copies of other services."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_accord",
        sa.Column("accord_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("equipement_id", sa.Uuid(), nullable=True),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("accord_id", name=op.f("pk_copie_accord")),
    )
    op.create_index(op.f("ix_copie_accord_tiers_id"), "copie_accord", ["tiers_id"], unique=False)
    op.create_table(
        "copie_collaborateur",
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("fonction", sa.Text(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_copie_collaborateur")),
    )
    op.create_table(
        "copie_compte",
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("collaborateur_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("compte_id", name=op.f("pk_copie_compte")),
    )
    op.create_table(
        "copie_contrat",
        sa.Column("contrat_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.Column("equipement_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("contrat_id", name=op.f("pk_copie_contrat")),
    )
    op.create_index(op.f("ix_copie_contrat_tiers_id"), "copie_contrat", ["tiers_id"], unique=False)
    op.create_table(
        "copie_couverture",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("contrat_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("equipement_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("accord_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_couverture")),
    )
    op.create_table(
        "copie_equipe",
        sa.Column("equipe_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("membre_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("est_active", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("equipe_id", name=op.f("pk_copie_equipe")),
    )
    op.create_table(
        "copie_equipement",
        sa.Column("equipement_id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("etiquette", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("equipement_id", name=op.f("pk_copie_equipement")),
    )
    op.create_index(op.f("ix_copie_equipement_etiquette"), "copie_equipement", ["etiquette"], unique=False)
    op.create_index(op.f("ix_copie_equipement_tiers_id"), "copie_equipement", ["tiers_id"], unique=False)
    op.create_table(
        "copie_tiers",
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("ville", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tiers_id", name=op.f("pk_copie_tiers")),
    )


def downgrade() -> None:
    op.drop_table("copie_tiers")
    op.drop_table("copie_equipement")
    op.drop_table("copie_equipe")
    op.drop_table("copie_couverture")
    op.drop_table("copie_contrat")
    op.drop_table("copie_compte")
    op.drop_table("copie_collaborateur")
    op.drop_table("copie_accord")
