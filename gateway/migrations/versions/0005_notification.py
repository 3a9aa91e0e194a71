"""Notifications, and what is known of demandes and due dates to know whom to tell."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("titre", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("lien", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("courriel_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_notification_compte_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("compte_id", "cause", name=op.f("uq_notification_compte_id_cause")),
    )
    op.create_index("ix_notification_compte", "notification", ["compte_id", "id"])
    op.create_index(
        "ix_notification_non_lue", "notification", ["compte_id", "id"], postgresql_where=sa.text("lue_le IS NULL")
    )
    op.create_table(
        "demande_connue",
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("responsable_id", sa.Uuid(), nullable=True),
        sa.Column("abonne_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("demande_id", name=op.f("pk_demande_connue")),
    )
    op.create_table(
        "echeance",
        sa.Column("objet_id", sa.Uuid(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("tiers_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.Date(), nullable=False),
        sa.Column("dite_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("objet_id", name=op.f("pk_echeance")),
    )
    op.create_index("ix_echeance_a_dire", "echeance", ["le"], postgresql_where=sa.text("dite_le IS NULL"))


def downgrade() -> None:
    for table in ("echeance", "demande_connue", "notification"):
        op.drop_table(table)
