"""What work each type of demande is, so that no screen knows a type by its code."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NATURE = """
UPDATE type_demande SET nature = CASE
  WHEN code = 'commercial' THEN 'vente'
  WHEN exige_couverture THEN 'depannage'
  WHEN ouverture_fait = 'maintenance.visite_due.v1' THEN 'visite'
  ELSE 'autre' END
"""


def upgrade() -> None:
    op.add_column("type_demande", sa.Column("nature", sa.Text(), nullable=False, server_default="autre"))
    op.execute(NATURE)
    op.alter_column("type_demande", "nature", server_default=None)


def downgrade() -> None:
    op.drop_column("type_demande", "nature")
