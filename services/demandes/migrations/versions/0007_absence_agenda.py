"""Absences, and the private addresses of agendas."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("du", sa.Date(), nullable=False),
        sa.Column("au", sa.Date(), nullable=False),
        sa.Column("demi", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_personne", "absence", ["collaborateur_id", "du"], unique=False)
    op.create_index("ix_absence_au", "absence", ["au"], unique=False)
    op.create_table(
        "agenda",
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_agenda")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_agenda_empreinte")),
    )


def downgrade() -> None:
    op.drop_table("agenda")
    op.drop_table("absence")
