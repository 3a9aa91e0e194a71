"""Whether the client certified that what was signed may bear a reduced VAT rate."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signature", sa.Column("certifie_taux_reduit", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("signature", "certifie_taux_reduit")
