"""A copied line remembers the first one it descends from: two versions are compared line by line.

Lines copied before have no origin; they are matched by their words. No foreign key: the first line may be removed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ligne_proposition", sa.Column("origine_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("ligne_proposition", "origine_id")
