"""Needs, products and suppliers are searched by the beginnings of their words, through an index, as orders are."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
RENOMMEES = ("copie_produit", "besoin")
TABLES = (*RENOMMEES, "copie_tiers")
# What was kept, in words: the parts of each reference, and the reference glued.
MOTS = r"""
UPDATE {table} SET recherche_texte =
  regexp_replace(recherche_texte, '[^[:alnum:] ]+', ' ', 'g') || ' ' || regexp_replace(recherche_texte, '[^[:alnum:] ]+', '', 'g')
"""


def upgrade() -> None:
    for table in RENOMMEES:
        op.alter_column(table, "recherche", new_column_name="recherche_texte")
    op.add_column("copie_tiers", sa.Column("recherche_texte", sa.Text(), nullable=False, server_default=""))
    op.alter_column("copie_tiers", "recherche_texte", server_default=None)
    op.execute("UPDATE copie_tiers SET recherche_texte = lower(code) || ' ' || nom_tri")
    for table in TABLES:
        op.execute(MOTS.format(table=table))
        calculee = sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True)
        op.add_column(table, sa.Column("recherche", postgresql.TSVECTOR(), calculee, nullable=False))
        op.create_index(f"ix_{table}_recherche", table, ["recherche"], postgresql_using="gin")


def downgrade() -> None:
    for table in TABLES:
        op.drop_index(f"ix_{table}_recherche", table_name=table, postgresql_using="gin")
        op.drop_column(table, "recherche")
    op.drop_column("copie_tiers", "recherche_texte")
    for table in RENOMMEES:
        op.alter_column(table, "recherche_texte", new_column_name="recherche")
