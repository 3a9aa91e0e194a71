"""A database brought to 0004 before it kept the type and the scan of a signed paper gets these columns."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "signature",
        sa.Column("document_signe_type", sa.Text(), nullable=False, server_default=""),
        if_not_exists=True,
    )
    op.alter_column("signature", "document_signe_type", server_default=None)
    for colonne in ("papier_signe_sha256", "papier_signe_nom", "papier_signe_type"):
        op.add_column("proposition", sa.Column(colonne, sa.Text(), nullable=True), if_not_exists=True)


def downgrade() -> None:
    """The columns are those of 0004 as it is today, which removes them."""
