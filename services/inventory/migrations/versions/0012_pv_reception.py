"""PV de réception signed by clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TEXTES = (
    *("numero", "feuille_numero", "devis_numero", "tiers_nom", "objet", "reserves", "signe_par", "qualite"),
    *("trace", "recueilli_par", "document_nom"),
)


def upgrade() -> None:
    op.create_table(
        "pv_reception",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in TEXTES),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("feuille_id", sa.Uuid(), nullable=False),
        sa.Column("demande_id", sa.Uuid(), nullable=False),
        sa.Column("affaire_id", sa.Uuid(), nullable=True),
        sa.Column("tiers_id", sa.Uuid(), nullable=False),
        sa.Column("contenu", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("signe_le", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["feuille_id"], ["feuille.id"], name=op.f("fk_pv_reception_feuille_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pv_reception")),
        sa.UniqueConstraint("numero", name=op.f("uq_pv_reception_numero")),
    )
    for colonne in ("affaire_id", "demande_id", "feuille_id", "tiers_id"):
        op.create_index(op.f(f"ix_pv_reception_{colonne}"), "pv_reception", [colonne])
    op.create_index("ix_pv_reception_signe_le", "pv_reception", ["signe_le", "id"])


def downgrade() -> None:
    op.drop_table("pv_reception")
