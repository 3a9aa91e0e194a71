"""Who owes, found without reading every file: what the list of contacts adds up."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_piece_encours_impayee ON piece_encours (tiers_id) WHERE solde_ttc <> 0")


def downgrade() -> None:
    op.execute("DROP INDEX ix_piece_encours_impayee")
