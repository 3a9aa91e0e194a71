"""The preparation zone of each sheet, told while goods are scanned."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feuille", sa.Column("zone", sa.Text(), nullable=False, server_default=""))
    op.alter_column("feuille", "zone", server_default=None)


def downgrade() -> None:
    op.drop_column("feuille", "zone")
