"""What a substitute was received in place of stays written on the object."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("historique", sa.Column("remplace_reference", sa.Text(), nullable=False, server_default=""))
    op.alter_column("historique", "remplace_reference", server_default=None)


def downgrade() -> None:
    op.drop_column("historique", "remplace_reference")
