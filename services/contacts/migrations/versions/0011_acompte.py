"""What a new devis asks for when it is signed, in percent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("societe", sa.Column("acompte_pourcent", sa.Numeric(7, 4), nullable=False, server_default="0"))
    op.alter_column("societe", "acompte_pourcent", server_default=None)


def downgrade() -> None:
    op.drop_column("societe", "acompte_pourcent")
