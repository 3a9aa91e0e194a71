"""A cancelled intervention sends its demande back to be planned: the rule, in types installed before it."""

import sqlalchemy as sa
from alembic import op

from shared.kernel.ids import new_id

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ANNULEE = "demandes.intervention_annulee.v1"
RETOURS = (
    ("maintenance", "Visite retirée du planning", "planifiee", "a_planifier"),
    ("sav", "Déplacement annulé", "en_deplacement", "deplacement_a_prevoir"),
)
# Only where the two states still exist, and no rule was written for that fact.
AJOUTER = sa.text("""
INSERT INTO regle (id, type_id, libelle, fait_type, de_etats, vers, mode, ordre, condition_champ, condition_valeur)
SELECT :id, t.id, :libelle, :fait, ARRAY[:de], :vers, 'automatique',
  (SELECT coalesce(max(ordre) + 1, 0) FROM regle r WHERE r.type_id = t.id), 'reste_planifiee', 'false'::jsonb
FROM type_demande t
WHERE t.code = :code
  AND (SELECT count(*) FROM etat e WHERE e.type_id = t.id AND e.code IN (:de, :vers)) = 2
  AND NOT EXISTS (SELECT 1 FROM regle r WHERE r.type_id = t.id AND r.fait_type = :fait)
""")


def upgrade() -> None:
    for code, libelle, de, vers in RETOURS:
        valeurs = {"id": new_id(), "code": code, "libelle": libelle, "de": de, "vers": vers, "fait": ANNULEE}
        op.get_bind().execute(AJOUTER, valeurs)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM regle WHERE fait_type = :fait").bindparams(fait=ANNULEE))
