"""Who follows a demande."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "abonnement",
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["demande_id"], ["demande.id"], name=op.f("fk_abonnement_demande_id")),
        sa.PrimaryKeyConstraint("demande_id", "collaborateur_id", name=op.f("pk_abonnement")),
    )


def downgrade() -> None:
    op.drop_table("abonnement")
