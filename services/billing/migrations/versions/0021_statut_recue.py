"""What suppliers are told of their invoices."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None
STATUT = sa.Enum("205", "206", "207", "208", "210", "211", name="statut", native_enum=False, length=60)


def upgrade() -> None:
    op.add_column("facture_recue", sa.Column("statut", STATUT, nullable=True))
    op.create_table(
        "statut_recue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recue_id", sa.Uuid(), nullable=False),
        sa.Column("statut", STATUT, nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("montant_ttc", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("paye_le", sa.Date(), nullable=True),
        sa.Column("transmis_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transmis_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["recue_id"], ["facture_recue.id"], name=op.f("fk_statut_recue_recue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statut_recue")),
    )
    op.create_index(op.f("ix_statut_recue_recue_id"), "statut_recue", ["recue_id"])
    op.create_index(
        "ix_statut_recue_a_transmettre", "statut_recue", ["id"], postgresql_where=sa.text("transmis_le IS NULL")
    )


def downgrade() -> None:
    op.drop_table("statut_recue")
    op.drop_column("facture_recue", "statut")
