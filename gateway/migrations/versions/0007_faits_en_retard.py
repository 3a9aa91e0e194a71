"""The position of what was last told, so that a late fact changes nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, colonne in (("demande_connue", "abonnes_seq"), ("echeance", "seq")):
        op.add_column(table, sa.Column(colonne, sa.BigInteger(), nullable=False, server_default="0"))
        op.alter_column(table, colonne, server_default=None)


def downgrade() -> None:
    op.drop_column("echeance", "seq")
    op.drop_column("demande_connue", "abonnes_seq")
