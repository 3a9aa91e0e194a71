"""Where a technician goes: the address of the client; what was kept before fills it in at its next change."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("copie_tiers", sa.Column("adresse", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("copie_tiers", "adresse")
