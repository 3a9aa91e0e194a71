"""When a supplier's invoice must be paid."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("affaire_fournisseur", sa.Column("echeance", sa.Date(), nullable=True))
    op.execute(
        "UPDATE affaire_fournisseur SET echeance ="
        " coalesce(date_facture, (cree_le AT TIME ZONE 'Europe/Paris')::date)"
        " + coalesce((SELECT (fiche->>'delai_paiement_jours')::integer FROM copie_tiers WHERE tiers_id = fournisseur_id), 30)"
    )
    op.alter_column("affaire_fournisseur", "echeance", nullable=False)


def downgrade() -> None:
    op.drop_column("affaire_fournisseur", "echeance")
