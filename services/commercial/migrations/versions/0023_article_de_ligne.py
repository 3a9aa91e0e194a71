"""Which article a line sells and the price agreed when it was added; lines written before do not know."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ligne_proposition", sa.Column("produit_id", sa.Uuid(), nullable=True))
    op.add_column("ligne_proposition", sa.Column("prix_convenu_ht", sa.Numeric(14, 4), nullable=True))


def downgrade() -> None:
    op.drop_column("ligne_proposition", "prix_convenu_ht")
    op.drop_column("ligne_proposition", "produit_id")
