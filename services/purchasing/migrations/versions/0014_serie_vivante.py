"""A serial number is received once per product, whoever sells it, until its object left for good."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
AVANT = ["fournisseur_id", "produit_id", "numero"]


def upgrade() -> None:
    """Of a number already received twice from two suppliers, the last one counts."""
    op.create_table(
        "copie_serie",
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("produit_id", sa.Uuid(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("lieu", sa.Text(), nullable=False),
        sa.Column("est_vivant", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("historique_id", name=op.f("pk_copie_serie")),
    )
    op.create_index("ix_copie_serie_numero", "copie_serie", ["produit_id", "numero"])
    op.add_column("serie_recue", sa.Column("est_liberee", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("serie_recue", "est_liberee", server_default=None)
    op.execute(
        "UPDATE serie_recue s SET est_liberee = true WHERE EXISTS (SELECT FROM serie_recue autre"
        " WHERE autre.produit_id = s.produit_id AND autre.numero = s.numero AND autre.id > s.id)"
    )
    op.drop_constraint(op.f("uq_serie_recue_fournisseur_id_produit_id_numero"), "serie_recue")
    op.create_index(
        "uq_serie_recue_produit_id_numero",
        "serie_recue",
        ["produit_id", "numero"],
        unique=True,
        postgresql_where=sa.text("NOT est_liberee"),
    )


def downgrade() -> None:
    op.drop_index("uq_serie_recue_produit_id_numero", "serie_recue")
    op.create_unique_constraint(op.f("uq_serie_recue_fournisseur_id_produit_id_numero"), "serie_recue", AVANT)
    op.drop_column("serie_recue", "est_liberee")
    op.drop_table("copie_serie")
