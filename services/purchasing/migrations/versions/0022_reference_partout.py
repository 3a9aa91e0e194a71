"""A reference is looked for whoever sells under it."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_reference_fournisseur_partout", "reference_fournisseur", ["reference_cle"])


def downgrade() -> None:
    op.drop_index("ix_reference_fournisseur_partout", table_name="reference_fournisseur")
