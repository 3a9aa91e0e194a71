"""Platform tables."""

from alembic import op

from shared.database import socle

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    socle.upgrade(op)


def downgrade() -> None:
    socle.downgrade(op)
