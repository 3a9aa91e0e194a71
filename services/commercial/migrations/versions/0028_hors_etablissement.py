"""Whether a sale is concluded off premises; those written before were not said to be."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = ("etude", "proposition")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(
            table, sa.Column("est_hors_etablissement", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "est_hors_etablissement")
