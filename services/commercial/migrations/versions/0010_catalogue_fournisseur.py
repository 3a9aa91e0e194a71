"""Tables of the suppliers' catalogues."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reference_fournisseur",
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        *(sa.Column(nom, sa.Text(), nullable=False) for nom in ("designation", "marque", "ean", "famille")),
        sa.Column("prix_achat_ht", sa.Numeric(precision=14, scale=4), nullable=False),
        sa.Column("prix_public_ht", sa.Numeric(precision=14, scale=4), nullable=True),
        sa.Column("stock", sa.Numeric(), nullable=True),
        sa.Column("vu_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recherche_texte", sa.Text(), nullable=False),
        sa.Column(
            "recherche",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("fournisseur_id", "reference", name=op.f("pk_reference_fournisseur")),
    )
    op.create_index(
        "ix_reference_fournisseur_recherche", "reference_fournisseur", ["recherche"], postgresql_using="gin"
    )
    for colonne in ("reference", "ean"):
        op.create_index(f"ix_reference_fournisseur_{colonne}", "reference_fournisseur", [colonne])
    op.create_table(
        "profil_catalogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("colonnes", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profil_catalogue")),
        sa.UniqueConstraint("fournisseur_id", name=op.f("uq_profil_catalogue_fournisseur_id")),
    )
    op.create_table(
        "import_catalogue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column(
            "etat", sa.Enum("demande", "fini", "echec", name="etatimport", native_enum=False, length=60), nullable=False
        ),
        sa.Column("est_essai", sa.Boolean(), nullable=False),
        sa.Column("colonnes", postgresql.JSONB(), nullable=False),
        *(sa.Column(f"fichier_{nom}", sa.Text(), nullable=False) for nom in ("sha256", "nom", "type")),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demande_par", sa.Text(), nullable=False),
        sa.Column("fini_le", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.Column(f"nb_{nom}", sa.Integer(), nullable=False)
            for nom in ("lignes", "nouvelles", "modifiees", "erreurs")
        ),
        sa.Column("erreurs", postgresql.JSONB(), nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_catalogue")),
    )
    op.create_index(op.f("ix_import_catalogue_fournisseur_id"), "import_catalogue", ["fournisseur_id"])


def downgrade() -> None:
    for table in ("import_catalogue", "profil_catalogue", "reference_fournisseur"):
        op.drop_table(table)
