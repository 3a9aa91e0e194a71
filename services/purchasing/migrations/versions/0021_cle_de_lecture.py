"""A code sent again after a cut is known by its key."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lecture", sa.Column("cle", sa.Text(), nullable=False, server_default=""))
    op.alter_column("lecture", "cle", server_default=None)
    op.create_index(
        "uq_lecture_cle", "lecture", ["reception_id", "cle"], unique=True, postgresql_where=sa.text("cle <> ''")
    )


def downgrade() -> None:
    op.drop_index("uq_lecture_cle", table_name="lecture")
    op.drop_column("lecture", "cle")
