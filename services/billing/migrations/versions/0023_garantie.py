"""Until when what a line bills is guaranteed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ligne_affaire_client", sa.Column("garantie", sa.Text(), nullable=False, server_default=""))
    op.alter_column("ligne_affaire_client", "garantie", server_default=None)


def downgrade() -> None:
    op.drop_column("ligne_affaire_client", "garantie")
