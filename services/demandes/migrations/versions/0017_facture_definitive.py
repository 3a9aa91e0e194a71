"""Sending a deposit or a credit note does not end a demande: the rule installed before they were told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SIENNE = "fait_type = 'billing.facture_envoyee.v1' AND libelle = 'Facture envoyée' AND vers = 'facture'"


def upgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE regle SET condition_champ = 'est_definitive', condition_valeur = 'true'::jsonb "
            f"WHERE {SIENNE} AND condition_champ IS NULL"
        )
    )


def downgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE regle SET condition_champ = NULL, condition_valeur = NULL "
            f"WHERE {SIENNE} AND condition_champ = 'est_definitive'"
        )
    )
