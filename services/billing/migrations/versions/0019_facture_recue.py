"""Electronic invoices of suppliers as received; a tiers found by what an invoice says of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None
GARDEE = sa.text("etat <> 'ecartee'")
IDENTIFIANT = "coalesce(fiche ->> 'siren', left(fiche ->> 'siret', 9), fiche ->> 'tva_intracom')"


def upgrade() -> None:
    op.create_index("ix_copie_tiers_identifiant", "copie_tiers", [sa.text(IDENTIFIANT)])
    op.create_index("ix_copie_tiers_nom", "copie_tiers", [sa.text("lower(fiche ->> 'nom')")])
    op.create_table(
        "facture_recue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("vendeur", sa.Text(), nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("date_facture", sa.Date(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=True),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=True),
        sa.Column("fournisseur_nom", sa.Text(), nullable=False),
        sa.Column("total_ht", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("contenu", postgresql.JSONB(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum("a_rapprocher", "rapprochee", "ecartee", name="etatrecue", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("achat_id", sa.Uuid(), nullable=True),
        sa.Column("achat_numero", sa.Text(), nullable=False),
        sa.Column("manques", sa.Text(), nullable=False),
        sa.Column("remarques", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("deposee_par", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["achat_id"], ["affaire_fournisseur.id"], name=op.f("fk_facture_recue_achat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facture_recue")),
    )
    op.create_index("uq_facture_recue_fichier", "facture_recue", ["sha256"], unique=True, postgresql_where=GARDEE)
    op.create_index(
        "uq_facture_recue_numero", "facture_recue", ["vendeur", "numero"], unique=True, postgresql_where=GARDEE
    )
    op.create_index("ix_facture_recue_etat", "facture_recue", ["etat", "id"])
    op.create_index(op.f("ix_facture_recue_fournisseur_id"), "facture_recue", ["fournisseur_id"])
    op.create_index(op.f("ix_facture_recue_achat_id"), "facture_recue", ["achat_id"])


def downgrade() -> None:
    op.drop_table("facture_recue")
    op.drop_index("ix_copie_tiers_nom", "copie_tiers")
    op.drop_index("ix_copie_tiers_identifiant", "copie_tiers")
