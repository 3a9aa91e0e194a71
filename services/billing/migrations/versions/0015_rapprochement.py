"""A supplier invoice is matched with its order and its reception; what differs beyond the tolerances holds it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
ACHAT = (
    ("frais_factures_ht", sa.Numeric(precision=14, scale=2), None),
    ("total_facture_ht", sa.Numeric(precision=14, scale=2), None),
    ("tolerance_quantite_pct", sa.Numeric(precision=7, scale=4), "0"),
    ("tolerance_prix_pct", sa.Numeric(precision=7, scale=4), "0"),
    ("motif_blocage", sa.Text(), ""),
    ("liberee_par", sa.Text(), None),
    ("liberee_le", sa.DateTime(timezone=True), None),
    ("motif_liberation", sa.Text(), ""),
)
LIGNE = (
    ("prix_commande_ht", sa.Numeric(precision=14, scale=4), None),
    ("est_hors_tolerance", sa.Boolean(), sa.false()),
    ("quantite_facturee", sa.Numeric(precision=14, scale=3), None),
    ("prix_facture_ht", sa.Numeric(precision=14, scale=4), None),
)
TABLES = (("affaire_fournisseur", ACHAT), ("ligne_affaire_fournisseur", LIGNE))


def upgrade() -> None:
    for table, colonnes in TABLES:
        for nom, genre, defaut in colonnes:
            op.add_column(table, sa.Column(nom, genre, nullable=defaut is None, server_default=defaut))
            if defaut is not None:
                op.alter_column(table, nom, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE affaire_fournisseur SET etat = 'a_controler' WHERE etat = 'bloquee'")
    for table, colonnes in TABLES:
        for nom, _, _ in colonnes:
            op.drop_column(table, nom)
