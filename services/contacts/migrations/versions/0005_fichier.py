"""Files of a tiers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fichier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("depose_par", sa.Text(), nullable=False),
        sa.Column("depose_par_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["tiers_id"], ["tiers.id"], name=op.f("fk_fichier_tiers_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fichier")),
    )
    op.create_index("ix_fichier_tiers_id", "fichier", ["tiers_id", "cree_le", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_fichier_tiers_id", table_name="fichier")
    op.drop_table("fichier")
