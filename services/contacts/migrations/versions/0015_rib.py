"""Where a contact is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rib",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proprietaire_id", sa.Uuid(), nullable=False),
        sa.Column("titulaire", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rib")),
        sa.ForeignKeyConstraint(["proprietaire_id"], ["tiers.id"], name=op.f("fk_rib_proprietaire_id_tiers")),
    )
    op.create_index("ix_rib_proprietaire_id", "rib", ["proprietaire_id"])
    op.create_index("ix_rib_iban", "rib", ["iban"])


def downgrade() -> None:
    op.drop_table("rib")
