"""The place of the fact that last said whether a sheet is finished: it may be reopened, then finished again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feuille", sa.Column("fin_seq", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("feuille", "fin_seq", server_default=None)


def downgrade() -> None:
    op.drop_column("feuille", "fin_seq")
