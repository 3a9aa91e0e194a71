"""The board, in two statements whatever its size: its columns, then every card and count as JSON made by PostgreSQL.

BUS §10: a board of 200 cards costs at most 12 ms of CPU. Only the first cards of each column leave the database.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Date,
    DateTime,
    Text,
    TextualSelect,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.demande.models import Demande
from services.demandes.demande.queries import ICONE, LOIN, conditions
from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import Carte, Filtres
from services.demandes.errors import ColonneInconnue, DemandeInconnue
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.queries import tableaux
from services.demandes.tableau.queries.tableaux import ColonneLue
from services.demandes.tableau.rules import Couloirs, FiltreColonne, TriTableau
from services.demandes.tableau.schemas import (
    CartePlacee,
    Case,
    ColonneVue,
    Couloir,
    FiltresColonne,
    FiltresTableau,
    PlaceCherchee,
    TableauVu,
    VueFiltre,
)
from shared.database.etendue import reduit_a
from shared.kernel.money import ZERO
from shared.kernel.search import requete_recherche
from shared.kernel.text import normaliser_recherche
from shared.web.paging import Cle, Page, curseur_de, paginer

PAR_COLONNE = 12
PAR_CASE = 6  # of a swimlane
CHAMPS = tuple(Carte.model_fields)
COLONNES: list[Any] = [ICONE if c == "icone" else getattr(Demande, c) for c in CHAMPS]
ORDRES = {
    TriTableau.URGENCE: "b.urgence_rang, b.cree_le, b.id",
    TriTableau.ANCIENNETE: "b.cree_le, b.id",
    TriTableau.ECHEANCE: "coalesce(b.echeance, date '9999-12-31'), b.id",
    TriTableau.MONTANT: "coalesce(b.montant_ht, 0) desc, b.id",
}
CLES: dict[TriTableau, tuple[Cle, ...]] = {
    TriTableau.URGENCE: (Cle(Demande.urgence_rang), Cle(Demande.cree_le), Cle(Demande.id)),
    TriTableau.ANCIENNETE: (Cle(Demande.cree_le), Cle(Demande.id)),
    TriTableau.ECHEANCE: (Cle(func.coalesce(Demande.echeance, literal(LOIN))), Cle(Demande.id)),
    TriTableau.MONTANT: (Cle(func.coalesce(Demande.montant_ht, literal(ZERO)), decroissant=True), Cle(Demande.id)),
}
COULOIRS = {None: "NULL::uuid", Couloirs.RESPONSABLE: "b.responsable_id", Couloirs.AGENCE: "b.agence_id"}
DU_COULOIR = {Couloirs.RESPONSABLE: Demande.responsable_id, Couloirs.AGENCE: Demande.agence_id}
RANGS = {Urgence.URGENTE: 0, Urgence.HAUTE: 1, Urgence.NORMALE: 2, Urgence.BASSE: 3}
CARTES = """
WITH base AS MATERIALIZED (
  SELECT {une_fois}d.id, c.id AS colonne_id, d.urgence, d.urgence_rang, d.cree_le, d.echeance, d.montant_ht, d.sous_contrat,
         d.responsable_id, d.responsable_nom, d.agence_id, d.recherche, d.est_close
  FROM colonne c
  JOIN etat_colonne e ON e.colonne_id = c.id
  JOIN demande d ON d.type_code = e.type_code AND d.etat_code = e.etat_code
  WHERE c.tableau_id = :tableau AND (NOT d.est_close OR d.etat_depuis >= :depuis){gardees}{etendue}
), choisies AS (
  SELECT b.id, b.colonne_id, b.montant_ht, {couloir} AS couloir_id, b.responsable_nom,
         row_number() OVER (PARTITION BY b.colonne_id, {couloir} ORDER BY {ordre}) AS rang
  FROM base b
  WHERE (cast(:q AS text) IS NULL OR b.recherche @@ to_tsquery('simple', :q))
    AND (NOT :urgentes OR b.urgence = 'urgente')
    AND (NOT :en_retard OR (b.echeance < :jour AND NOT b.est_close))
    AND (NOT :sous_contrat OR b.sous_contrat)
    AND (cast(:responsable AS uuid) IS NULL OR b.responsable_id = :responsable)
)
SELECT
  (SELECT coalesce(json_agg(json_build_object({champs}, 'colonne_id', x.colonne_id, 'couloir_id', x.couloir_id) ORDER BY x.rang), '[]')
   FROM choisies x JOIN demande d ON d.id = x.id WHERE x.rang <= {limite}),
  (SELECT coalesce(json_agg(y), '[]') FROM
     (SELECT colonne_id, couloir_id, min(responsable_nom) AS nom, count(*) AS nombre,
             coalesce(sum(montant_ht), 0)::text AS somme_ht
      FROM choisies GROUP BY colonne_id, couloir_id) y),
  (SELECT json_build_object('nombre', count(*), 'somme_ht', coalesce(sum(montant_ht), 0)::text,
     'urgentes', count(*) FILTER (WHERE urgence = 'urgente'),
     'en_retard', count(*) FILTER (WHERE echeance < :jour),
     'sous_contrat', count(*) FILTER (WHERE sous_contrat)) FROM base WHERE NOT est_close),
  (SELECT coalesce(json_agg(z ORDER BY z.nombre DESC, z.nom), '[]') FROM
     (SELECT responsable_id AS id, min(responsable_nom) AS nom, count(*) AS nombre
      FROM base WHERE responsable_id IS NOT NULL AND NOT est_close GROUP BY responsable_id
      ORDER BY count(*) DESC, min(responsable_nom) LIMIT 40) z)
