"""When a reference left its supplier's file; those stored before are offered until the next import says otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reference_fournisseur", sa.Column("absente_le", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("reference_fournisseur", "absente_le")
