"""The nature of stock a sheet is served from, and the sheets of an affaire."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feuille", sa.Column("nature_stock", sa.Text(), nullable=False, server_default="neuf"))
    op.alter_column("feuille", "nature_stock", server_default=None)
    op.create_index(op.f("ix_feuille_affaire_id"), "feuille", ["affaire_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_feuille_affaire_id"), table_name="feuille")
    op.drop_column("feuille", "nature_stock")
