"""Circuits as they were before a change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version_type",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("remplacee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_id", sa.Uuid(), nullable=True),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("contenu", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_type")),
        sa.ForeignKeyConstraint(["type_id"], ["type_demande.id"], name=op.f("fk_version_type_type_id")),
        sa.UniqueConstraint("type_id", "version", name=op.f("uq_version_type_type_id_version")),
    )


def downgrade() -> None:
    op.drop_table("version_type")
