"""Technical data and documents of a product."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "produit", sa.Column("caracteristiques", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.alter_column("produit", "caracteristiques", server_default=None)
    op.create_table(
        "document_produit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("ajoute_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ajoute_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["produit_id"], ["produit.id"], name=op.f("fk_document_produit_produit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_produit")),
    )
    op.create_index(op.f("ix_document_produit_produit_id"), "document_produit", ["produit_id"], unique=False)


def downgrade() -> None:
    op.drop_table("document_produit")
    op.drop_column("produit", "caracteristiques")