"""
GARDEES = """
    AND (c.urgences = '{}' OR d.urgence = ANY(c.urgences))
    AND (c.sous_contrat IS NULL OR d.sous_contrat = c.sous_contrat)
    AND (c.agence_id IS NULL OR d.agence_id = c.agence_id)
    AND (c.est_confiee IS NULL OR c.est_confiee = (d.responsable_id IS NOT NULL))"""
LA_PREMIERE = """
  ORDER BY d.id, c.ordre"""
SIENNES = """
    AND (d.responsable_id = :moi OR d.agence_id = ANY(:agences)
      OR d.id IN (SELECT demande_id FROM abonnement WHERE collaborateur_id = :moi)
      OR d.id IN (SELECT demande_id FROM intervention WHERE collaborateur_ids @> ARRAY[:moi]))"""  # as in etendues.py
EXPRESSIONS = {
    "montant_ht": "d.montant_ht::text",  # no cent is lost
    "icone": "coalesce((SELECT icone FROM domaine WHERE code = d.domaine_code), "
    "(SELECT icone FROM type_demande WHERE id = d.type_id))",
}


def _champs() -> str:
    return ", ".join(f"'{c}', {EXPRESSIONS.get(c, f'd.{c}')}" for c in CHAMPS)


@cache
def _requete(tri: TriTableau, couloirs: Couloirs | None, *, est_reduite: bool, est_filtre: bool) -> TextualSelect:
    """The statement for everybody, or for somebody who reaches some demandes only; of a board whose columns choose or not."""
    gardees, une_fois = (GARDEES, "DISTINCT ON (d.id) ") if est_filtre else ("", "")
    etendue = (SIENNES if est_reduite else "") + (LA_PREMIERE if est_filtre else "")
    sql = CARTES.format(
        **{"ordre": ORDRES[tri], "couloir": COULOIRS[couloirs], "champs": _champs()},
        **{"limite": PAR_CASE if couloirs else PAR_COLONNE},
        **{"etendue": etendue, "gardees": gardees, "une_fois": une_fois},
    )
    qui = (bindparam("moi", type_=Uuid()), bindparam("agences", type_=ARRAY(Uuid))) if est_reduite else ()
    return (
        text(sql)
        .bindparams(
            bindparam("tableau", type_=Uuid()),
            bindparam("depuis", type_=DateTime(timezone=True)),
            bindparam("jour", type_=Date()),
            bindparam("q", type_=Text()),
            bindparam("responsable", type_=Uuid()),
            *qui,
        )
        .columns(cartes=JSON(), sommes=JSON(), totaux=JSON(), responsables=JSON())
    )


async def cartes(
    session: AsyncSession, code: str, filtres: FiltresTableau, *, maintenant: datetime, jour: date
) -> TableauVu:
    """A board with the first cards of each column, or of each column of each swimlane."""
    tableau = await tableaux.lu(session, code)
    tri = filtres.tri or tableau.tri
    valeurs: dict[str, Any] = {
        "tableau": tableau.id,
        "depuis": maintenant - timedelta(days=tableau.jours_termines),
        "jour": jour,
        "q": requete_recherche(filtres.q),
        "urgentes": filtres.urgentes,
        "en_retard": filtres.en_retard,
        "sous_contrat": filtres.sous_contrat,
        "responsable": filtres.responsable_id,
    }
    qui = reduit_a(session, "demande")
    if qui is not None:
        valeurs |= {"moi": qui.personne, "agences": list(qui.agences)}
    est_filtre = _choisit(tableau.colonnes)
    requete = _requete(tri, filtres.couloirs, est_reduite=qui is not None, est_filtre=est_filtre)
    lues, comptes, totaux, responsables = (await session.execute(requete, valeurs)).one()
    rangees = Rangees(lues, comptes, tri)
    return TableauVu(
        code=tableau.code,
        libelle=tableau.libelle,
        icone=tableau.icone,
        tri=tri,
        responsables=responsables,
        colonnes=[_colonne(c, rangees, pleine=filtres.couloirs is None) for c in tableau.colonnes],
        couloirs=_couloirs(tableau.colonnes, rangees, filtres.couloirs) if filtres.couloirs else [],
        **totaux,
    )


def _choisit(colonnes: list[ColonneLue]) -> bool:
    """Whether a state alone does not say the column of a demande."""
    etats = [(e.type, e.etat) for c in colonnes for e in c.etats]
    return len(set(etats)) < len(etats) or any(c.filtre != FiltreColonne() for c in colonnes)


class Rangees:
    """The cards PostgreSQL chose and their counts, by column and swimlane."""

    def __init__(self, lues: list[dict[str, Any]], comptes: list[dict[str, Any]], tri: TriTableau) -> None:
        self.comptes, self._tri = comptes, tri
        self._nombres = {(c["colonne_id"], c["couloir_id"]): c["nombre"] for c in comptes}
        self._cartes: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
        for carte_ in lues:
            self._cartes.setdefault((carte_["colonne_id"], carte_["couloir_id"]), []).append(carte_)

    def case(self, colonne_id: UUID, couloir_id: str | None) -> Case:
        """The cards of a column in a swimlane, or in the only one of a board that has none."""
        cle = str(colonne_id), couloir_id
        cartes_ = [Carte.model_validate(carte_) for carte_ in self._cartes.get(cle, [])]
        nombre = self._nombres.get(cle, 0)
        suivant = curseur_de(_valeurs(cartes_[-1], self._tri)) if nombre > len(cartes_) else None
        return Case(colonne_id=colonne_id, nombre=nombre, cartes=cartes_, curseur_suivant=suivant)


def _colonne(colonne: ColonneLue, rangees: Rangees, *, pleine: bool) -> ColonneVue:
    siens = [c for c in rangees.comptes if c["colonne_id"] == str(colonne.id)]
    case = rangees.case(colonne.id, None) if pleine else None
    return ColonneVue(
        id=colonne.id,
        libelle=colonne.libelle,
        couleur=colonne.couleur,
        service=colonne.service,
        etats=colonne.etats,
        filtre=VueFiltre.model_validate(colonne.filtre),
        nombre=sum(c["nombre"] for c in siens),
        somme_ht=_somme(siens),
        cartes=case.cartes if case else [],
        curseur_suivant=case.curseur_suivant if case else None,
    )


def _couloirs(colonnes: list[ColonneLue], rangees: Rangees, par: Couloirs) -> list[Couloir]:
    par_couloir: dict[str | None, list[dict[str, Any]]] = {}
    for compte in rangees.comptes:
        par_couloir.setdefault(compte["couloir_id"], []).append(compte)
    trouves = [
        Couloir(
            id=UUID(couloir_id) if couloir_id else None,
            nom=comptes[0]["nom"] if par is Couloirs.RESPONSABLE else None,
            nombre=sum(c["nombre"] for c in comptes),
            somme_ht=_somme(comptes),
            cases=[rangees.case(colonne.id, couloir_id) for colonne in colonnes],
        )
        for couloir_id, comptes in par_couloir.items()
    ]
    return sorted(trouves, key=lambda c: (c.id is None, normaliser_recherche(c.nom or ""), str(c.id)))


def _somme(comptes: list[dict[str, Any]]) -> Decimal:
    return sum((Decimal(c["somme_ht"]) for c in comptes), ZERO)


def _valeurs(carte: Carte, tri: TriTableau) -> list[Any]:
    """The sort values of a card, as the next page's cursor wants them."""
    if tri is TriTableau.ECHEANCE:
        return [carte.echeance or LOIN, carte.id]
    if tri is TriTableau.MONTANT:
        return [carte.montant_ht or ZERO, carte.id]
    debut = [RANGS[carte.urgence]] if tri is TriTableau.URGENCE else []
    return [*debut, carte.cree_le, carte.id]


