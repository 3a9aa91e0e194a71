"""What who sees no cost learned of a margin; the costs of rows taken out, which their author may put back without knowing them."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "refus_marge",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("proposition_id", sa.Uuid(), sa.ForeignKey("proposition.id"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("personne_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("refuse_le", instant, nullable=False),
        sa.UniqueConstraint("proposition_id", "revision", "personne_id"),
    )
    op.create_index("ix_refus_marge_personne", "refus_marge", ["personne_id", "refuse_le"])
    op.create_table(
        "cout_retire",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("proposition_id", sa.Uuid(), sa.ForeignKey("proposition.id"), nullable=False),
        sa.Column("cout_ht", sa.Numeric(14, 4), nullable=False),
        sa.Column("marge", sa.Numeric(9, 4), nullable=False),
        sa.Column("retire_le", instant, nullable=False),
    )
    op.create_index("ix_cout_retire_proposition_id", "cout_retire", ["proposition_id"])


def downgrade() -> None:
    op.drop_table("cout_retire")
    op.drop_table("refus_marge")
