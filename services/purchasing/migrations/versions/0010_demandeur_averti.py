"""Who asked for an order is told what was decided by the notifications, as he prefers: no mail leaves from here.

Nor is his address kept here any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("commande", "demandeur_averti_le")
    op.drop_table("copie_collaborateur")


def downgrade() -> None:
    """The addresses come back with the next change of each."""
    op.create_table(
        "copie_collaborateur",
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_copie_collaborateur")),
    )
    op.add_column("commande", sa.Column("demandeur_averti_le", sa.DateTime(timezone=True)))
