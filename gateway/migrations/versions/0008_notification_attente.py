"""What nobody is waited for any more is found by the page it leads to."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_notification_attente", "notification", ["lien"], postgresql_where=sa.text("lue_le IS NULL"))


def downgrade() -> None:
    op.drop_index("ix_notification_attente", table_name="notification")
