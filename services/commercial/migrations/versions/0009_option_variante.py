"""Optional lines and variants."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OUI_NON = ("est_option", "est_retenue")


def upgrade() -> None:
    for nom, defaut in zip(OUI_NON, ("false", "true"), strict=True):
        op.add_column("ligne_proposition", sa.Column(nom, sa.Boolean(), nullable=False, server_default=defaut))
    op.add_column("ligne_proposition", sa.Column("variante", sa.Text(), nullable=False, server_default=""))
    for nom in (*OUI_NON, "variante"):
        op.alter_column("ligne_proposition", nom, server_default=None)


def downgrade() -> None:
    for nom in ("variante", *OUI_NON):
        op.drop_column("ligne_proposition", nom)
