"""The documents an encours is made of; what is in progress beside what is unpaid."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "piece_encours",
        sa.Column("piece_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=True),
        sa.Column("affaire_client_id", sa.Uuid(), nullable=True),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("total_ttc", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("solde_ttc", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.PrimaryKeyConstraint("piece_id", name=op.f("pk_piece_encours")),
    )
    op.create_index(op.f("ix_piece_encours_tiers_id"), "piece_encours", ["tiers_id"], unique=False)
    for colonne in ("encours_ht", "en_cours_ht"):
        genre = sa.Numeric(precision=14, scale=2)
        op.add_column("tiers", sa.Column(colonne, genre, nullable=False, server_default="0"))
        op.alter_column("tiers", colonne, server_default=None)


def downgrade() -> None:
    op.drop_column("tiers", "en_cours_ht")
    op.drop_column("tiers", "encours_ht")
    op.drop_index(op.f("ix_piece_encours_tiers_id"), table_name="piece_encours")
    op.drop_table("piece_encours")
