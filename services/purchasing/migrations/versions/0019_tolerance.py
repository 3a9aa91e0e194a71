"""How far from its orders a supplier may deliver and bill; which lines of a reception went beyond, and the price ordered."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tolerance_fournisseur",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("quantite_pct", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("prix_pct", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column(
            "au_dela", sa.Enum("accepter", "refuser", name="audela", native_enum=False, length=60), nullable=False
        ),
        sa.CheckConstraint(
            "quantite_pct >= 0 AND prix_pct >= 0", name=op.f("ck_tolerance_fournisseur_jamais_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tolerance_fournisseur")),
        sa.UniqueConstraint("fournisseur_id", name=op.f("uq_tolerance_fournisseur_fournisseur_id")),
    )


def downgrade() -> None:
    op.drop_table("tolerance_fournisseur")
