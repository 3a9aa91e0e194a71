"""An offer turned down says which order was placed elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("negociation", sa.Column("retenue_ailleurs_id", sa.Uuid(), nullable=True))
    op.add_column("negociation", sa.Column("retenue_ailleurs", sa.Text(), nullable=False, server_default=""))
    op.alter_column("negociation", "retenue_ailleurs", server_default=None)
    op.create_index(op.f("ix_negociation_retenue_ailleurs_id"), "negociation", ["retenue_ailleurs_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_negociation_retenue_ailleurs_id"), table_name="negociation")
    op.drop_column("negociation", "retenue_ailleurs")
    op.drop_column("negociation", "retenue_ailleurs_id")
