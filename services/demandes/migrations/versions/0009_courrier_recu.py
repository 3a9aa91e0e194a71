"""Received mails and their files; clients found by their address."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "courrier_recu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("recu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("de", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("etat", sa.String(length=60), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_courrier_recu_demande_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courrier_recu")),
        sa.UniqueConstraint("message_id", name=op.f("uq_courrier_recu_message_id")),
    )
    op.create_index(op.f("ix_courrier_recu_demande_id"), "courrier_recu", ["demande_id"])
    op.create_index("ix_courrier_recu_de", "courrier_recu", ["de", "recu_le"])
    op.create_index(
        "ix_courrier_recu_a_rattacher", "courrier_recu", ["id"], postgresql_where=sa.text("etat = 'a_rattacher'")
    )
    op.create_table(
        "piece_recue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("courrier_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("taille", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("refus", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["courrier_id"], ["courrier_recu.id"], name=op.f("fk_piece_recue_courrier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_recue")),
    )
    op.create_index(op.f("ix_piece_recue_courrier_id"), "piece_recue", ["courrier_id"])
    op.create_index("ix_copie_tiers_email", "copie_tiers", [sa.text("lower(email)")])


def downgrade() -> None:
    op.drop_index("ix_copie_tiers_email", "copie_tiers")
    op.drop_table("piece_recue")
    op.drop_table("courrier_recu")
