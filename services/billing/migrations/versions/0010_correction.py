"""An affaire client follows its feuille when it is reopened and validated again, until it is invoiced."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The lines of an affaire already known are taken for those of its feuille at its next validation."""
    op.add_column("affaire_client", sa.Column("source_seq", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("affaire_client", sa.Column("source_lignes", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "affaire_client", sa.Column("est_en_correction", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("affaire_client", sa.Column("correction", sa.Text(), nullable=False, server_default=""))
    for colonne in ("source_seq", "source_lignes", "est_en_correction", "correction"):
        op.alter_column("affaire_client", colonne, server_default=None)


def downgrade() -> None:
    for colonne in ("correction", "est_en_correction", "source_lignes", "source_seq"):
        op.drop_column("affaire_client", colonne)
