"""Credit notes of suppliers as electronic files: what they correct, and what they take back."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("facture_recue", sa.Column("est_avoir", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.alter_column("facture_recue", "est_avoir", server_default=None)
    op.add_column("facture_recue", sa.Column("attendu_id", sa.Uuid(), nullable=True))
    op.add_column("facture_recue", sa.Column("attendu_numero", sa.Text(), server_default="", nullable=False))
    op.alter_column("facture_recue", "attendu_numero", server_default=None)
    op.create_foreign_key(op.f("fk_facture_recue_attendu_id"), "facture_recue", "avoir_attendu", ["attendu_id"], ["id"])
    op.create_index(op.f("ix_facture_recue_attendu_id"), "facture_recue", ["attendu_id"])
    credite = sa.Column("total_credite_ht", sa.Numeric(precision=14, scale=2), server_default="0", nullable=False)
    op.add_column("affaire_fournisseur", credite)
    op.alter_column("affaire_fournisseur", "total_credite_ht", server_default=None)


def downgrade() -> None:
    op.drop_column("affaire_fournisseur", "total_credite_ht")
    for colonne in ("attendu_numero", "attendu_id", "est_avoir"):
        op.drop_column("facture_recue", colonne)
