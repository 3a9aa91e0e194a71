"""Mails to suppliers: requests for prices, orders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

GENRES = sa.Enum("demande_prix", "commande", name="genreenvoi", native_enum=False, length=60)
ETATS = sa.Enum("demande", "envoye", "echec", name="etatenvoi", native_enum=False, length=60)
TEXTES = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("negociation", sa.Column("prix_demande_le", sa.DateTime(timezone=True), nullable=True))
    op.add_column("commande", sa.Column("envoyee_le", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "envoi",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("genre", GENRES, nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("commande_id", sa.Uuid(), nullable=True),
        sa.Column("etat", ETATS, nullable=False),
        sa.Column("destinataires", TEXTES, nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_par", sa.Uuid(), nullable=True),
        sa.Column("demande_par_nom", sa.Text(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("document_nom", sa.Text(), nullable=False),
        sa.Column("refus", TEXTES, nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["commande_id"], ["commande.id"], name=op.f("fk_envoi_commande_id_commande")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envoi")),
    )
    op.create_index(op.f("ix_envoi_commande_id"), "envoi", ["commande_id"])
    op.create_index("ix_envoi_fournisseur", "envoi", ["fournisseur_id", "id"])
    op.create_table(
        "negociation_demandee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("envoi_id", sa.Uuid(), nullable=False),
        sa.Column("negociation_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["envoi_id"], ["envoi.id"], name=op.f("fk_negociation_demandee_envoi_id_envoi")),
        sa.ForeignKeyConstraint(
            ["negociation_id"], ["negociation.id"], name=op.f("fk_negociation_demandee_negociation_id_negociation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negociation_demandee")),
    )
    op.create_index(op.f("ix_negociation_demandee_envoi_id"), "negociation_demandee", ["envoi_id"])
    op.create_index(op.f("ix_negociation_demandee_negociation_id"), "negociation_demandee", ["negociation_id"])


def downgrade() -> None:
    op.drop_table("negociation_demandee")
    op.drop_table("envoi")
    op.drop_column("commande", "envoyee_le")
    op.drop_column("negociation", "prix_demande_le")
