"""A section may hide the prices of its lines from the client; those written before show them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ligne_proposition", sa.Column("a_prix_masques", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("ligne_proposition", "a_prix_masques")
