"""The serial numbers delivered for each line, and whether the invoice prints them; nothing on what was written before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    series: sa.Column[list[str]] = sa.Column("series", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    op.add_column("ligne_affaire_client", series)
    op.alter_column("ligne_affaire_client", "series", server_default=None)
    op.add_column("affaire_client", sa.Column("imprime_series", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column("affaire_client", "imprime_series", server_default=None)


def downgrade() -> None:
    op.drop_column("affaire_client", "imprime_series")
    op.drop_column("ligne_affaire_client", "series")
