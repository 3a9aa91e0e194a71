"""How devis look, version by version; those sent or signed before keep the product's own look."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presentation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("textes", postgresql.JSONB(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=False),
        sa.Column("cgv_sha256", sa.Text(), nullable=False),
        sa.Column("cgv_nom", sa.Text(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cree_par", sa.Text(), nullable=False),
    )
    op.create_index(
        "uq_presentation_rang",
        "presentation",
        ["agence_id", "rang"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.add_column("proposition", sa.Column("presentation_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_proposition_presentation_id_presentation", "proposition", "presentation", ["presentation_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint("fk_proposition_presentation_id_presentation", "proposition", type_="foreignkey")
    op.drop_column("proposition", "presentation_id")
    op.drop_table("presentation")
