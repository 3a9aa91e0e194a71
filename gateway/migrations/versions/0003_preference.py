"""Choices of an account, found again on any machine."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("valeur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_preference_compte_id")),
        sa.PrimaryKeyConstraint("compte_id", "cle", name=op.f("pk_preference")),
    )


def downgrade() -> None:
    op.drop_table("preference")
