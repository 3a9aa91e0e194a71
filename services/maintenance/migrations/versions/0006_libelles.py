"""How the workshop calls the fields of an equipment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "equipement",
        sa.Column("libelles", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"),
    )
    op.alter_column("equipement", "libelles", server_default=None)


def downgrade() -> None:
    op.drop_column("equipement", "libelles")
