"""Beyond the credit limit of a client is granted by another right than below the margin: each request says which it needs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    textes = postgresql.ARRAY(sa.Text())
    op.add_column("approbation", sa.Column("droits", textes, nullable=False, server_default="{marge.approuver}"))
    op.alter_column("approbation", "droits", server_default=None)
    op.execute(
        """
        UPDATE approbation SET droits = CASE WHEN jsonb_array_length(raisons) = 1 THEN '{encours.approuver}'::text[]
          ELSE '{marge.approuver,encours.approuver}'::text[] END
        WHERE raisons::text LIKE '%encours du client port%'
        """
    )


def downgrade() -> None:
    op.drop_column("approbation", "droits")
