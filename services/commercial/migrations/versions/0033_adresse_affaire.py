"""An affaire chooses one of the coded addresses of its tiers."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("affaire", sa.Column("adresse_code", sa.Text(), nullable=False, server_default=""))
    op.alter_column("affaire", "adresse_code", server_default=None)


def downgrade() -> None:
    op.drop_column("affaire", "adresse_code")
