"""The figures, straight from SQL: one statement a subject, none of them per row. Their plans are held by bench/pilotage.py."""

from collections import defaultdict
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, RowMapping, TextClause, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import CopieCollaborateur
from services.commercial.pilotage import rules
from services.commercial.pilotage.schemas import Mois, Perte, Pilotage, Vendeur
from shared.database.etendue import reduit_a
from shared.kernel.clock import PARIS

Lignes = list[RowMapping]
MOIS_PREVUS = 6
QUI = bindparam("qui", type_=Uuid())
SIENNES = """
  AND etude_id IN (SELECT id FROM etude WHERE commercial_id = :moi OR agence_id = ANY(:agences))"""

# One row per study still open: the proposition most likely to be signed, sent ones first. In a study already won only
# avenants are expected, each for itself.
PREVISION = """
SELECT date_trunc('month', greatest(coalesce(p.cloture_prevue, p.valide_jusqu_au), CAST(:jour AS date)))::date AS mois,
  p.commercial_id, count(*) AS ouvertes, sum(p.total_ht) AS brut_ht,
  round(sum(p.total_ht * coalesce(
    p.probabilite, CASE p.statut WHEN 'envoye' THEN CAST(:envoye AS int) ELSE CAST(:brouillon AS int) END
  )) / 100, 2) AS pondere_ht
FROM (
  SELECT DISTINCT ON (etude_id, avenant_rang) etude_id, statut, total_ht, commercial_id, probabilite, cloture_prevue,
    valide_jusqu_au
  FROM proposition q WHERE statut IN ('brouillon', 'envoye') AND (:qui IS NULL OR commercial_id = :qui){etendue}
    AND (avenant_de_id IS NOT NULL OR NOT EXISTS (
      SELECT FROM proposition s WHERE s.etude_id = q.etude_id AND s.statut = 'valide' AND s.avenant_de_id IS NULL))
  ORDER BY etude_id, avenant_rang, statut DESC, total_ht DESC
) p
GROUP BY 1, 2
"""

# One row per month and salesman of the studies sent or signed since `debut`.
RESULTATS = """
WITH etudes AS (
  SELECT etude_id, (array_agg(commercial_id ORDER BY statut = 'valide' DESC, id DESC))[1] AS commercial_id,
    min(coalesce(envoye_le, valide_le)) AS partie_le, max(valide_le) AS signee_le,
    bool_or(statut = 'valide') AS est_gagnee, bool_or(statut IN ('brouillon', 'envoye')) AS est_ouverte,
    coalesce(sum(total_ht) FILTER (WHERE statut = 'valide'), 0) AS signe_ht
  FROM proposition
  WHERE (envoye_le >= :debut OR valide_le >= :debut) AND (:qui IS NULL OR commercial_id = :qui){etendue}
  GROUP BY etude_id
)
SELECT commercial_id, count(*) AS envoyees, count(*) FILTER (WHERE est_gagnee) AS gagnees,
  count(*) FILTER (WHERE NOT est_gagnee AND NOT est_ouverte) AS perdues, sum(signe_ht) AS signe_ht,
  GROUPING(commercial_id) AS est_total,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM signee_le - partie_le) / 86400)
    FILTER (WHERE est_gagnee) AS delai_jours
FROM etudes GROUP BY GROUPING SETS ((commercial_id), ())
"""

MENSUEL = """
SELECT date_trunc('month', valide_le AT TIME ZONE 'Europe/Paris')::date AS mois, count(*) AS gagnees,
  sum(total_ht) AS signe_ht
FROM proposition WHERE valide_le >= :debut AND (:qui IS NULL OR commercial_id = :qui){etendue} GROUP BY 1
"""

ENVOIS = """
SELECT date_trunc('month', envoye_le AT TIME ZONE 'Europe/Paris')::date AS mois, count(DISTINCT etude_id) AS envoyees
FROM proposition WHERE envoye_le >= :debut AND (:qui IS NULL OR commercial_id = :qui){etendue} GROUP BY 1
"""

PERTES = """
SELECT cause_perte AS cause, count(*) AS nombre, sum(total_ht) AS montant_ht
FROM proposition
WHERE clos_le >= :debut AND statut IN ('refuse', 'expire') AND (:qui IS NULL OR commercial_id = :qui){etendue}
GROUP BY 1 ORDER BY 3 DESC
"""


