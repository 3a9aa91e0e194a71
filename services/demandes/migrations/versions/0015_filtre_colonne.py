"""A column of a board keeps only some of the demandes in its states."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("colonne", sa.Column("urgences", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.alter_column("colonne", "urgences", server_default=None)
    op.add_column("colonne", sa.Column("sous_contrat", sa.Boolean()))
    op.add_column("colonne", sa.Column("agence_id", sa.Uuid()))
    op.add_column("colonne", sa.Column("est_confiee", sa.Boolean()))


def downgrade() -> None:
    for nom in ("est_confiee", "agence_id", "sous_contrat", "urgences"):
        op.drop_column("colonne", nom)
