"""Files of one name are editions of the same one; what is taken off keeps its row."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


# Files that already shared a name: numbered as they came, the latest stands for them.
NUMEROTER = """
UPDATE fichier SET rang = n.rang, est_courant = n.rang = n.derniere FROM (
  SELECT id, row_number() OVER noms AS rang, count(*) OVER (PARTITION BY proprietaire_id, lower(nom)) AS derniere
  FROM fichier WINDOW noms AS (PARTITION BY proprietaire_id, lower(nom) ORDER BY cree_le, id)
) AS n WHERE n.id = fichier.id
"""


def upgrade() -> None:
    op.alter_column("fichier", "tiers_id", new_column_name="proprietaire_id")
    op.execute("ALTER TABLE fichier RENAME CONSTRAINT fk_fichier_tiers_id TO fk_fichier_proprietaire_id")
    op.add_column("fichier", sa.Column("rang", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("fichier", sa.Column("est_courant", sa.Boolean(), nullable=False, server_default="true"))
    op.add_column("fichier", sa.Column("retire_le", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fichier", sa.Column("retire_par", sa.Text(), nullable=False, server_default=""))
    op.execute(NUMEROTER)
    for colonne in ("rang", "est_courant", "retire_par"):
        op.alter_column("fichier", colonne, server_default=None)
    op.drop_index("ix_fichier_tiers_id", table_name="fichier")
    op.create_index("uq_fichier_edition", "fichier", ["proprietaire_id", sa.text("lower(nom)"), "rang"], unique=True)
    op.create_index(
        "ix_fichier_courant", "fichier", ["proprietaire_id", "cree_le", "id"], postgresql_where=sa.text("est_courant")
    )


def downgrade() -> None:
    op.execute("DELETE FROM fichier WHERE retire_le IS NOT NULL")
    op.drop_index("ix_fichier_courant", table_name="fichier")
    op.drop_index("uq_fichier_edition", table_name="fichier")
    for colonne in ("retire_par", "retire_le", "est_courant", "rang"):
        op.drop_column("fichier", colonne)
    op.execute("ALTER TABLE fichier RENAME CONSTRAINT fk_fichier_proprietaire_id TO fk_fichier_tiers_id")
    op.alter_column("fichier", "proprietaire_id", new_column_name="tiers_id")
    op.create_index("ix_fichier_tiers_id", "fichier", ["tiers_id", "cree_le", "id"], unique=False)
