"""How far a role reaches among the records of each kind, and the agencies an account sees besides its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("role", sa.Column("etendues", postgresql.JSONB(), nullable=False, server_default="{}"))
    op.alter_column("role", "etendues", server_default=None)
    op.add_column(
        "compte", sa.Column("autres_agences", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default="{}")
    )
    op.alter_column("compte", "autres_agences", server_default=None)


def downgrade() -> None:
    op.drop_column("compte", "autres_agences")
    op.drop_column("role", "etendues")
