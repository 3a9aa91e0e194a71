"""Whose link it is and what they did of it; those mailed before are nobody's in particular."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INSTANTS = ("ouvert_le", "vu_le", "telecharge_le")


def upgrade() -> None:
    op.add_column("lien_signature", sa.Column("destinataire", sa.Text(), nullable=False, server_default=""))
    op.add_column("lien_signature", sa.Column("ouvertures", sa.Integer(), nullable=False, server_default="0"))
    for nom in INSTANTS:
        op.add_column("lien_signature", sa.Column(nom, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for nom in ("destinataire", "ouvertures", *INSTANTS):
        op.drop_column("lien_signature", nom)
