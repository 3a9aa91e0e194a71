"""Which products become one object per unit: a line of a reception makes so many objects, no more."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until the next change of each product, those with a serial number are known to be; the others are not."""
    op.add_column("copie_produit", sa.Column("est_unitaire", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("copie_produit", "est_unitaire", server_default=None)


def downgrade() -> None:
    op.drop_column("copie_produit", "est_unitaire")
