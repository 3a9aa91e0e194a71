"""What the catalogue says of kits; products known before are simple."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "copie_produit", sa.Column("composants", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.alter_column("copie_produit", "composants", server_default=None)


def downgrade() -> None:
    op.drop_column("copie_produit", "composants")
