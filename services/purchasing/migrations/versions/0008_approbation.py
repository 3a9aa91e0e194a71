"""Orders above a threshold wait for an approval; roles and addresses of staff."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NOUVELLES = (
    ("demandeur_id", sa.Uuid()),
    ("limite_ht", sa.Numeric(precision=14, scale=2)),
    ("decidee_par", sa.Text()),
    ("decidee_le", sa.DateTime(timezone=True)),
    ("demandeur_averti_le", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    for nom, genre in NOUVELLES:
        op.add_column("commande", sa.Column(nom, genre, nullable=True))
    op.add_column("commande", sa.Column("motif_refus", sa.Text(), nullable=False, server_default=""))
    op.alter_column("commande", "motif_refus", server_default=None)
    op.create_table(
        "seuil_commande",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("montant_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seuil_commande")),
        sa.UniqueConstraint("role", name=op.f("uq_seuil_commande_role")),
    )
    op.create_table(
        "copie_compte",
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("acteur_id", sa.Uuid(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("compte_id", name=op.f("pk_copie_compte")),
    )
    op.create_index(op.f("ix_copie_compte_acteur_id"), "copie_compte", ["acteur_id"])
    op.create_table(
        "copie_collaborateur",
        sa.Column("collaborateur_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("collaborateur_id", name=op.f("pk_copie_collaborateur")),
    )


def downgrade() -> None:
    for table in ("copie_collaborateur", "copie_compte", "seuil_commande"):
        op.drop_table(table)
    for nom in ("motif_refus", *(nom for nom, _ in NOUVELLES)):
        op.drop_column("commande", nom)
