"""Where a supplier's catalogue is fetched every night, and what each import changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COMPTES = ("nb_hausses", "nb_baisses", "nb_absentes")


def upgrade() -> None:
    for table in ("profil_catalogue", "import_catalogue"):
        op.add_column(table, sa.Column("source", sa.Text(), nullable=False, server_default=""))
        op.alter_column(table, "source", server_default=None)
    op.add_column("profil_catalogue", sa.Column("releve_le", sa.Date(), nullable=True))
    for nom in COMPTES:
        op.add_column("import_catalogue", sa.Column(nom, sa.Integer(), nullable=False, server_default="0"))
        op.alter_column("import_catalogue", nom, server_default=None)
    op.add_column("import_catalogue", sa.Column("variations", postgresql.JSONB(), nullable=False, server_default="[]"))
    op.alter_column("import_catalogue", "variations", server_default=None)


def downgrade() -> None:
    for nom in (*COMPTES, "variations", "source"):
        op.drop_column("import_catalogue", nom)
    for nom in ("releve_le", "source"):
        op.drop_column("profil_catalogue", nom)