async def suite(
    session: AsyncSession,
    code: str,
    colonne_id: UUID,
    filtres: FiltresColonne,
    *,
    maintenant: datetime,
    jour: date,
) -> Page[Carte]:
    """The next cards of a column, in its swimlane when the board has some."""
    tableau = await tableaux.lu(session, code)
    colonne = next((c for c in tableau.colonnes if c.id == colonne_id), None)
    if colonne is None:
        raise ColonneInconnue
    depuis = maintenant - timedelta(days=tableau.jours_termines)
    requete = select(*COLONNES).where(
        *_gardees(tableau.colonnes, colonne),
        or_(Demande.est_close.is_(False), Demande.etat_depuis >= depuis),
        *conditions(_filtres(filtres), jour),
    )
    if filtres.couloirs and filtres.couloir:
        de_qui = None if filtres.couloir == "aucun" else filtres.couloir
        requete = requete.where(DU_COULOIR[filtres.couloirs].is_not_distinct_from(de_qui))
    cles = CLES[filtres.tri or tableau.tri]
    lignes, suivant = await paginer(session, requete, cles, limite=filtres.limite, curseur=filtres.curseur)
    elements = [Carte.model_validate(dict(zip(CHAMPS, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suivant)


def _gardees(colonnes: list[ColonneLue], colonne: ColonneLue) -> list[ColumnElement[bool]]:
    """In its states, kept by it, and by none of the columns before it."""
    siens = {(e.type, e.etat) for e in colonne.etats}
    avant = takewhile(lambda c: c.id != colonne.id, colonnes)
    prises = [c for c in avant if siens & {(e.type, e.etat) for e in c.etats}]
    return [_montrees(colonne), *(not_(func.coalesce(_montrees(c), False)) for c in prises)]


def _montrees(colonne: ColonneLue) -> ColumnElement[bool]:
    filtre = colonne.filtre
    conditions_: list[ColumnElement[bool]] = [
        or_(*(and_(Demande.type_code == e.type, Demande.etat_code == e.etat) for e in colonne.etats))
    ]
    if filtre.urgences:
        conditions_.append(Demande.urgence.in_(filtre.urgences))
    if filtre.sous_contrat is not None:
        conditions_.append(Demande.sous_contrat.is_(filtre.sous_contrat))
    if filtre.agence_id is not None:
        conditions_.append(Demande.agence_id == filtre.agence_id)
    if filtre.est_confiee is not None:
        conditions_.append(tableaux.CONFIEE.is_(filtre.est_confiee))
    return and_(*conditions_)


# The columns of a board that keep a demande, the first one first.
GARDENT = (
    or_(func.cardinality(Colonne.urgences) == 0, cast(Demande.urgence, Text) == func.any(Colonne.urgences)),
    or_(Colonne.sous_contrat.is_(None), Colonne.sous_contrat == Demande.sous_contrat),
    or_(Colonne.agence_id.is_(None), Colonne.agence_id == Demande.agence_id),
    or_(Colonne.est_confiee.is_(None), Colonne.est_confiee == tableaux.CONFIEE),
)


async def carte(session: AsyncSession, demande_id: UUID, place: PlaceCherchee, jour: date) -> CartePlacee:
    """One card, and its column on a board when the board is named and its filters keep the card."""
    requete = select(*COLONNES, Demande.responsable_id, Demande.agence_id).where(Demande.id == demande_id)
    ligne = (await session.execute(requete)).first()
    if ligne is None:
        raise DemandeInconnue
    *champs, responsable_id, agence_id = ligne
    lue = Carte.model_validate(dict(zip(CHAMPS, champs, strict=True)))
    colonne_id = await session.scalar(
        select(Colonne.id)
        .join(Tableau, Tableau.id == Colonne.tableau_id)
        .join(EtatColonne, EtatColonne.colonne_id == Colonne.id)
        .join(Demande, (Demande.type_code == EtatColonne.type_code) & (Demande.etat_code == EtatColonne.etat_code))
        .where(Tableau.code == place.tableau, Demande.id == demande_id, *GARDENT, *conditions(_filtres(place), jour))
        .order_by(Colonne.ordre)
        .limit(1)
    )
    return CartePlacee(**lue.model_dump(), colonne_id=colonne_id, responsable_id=responsable_id, agence_id=agence_id)


def _filtres(filtres: FiltresTableau) -> Filtres:
    return Filtres(
        q=filtres.q,
        urgence=Urgence.URGENTE if filtres.urgentes else None,
        en_retard=filtres.en_retard,
        sous_contrat=filtres.sous_contrat,
        responsable_id=filtres.responsable_id,
    )
