"""What says who is served first: the delivery a sheet wishes and the day it was signed, as inventory weighs them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A sheet known before counts from the day it came, until its next fact."""
    op.add_column("feuille", sa.Column("livraison_souhaitee", sa.Date()))
    op.add_column("feuille", sa.Column("signee_le", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("feuille", "signee_le")
    op.drop_column("feuille", "livraison_souhaitee")
