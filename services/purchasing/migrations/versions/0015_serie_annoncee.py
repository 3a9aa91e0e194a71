"""The serial numbers a supplier announces, compared with what is read at the reception."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "serie_annoncee",
        sa.Column("ligne_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ligne_id"],
            ["ligne_reception.id"],
            name=op.f("fk_serie_annoncee_ligne_id_ligne_reception"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ligne_id", "numero", name=op.f("pk_serie_annoncee")),
    )


def downgrade() -> None:
    op.drop_table("serie_annoncee")
