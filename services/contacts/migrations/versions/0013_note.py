"""What was said with a tiers: calls, mails, visits, notes."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tiers_id"], ["tiers.id"], name=op.f("fk_note_tiers_id_tiers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_tiers", "note", ["tiers_id", "le", "id"])


def downgrade() -> None:
    op.drop_table("note")