async def pilotage(session: AsyncSession, *, jour: date, nombre_mois: int, commercial_id: UUID | None) -> Pilotage:
    """The last `nombre_mois` months and the six next ones, for one salesman or for all."""
    debut = rules.mois_plus(jour, 1 - nombre_mois)
    depuis = {"debut": datetime.combine(debut, time(), PARIS), "qui": commercial_id}
    chances = {"envoye": rules.CHANCES_ENVOYE, "brouillon": rules.CHANCES_BROUILLON}
    prevus = await _lire(session, PREVISION, jour=jour, qui=commercial_id, **chances)
    resultats = await _lire(session, RESULTATS, **depuis)
    mensuel = await _lire(session, MENSUEL, **depuis) + await _lire(session, ENVOIS, **depuis)
    pertes = await _lire(session, PERTES, **depuis)
    return Pilotage(
        debut=debut,
        mois=_mois(debut, jour, mensuel, prevus),
        vendeurs=_vendeurs(resultats, prevus, await _noms(session)),
        pertes=[Perte.model_validate(dict(perte)) for perte in pertes],
        ensemble=_ensemble(resultats, prevus),
    )


@cache
def requete(sql: str, *, est_reduite: bool) -> TextClause:
    """The statement for everybody, or for somebody who reaches some studies only."""
    if not est_reduite:
        return text(sql.format(etendue="")).bindparams(QUI)
    moi, agences = bindparam("moi", type_=Uuid()), bindparam("agences", type_=ARRAY(Uuid))
    return text(sql.format(etendue=SIENNES)).bindparams(QUI, moi, agences)


async def _lire(session: AsyncSession, sql: str, **params: Any) -> Lignes:
    qui = reduit_a(session, "devis")
    if qui is not None:
        params |= {"moi": qui.personne, "agences": list(qui.agences)}
    return list((await session.execute(requete(sql, est_reduite=qui is not None), params)).mappings())


async def _noms(session: AsyncSession) -> dict[UUID, str]:
    choix = select(CopieCollaborateur.collaborateur_id, CopieCollaborateur.nom)
    return {ligne[0]: ligne[1] for ligne in await session.execute(choix)}


def _mois(debut: date, jour: date, mensuel: Lignes, prevus: Lignes) -> list[Mois]:
    """Every month in order, empty ones included; what is expected later than six months ahead joins the last one."""
    dernier = rules.mois_plus(jour, MOIS_PREVUS)
    cases: dict[date, dict[str, Any]] = {mois: {"mois": mois} for mois in rules.mois_de(debut, dernier)}
    for ligne in mensuel:
        cases[ligne["mois"]].update(ligne)
    for ligne in prevus:
        case = cases[min(ligne["mois"], dernier)]
        for champ in ("brut_ht", "pondere_ht"):
            case[champ] = case.get(champ, Decimal(0)) + ligne[champ]
    return [Mois.model_validate(case) for case in cases.values()]


def _vendeurs(resultats: Lignes, prevus: Lignes, noms: dict[UUID, str]) -> list[Vendeur]:
    cases: dict[UUID | None, dict[str, Any]] = defaultdict(dict)
    for ligne in resultats:
        if not ligne["est_total"]:
            cases[ligne["commercial_id"]].update(_resultat(ligne))
    for ligne in prevus:
        case = cases[ligne["commercial_id"]]
        for champ in ("ouvertes", "brut_ht", "pondere_ht"):
            case[champ] = case.get(champ, 0) + ligne[champ]
    vendeurs = [
        Vendeur.model_validate(
            {**case, "commercial_id": id_, "nom": noms.get(id_, "Sans commercial") if id_ else "Sans commercial"}
        )
        for id_, case in cases.items()
    ]
    return sorted(vendeurs, key=lambda v: (-(v.signe_ht + v.pondere_ht), v.nom))


def _ensemble(resultats: Lignes, prevus: Lignes) -> Vendeur:
    total = next(ligne for ligne in resultats if ligne["est_total"])
    sommes = {champ: sum(ligne[champ] for ligne in prevus) for champ in ("ouvertes", "brut_ht", "pondere_ht")}
    return Vendeur.model_validate({**_resultat(total), **sommes, "commercial_id": None, "nom": "Ensemble"})


def _resultat(ligne: RowMapping) -> dict[str, Any]:
    delai = ligne["delai_jours"]
    return {
        **{champ: ligne[champ] or 0 for champ in ("envoyees", "gagnees", "perdues", "signe_ht")},
        "conversion": rules.conversion(ligne["gagnees"], ligne["perdues"]),
        "delai_jours": None if delai is None else round(Decimal(delai), 1),
    }
