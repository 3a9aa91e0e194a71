"""Unit costs precise enough for what was received to sum to its invoice, to the cent, cut in pieces or not."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("historique", "cout_unitaire_ht", type_=sa.Numeric(22, 10), existing_nullable=False)


def downgrade() -> None:
    op.alter_column("historique", "cout_unitaire_ht", type_=sa.Numeric(14, 4), existing_nullable=False)
