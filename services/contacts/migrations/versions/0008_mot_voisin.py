"""The words of the directory and what remains of them when a letter is left out."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The words already there: the same as services/contacts/dictionnaire/rules.py makes of new ones.
REMPLIR = """
INSERT INTO mot_voisin (cle, mot)
SELECT DISTINCT CASE WHEN i = 0 THEN mot ELSE left(mot, i - 1) || substr(mot, i + 1) END, mot
FROM (SELECT DISTINCT unnest(string_to_array(recherche_texte, ' ')) AS mot FROM tiers) AS mots, generate_series(0, 30) AS i
WHERE mot ~ '^[a-z]{4,30}$' AND i <= length(mot)
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.create_table(
        "mot_voisin",
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("mot", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cle", "mot", name=op.f("pk_mot_voisin")),
    )
    op.execute(REMPLIR)


def downgrade() -> None:
    op.drop_table("mot_voisin")
