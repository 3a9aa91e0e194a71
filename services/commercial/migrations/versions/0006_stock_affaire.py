"""The stock an affaire is served from: depot of an agency, nature, place where its goods are gathered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("affaire", sa.Column("depot_agence_id", sa.Uuid(), nullable=True))
    op.add_column("affaire", sa.Column("nature_stock", sa.Text(), nullable=False, server_default="neuf"))
    op.add_column("affaire", sa.Column("emplacement", sa.Text(), nullable=False, server_default=""))
    op.alter_column("affaire", "nature_stock", server_default=None)
    op.alter_column("affaire", "emplacement", server_default=None)


def downgrade() -> None:
    for nom in ("emplacement", "nature_stock", "depot_agence_id"):
        op.drop_column("affaire", nom)
