"""A product may be made of others: a kit. Those written before are simple."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "produit", sa.Column("composants", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.alter_column("produit", "composants", server_default=None)
    op.create_index(
        "ix_produit_composants",
        "produit",
        ["composants"],
        postgresql_using="gin",
        postgresql_where=sa.text("composants <> '[]'::jsonb"),
    )


def downgrade() -> None:
    op.drop_index("ix_produit_composants", "produit")
    op.drop_column("produit", "composants")
