"""Orders and receptions are searched by the beginnings of their words, through an index, as everything else is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
TABLES = ("commande", "reception")
# What was kept, in words: the parts of each reference, and the reference glued.
MOTS = r"""
UPDATE {table} SET recherche_texte =
  regexp_replace(recherche_texte, '[^[:alnum:] ]+', ' ', 'g') || ' ' || regexp_replace(recherche_texte, '[^[:alnum:] ]+', '', 'g')
"""


def upgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "recherche", new_column_name="recherche_texte")
        op.execute(MOTS.format(table=table))
        calculee = sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True)
        op.add_column(table, sa.Column("recherche", postgresql.TSVECTOR(), calculee, nullable=False))
        op.create_index(f"ix_{table}_recherche", table, ["recherche"], postgresql_using="gin")


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_recherche", table_name=table, postgresql_using="gin")
        op.drop_column(table, "recherche")
        op.alter_column(table, "recherche_texte", new_column_name="recherche")
