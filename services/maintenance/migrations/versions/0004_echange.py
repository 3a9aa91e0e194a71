"""An object of a parc says what it took the place of."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("equipement", sa.Column("remplace_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_equipement_remplace_id"), "equipement", "equipement", ["remplace_id"], ["id"])
    op.create_index(op.f("ix_equipement_remplace_id"), "equipement", ["remplace_id"])


def downgrade() -> None:
    op.drop_column("equipement", "remplace_id")
