"""Who has a record open."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("objet", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("vu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ecrit_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_presence_compte_id_compte")),
        sa.PrimaryKeyConstraint("objet", "page", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_vu_le"), "presence", ["vu_le"])


def downgrade() -> None:
    op.drop_table("presence")
