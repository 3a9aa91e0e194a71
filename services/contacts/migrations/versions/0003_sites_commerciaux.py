"""Sites of a tiers; several commerciaux and groups instead of one commercial."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("adresse_code", sa.Text(), nullable=False),
        sa.Column("interlocuteur_id", sa.Uuid(), nullable=True),
        sa.Column("telephone", sa.Text(), nullable=True),
        sa.Column("horaires", sa.Text(), nullable=False),
        sa.Column("acces", sa.Text(), nullable=False),
        sa.Column("rappels", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(["tiers_id"], ["tiers.id"], name=op.f("fk_site_tiers_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_tiers_id"), "site", ["tiers_id"], unique=False)
    for colonne in ("commercial_ids", "groupe_commercial_ids"):
        op.add_column("tiers", sa.Column(colonne, postgresql.ARRAY(sa.Uuid()), nullable=False, server_default="{}"))
        op.alter_column("tiers", colonne, server_default=None)
    op.execute("UPDATE tiers SET commercial_ids = ARRAY[commercial_id] WHERE commercial_id IS NOT NULL")
    op.drop_column("tiers", "commercial_id")


def downgrade() -> None:
    op.add_column("tiers", sa.Column("commercial_id", sa.Uuid(), nullable=True))
    op.execute("UPDATE tiers SET commercial_id = commercial_ids[1]")
    op.drop_column("tiers", "groupe_commercial_ids")
    op.drop_column("tiers", "commercial_ids")
    op.drop_index(op.f("ix_site_tiers_id"), table_name="site")
    op.drop_table("site")
