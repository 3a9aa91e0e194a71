"""A line nobody priced has no price: it was sold at what it cost. What the client holds, or signed, keeps its figures."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SANS_PRIX = "l.genre = 'ligne' AND l.prix_fixe_ht IS NULL AND l.marge = 0"
TENUE = "(p.statut = 'valide' OR p.revision IS NOT DISTINCT FROM p.revision_envoyee)"
# The totals of what is left of a proposition, as the rules count them; `sens` takes contributions away with the line.
TOTAUX = f"""
WITH a_revoir AS (
  SELECT l.proposition_id AS id, count(*) AS nb FROM ligne_proposition l WHERE {SANS_PRIX} GROUP BY 1
),
lignes AS (
  SELECT l.*, CASE WHEN l.prix_fixe_ht < 0 THEN -1 ELSE 1 END AS sens,
    (SELECT coalesce(round(sum(c.quantite * c.cout_ht), 2), 0) FROM produit_cache c WHERE c.ligne_id = l.id) AS cache_ht
  FROM ligne_proposition l JOIN a_revoir ON a_revoir.id = l.proposition_id
  WHERE l.genre = 'ligne' AND l.prix_ht IS NOT NULL AND (l.est_retenue OR NOT (l.est_option OR l.variante <> ''))
),
groupes AS (
  SELECT proposition_id, taux_tva, sum(total_ht) AS base_ht, round(sum(total_ht) * taux_tva / 100, 2) AS montant_tva
  FROM lignes GROUP BY 1, 2
),
taxes AS (
  SELECT proposition_id, sum(montant_tva) AS total_tva, jsonb_agg(jsonb_build_object('taux', round(taux_tva, 2)::text,
    'base_ht', base_ht::text, 'montant_tva', montant_tva::text) ORDER BY taux_tva) AS groupes
  FROM groupes GROUP BY 1
),
sommes AS (
  SELECT proposition_id, sum(total_ht) AS total_ht, sum(round(quantite * cout_ht, 2)) AS cout_ht,
    sum(cache_ht) AS cout_cache_ht, sum(round(quantite * deee_ht * sens, 2)) AS deee_ht,
    sum(round(quantite * copie_privee_ht * sens, 2)) AS copie_privee_ht
  FROM lignes GROUP BY 1
)
UPDATE proposition p SET nb_a_fixer = a_revoir.nb,
  total_ht = coalesce(s.total_ht, 0), total_tva = coalesce(t.total_tva, 0),
  total_ttc = coalesce(s.total_ht + t.total_tva, 0), cout_ht = coalesce(s.cout_ht, 0),
  cout_cache_ht = coalesce(s.cout_cache_ht, 0), deee_ht = coalesce(s.deee_ht, 0),
  copie_privee_ht = coalesce(s.copie_privee_ht, 0), groupes_tva = coalesce(t.groupes, '[]'::jsonb)
FROM a_revoir LEFT JOIN sommes s ON s.proposition_id = a_revoir.id LEFT JOIN taxes t ON t.proposition_id = a_revoir.id
WHERE p.id = a_revoir.id
"""


def upgrade() -> None:
    op.add_column("proposition", sa.Column("nb_a_fixer", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("proposition", "nb_a_fixer", server_default=None)
    op.alter_column("ligne_proposition", "prix_ht", nullable=True)
    op.execute(
        f"""
        UPDATE ligne_proposition l SET prix_fixe_ht = l.prix_ht FROM proposition p
        WHERE p.id = l.proposition_id AND {SANS_PRIX} AND {TENUE}
        """
    )
    op.execute(f"UPDATE ligne_proposition l SET prix_ht = NULL, total_ht = 0 WHERE {SANS_PRIX}")
    op.execute(TOTAUX)


def downgrade() -> None:
    op.execute("UPDATE ligne_proposition SET prix_ht = 0 WHERE prix_ht IS NULL")
    op.alter_column("ligne_proposition", "prix_ht", nullable=False)
    op.drop_column("proposition", "nb_a_fixer")
