"""A line that bills time knows which, so that a correction finds it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ligne_affaire_client", sa.Column("temps_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_ligne_affaire_client_temps_id"), "ligne_affaire_client", ["temps_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_ligne_affaire_client_temps_id"), table_name="ligne_affaire_client")
    op.drop_column("ligne_affaire_client", "temps_id")
