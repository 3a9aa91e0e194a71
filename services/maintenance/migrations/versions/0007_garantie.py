"""Until when an equipment is guaranteed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("equipement", sa.Column("garantie_jusqu_au", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("equipement", "garantie_jusqu_au")
