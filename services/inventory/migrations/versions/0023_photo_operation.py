"""The workshop operation a photo of an object shows."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fichier_historique", sa.Column("operation", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("fichier_historique", "operation")
