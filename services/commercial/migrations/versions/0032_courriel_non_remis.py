"""A mail that came back is recognised by its Message-ID; those sent before are not."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lien_signature", sa.Column("courriel_id", sa.Uuid(), nullable=True))
    op.add_column("lien_signature", sa.Column("rejete_le", sa.DateTime(timezone=True), nullable=True))
    op.add_column("lien_signature", sa.Column("rejet", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_lien_signature_courriel_id", "lien_signature", ["courriel_id"])


def downgrade() -> None:
    op.drop_index("ix_lien_signature_courriel_id", table_name="lien_signature")
    for colonne in ("rejet", "rejete_le", "courriel_id"):
        op.drop_column("lien_signature", colonne)
