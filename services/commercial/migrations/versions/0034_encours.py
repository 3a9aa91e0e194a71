"""What clients owe, and whether passing their credit limit needs an approval."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copie_encours",
        sa.Column("tiers_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("encours_ht", sa.Numeric(14, 2), nullable=False),
    )
    op.add_column("seuil_marge", sa.Column("encours_bloque", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("seuil_marge", "encours_bloque", server_default=None)


def downgrade() -> None:
    op.drop_column("seuil_marge", "encours_bloque")
    op.drop_table("copie_encours")
