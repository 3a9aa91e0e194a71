"""Objects are found by the name of the client who has them: tiers are searched by the beginnings of words."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None
# What was kept, in words: the parts of each name, and the name glued.
MOTS = """
UPDATE copie_tiers c SET recherche_texte =
  regexp_replace(t.texte, '[^[:alnum:] ]+', ' ', 'g') || ' ' || regexp_replace(t.texte, '[^[:alnum:] ]+', '', 'g')
FROM (
  SELECT tiers_id, translate(lower(code || ' ' || nom), 'àâäéèêëîïôöùûüç', 'aaaeeeeiioouuuc') AS texte FROM copie_tiers
) t WHERE t.tiers_id = c.tiers_id
"""


def upgrade() -> None:
    op.add_column("copie_tiers", sa.Column("recherche_texte", sa.Text(), nullable=False, server_default=""))
    op.alter_column("copie_tiers", "recherche_texte", server_default=None)
    op.execute(MOTS)
    calculee = sa.Computed("to_tsvector('simple', recherche_texte)", persisted=True)
    op.add_column("copie_tiers", sa.Column("recherche", postgresql.TSVECTOR(), calculee, nullable=False))
    op.create_index("ix_copie_tiers_recherche", "copie_tiers", ["recherche"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_index("ix_copie_tiers_recherche", table_name="copie_tiers", postgresql_using="gin")
    op.drop_column("copie_tiers", "recherche")
    op.drop_column("copie_tiers", "recherche_texte")
