"""The facts the fil de vie is told from, kept for its rebuild; and what it already told when they began to be kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fait_du_fil",
        sa.Column("rang", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("cle", sa.Uuid(), nullable=False),
        sa.Column("acteur_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contenu", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("rang", name=op.f("pk_fait_du_fil")),
        sa.UniqueConstraint("message_id", name=op.f("uq_fait_du_fil_message_id")),
    )
    op.create_table(
        "fil_depart",
        sa.Column("rang", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("ligne", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("rang", name=op.f("pk_fil_depart")),
    )
    for table in ("fil_de_vie", "lien_projet", "lien_equipement"):
        op.execute(f"INSERT INTO fil_depart (nom, ligne) SELECT '{table}', to_jsonb(t) FROM {table} t")


def downgrade() -> None:
    op.drop_table("fil_depart")
    op.drop_table("fait_du_fil")
