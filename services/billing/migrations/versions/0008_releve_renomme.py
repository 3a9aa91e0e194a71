"""A database brought to 0004 when a bank statement was still called "releve" takes the names 0004 gives today."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if not sa.inspect(op.get_bind()).has_table("releve"):
        return
    op.rename_table("releve", "releve_bancaire")
    op.alter_column("operation_bancaire", "releve_id", new_column_name="releve_bancaire_id")
    op.execute("ALTER TABLE releve_bancaire RENAME CONSTRAINT pk_releve TO pk_releve_bancaire")
    op.execute(
        "ALTER TABLE operation_bancaire"
        " RENAME CONSTRAINT fk_operation_bancaire_releve_id TO fk_operation_bancaire_releve_bancaire_id"
    )
    op.execute("ALTER INDEX ix_operation_bancaire_releve_id RENAME TO ix_operation_bancaire_releve_bancaire_id")


def downgrade() -> None:
    """The names of 0004 as it is today are also those to go back to."""
