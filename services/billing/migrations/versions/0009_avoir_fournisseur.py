"""Credits awaited from suppliers, and the credit notes that came."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "avoir_attendu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retour_id", sa.Uuid(), nullable=False),
        sa.Column("retour_numero", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=True),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("annonce_numero", sa.Text(), nullable=False),
        sa.Column("attendu_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("reste_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avoir_attendu")),
        sa.UniqueConstraint("retour_id", name=op.f("uq_avoir_attendu_retour_id")),
    )
    op.create_index("ix_avoir_attendu_reste", "avoir_attendu", ["id"], postgresql_where=sa.text("reste_ht > 0"))
    op.create_index("ix_avoir_attendu_fournisseur", "avoir_attendu", ["fournisseur_id", "id"])
    op.create_table(
        "avoir_recu",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attendu_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("date_avoir", sa.Date(), nullable=False),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attendu_id"], ["avoir_attendu.id"], name=op.f("fk_avoir_recu_attendu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avoir_recu")),
        sa.UniqueConstraint("attendu_id", "numero", name=op.f("uq_avoir_recu_attendu_id_numero")),
    )


def downgrade() -> None:
    op.drop_table("avoir_recu")
    op.drop_table("avoir_attendu")
