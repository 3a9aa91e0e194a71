"""Who asked for an approval, so that the answer can be told; requests made before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("approbation", sa.Column("demandeur_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("approbation", "demandeur_id")
