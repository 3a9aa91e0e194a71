"""Files of tiers brought in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_tiers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("etat", sa.Text(), nullable=False),
        *(sa.Column(c, postgresql.JSONB(), nullable=False) for c in ("entetes", "apercu", "colonnes")),
        sa.Column("cle", sa.Text(), nullable=False),
        *(
            sa.Column(c, sa.Integer(), nullable=False)
            for c in ("lignes", "traitees", "creations", "modifications", "nb_erreurs")
        ),
        sa.Column("erreurs", postgresql.JSONB(), nullable=False),
        sa.Column("par", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_tiers")),
    )


def downgrade() -> None:
    op.drop_table("import_tiers")
