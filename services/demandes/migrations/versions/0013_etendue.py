"""What somebody follows is found by index: it is in the reach of whoever follows it."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_abonnement_collaborateur_id", "abonnement", ["collaborateur_id"])


def downgrade() -> None:
    op.drop_index("ix_abonnement_collaborateur_id", table_name="abonnement")
