"""The part used on a demande that a line bills."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ligne_affaire_client", sa.Column("consommation_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_ligne_affaire_client_consommation_id"), "ligne_affaire_client", ["consommation_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_ligne_affaire_client_consommation_id"), table_name="ligne_affaire_client")
    op.drop_column("ligne_affaire_client", "consommation_id")
