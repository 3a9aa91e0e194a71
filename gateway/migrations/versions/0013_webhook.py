"""Facts told to programs outside."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
EN_ATTENTE = sa.text("etat = 'attente'")


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("adresse", sa.Text(), nullable=False),
        sa.Column("faits", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("avec_couts", sa.Boolean(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("ancien_secret", sa.Text(), nullable=True),
        sa.Column("ancien_jusqu_au", INSTANT, nullable=True),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("motif_arret", sa.Text(), nullable=False),
        sa.Column("echoue_depuis", INSTANT, nullable=True),
        sa.Column("reussi_le", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_webhook_compte_id_compte")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    op.create_table(
        "envoi_webhook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("fait_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("contenu", postgresql.JSONB(), nullable=False),
        sa.Column("survenu_le", INSTANT, nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("etat", sa.String(60), nullable=False),
        sa.Column("tentatives", sa.Integer(), nullable=False),
        sa.Column("prochain_le", INSTANT, nullable=False),
        sa.Column("tente_le", INSTANT, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("reponse", sa.Text(), nullable=False),
        sa.Column("duree_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhook.id"], name=op.f("fk_envoi_webhook_webhook_id_webhook"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envoi_webhook")),
        sa.UniqueConstraint("webhook_id", "fait_id", name=op.f("uq_envoi_webhook_webhook_id")),
    )
    op.create_index("ix_envoi_webhook_liste", "envoi_webhook", ["webhook_id", "id"])
    op.create_index("ix_envoi_webhook_du", "envoi_webhook", ["webhook_id", "prochain_le"], postgresql_where=EN_ATTENTE)
    op.create_index("ix_envoi_webhook_rang", "envoi_webhook", ["webhook_id", "cle", "seq"], postgresql_where=EN_ATTENTE)
    op.create_index(
        "ix_envoi_webhook_range", "envoi_webhook", ["webhook_id"], postgresql_where=sa.text("etat = 'abandonne'")
    )
    op.create_index("ix_envoi_webhook_cree_le", "envoi_webhook", ["cree_le"])


def downgrade() -> None:
    op.drop_table("envoi_webhook")
    op.drop_table("webhook")
