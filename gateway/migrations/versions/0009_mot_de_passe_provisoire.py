"""A password given again by an administrator is to be changed at the next sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("compte", sa.Column("est_provisoire", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("compte", "est_provisoire", server_default=None)


def downgrade() -> None:
    op.drop_column("compte", "est_provisoire")
