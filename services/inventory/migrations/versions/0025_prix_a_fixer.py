"""A part used may have no sale price yet."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("consommation", "prix_ht", existing_type=sa.Numeric(14, 4), nullable=True)


def downgrade() -> None:
    op.execute("UPDATE consommation SET prix_ht = 0 WHERE prix_ht IS NULL")
    op.alter_column("consommation", "prix_ht", existing_type=sa.Numeric(14, 4), nullable=False)
