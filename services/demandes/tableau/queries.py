"""The board, in two statements whatever its size: its columns, then every card and count as JSON made by PostgreSQL.

BUS §10: a board of 200 cards costs at most 12 ms of CPU. Only the first cards of each column leave the database.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Date, DateTime, Text, Uuid, and_, bindparam, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.demande.models import Demande
from services.demandes.demande.queries import ICONE, LOIN, conditions
from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import Carte, Filtres
from services.demandes.errors import ColonneInconnue, DemandeInconnue, TableauInconnu
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.rules import TriTableau
from services.demandes.tableau.schemas import (
    CartePlacee,
    ColonneComptee,
    ColonneVue,
    EtatVise,
    FiltresTableau,
    LigneTableau,
    SaisieColonne,
    TableauVu,
    VueTableau,
)
from services.demandes.type_demande.models import Etat, TypeDemande
from shared.kernel.money import ZERO
from shared.kernel.search import requete_recherche
from shared.web.paging import Cle, Page, curseur_de, paginer

PAR_COLONNE = 12
ENTIER = selectinload(Tableau.colonnes).selectinload(Colonne.etats)
LUS = (
    select(Tableau.id, Tableau.code, Tableau.libelle, Tableau.icone, Tableau.est_actif, Tableau.tri)
    .add_columns(Tableau.jours_termines, Colonne.id, Colonne.libelle, Colonne.couleur, Colonne.service)
    .add_columns(EtatColonne.type_code, EtatColonne.etat_code)
    .outerjoin(Colonne, Colonne.tableau_id == Tableau.id)
    .outerjoin(EtatColonne, EtatColonne.colonne_id == Colonne.id)
    .order_by(Tableau.ordre, Tableau.code, Colonne.ordre, EtatColonne.ordre)
)
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
RANGS = {Urgence.URGENTE: 0, Urgence.HAUTE: 1, Urgence.NORMALE: 2, Urgence.BASSE: 3}
CARTES = """
WITH base AS MATERIALIZED (
  SELECT d.id, c.id AS colonne_id, d.urgence, d.urgence_rang, d.cree_le, d.echeance, d.montant_ht, d.sous_contrat,
         d.responsable_id, d.responsable_nom, d.recherche, d.est_close
  FROM colonne c
  JOIN etat_colonne e ON e.colonne_id = c.id
  JOIN demande d ON d.type_code = e.type_code AND d.etat_code = e.etat_code
  WHERE c.tableau_id = :tableau AND (NOT d.est_close OR d.etat_depuis >= :depuis)
), choisies AS (
  SELECT b.id, b.colonne_id, b.montant_ht, row_number() OVER (PARTITION BY b.colonne_id ORDER BY {ordre}) AS rang
  FROM base b
  WHERE (cast(:q AS text) IS NULL OR b.recherche @@ to_tsquery('simple', :q))
    AND (NOT :urgentes OR b.urgence = 'urgente')
    AND (NOT :en_retard OR (b.echeance < :jour AND NOT b.est_close))
    AND (NOT :sous_contrat OR b.sous_contrat)
    AND (cast(:responsable AS uuid) IS NULL OR b.responsable_id = :responsable)
)
SELECT
  (SELECT coalesce(json_agg(json_build_object({champs}, 'colonne_id', x.colonne_id) ORDER BY x.rang), '[]')
   FROM choisies x JOIN demande d ON d.id = x.id WHERE x.rang <= {limite}),
  (SELECT coalesce(json_agg(y), '[]') FROM
     (SELECT colonne_id, count(*) AS nombre, coalesce(sum(montant_ht), 0)::text AS somme_ht
      FROM choisies GROUP BY colonne_id) y),
  (SELECT json_build_object('nombre', count(*), 'somme_ht', coalesce(sum(montant_ht), 0)::text,
     'urgentes', count(*) FILTER (WHERE urgence = 'urgente'),
     'en_retard', count(*) FILTER (WHERE echeance < :jour),
     'sous_contrat', count(*) FILTER (WHERE sous_contrat)) FROM base WHERE NOT est_close),
  (SELECT coalesce(json_agg(z ORDER BY z.nom), '[]') FROM
     (SELECT responsable_id AS id, min(responsable_nom) AS nom, count(*) AS nombre
      FROM base WHERE responsable_id IS NOT NULL AND NOT est_close GROUP BY responsable_id LIMIT 40) z)
"""
EXPRESSIONS = {
    "montant_ht": "d.montant_ht::text",  # no cent is lost
    "icone": "coalesce((SELECT icone FROM domaine WHERE code = d.domaine_code), "
    "(SELECT icone FROM type_demande WHERE id = d.type_id))",
}


def _champs() -> str:
    return ", ".join(f"'{c}', {EXPRESSIONS.get(c, f'd.{c}')}" for c in CHAMPS)


REQUETES = {
    tri: text(CARTES.format(ordre=ordre, champs=_champs(), limite=PAR_COLONNE))
    .bindparams(
        bindparam("tableau", type_=Uuid()),
        bindparam("depuis", type_=DateTime(timezone=True)),
        bindparam("jour", type_=Date()),
        bindparam("q", type_=Text()),
        bindparam("responsable", type_=Uuid()),
    )
    .columns(cartes=JSON(), sommes=JSON(), totaux=JSON(), responsables=JSON())
    for tri, ordre in ORDRES.items()
}


@dataclass(slots=True)
class ColonneLue:
    """A column as it is read: a page asks for every column of every board, and needs no entity for it."""

    id: UUID
    libelle: str
    couleur: str
    service: str
    etats: list[EtatVise] = field(default_factory=list)


@dataclass(slots=True)
class TableauLu:
    """A board as it is read."""

    id: UUID
    code: str
    libelle: str
    icone: str
    est_actif: bool
    tri: TriTableau
    jours_termines: int
    colonnes: list[ColonneLue] = field(default_factory=list)


async def _lus(session: AsyncSession, code: str | None = None) -> list[TableauLu]:
    """The boards, or the one of that code, in one statement."""
    requete = LUS if code is None else LUS.where(Tableau.code == code)
    tableaux: dict[UUID, TableauLu] = {}
    colonnes: dict[UUID, ColonneLue] = {}
    for ligne in await session.execute(requete):
        du_tableau, de_la_colonne, vise = ligne[:7], ligne[7:11], ligne[11:]
        tableau = tableaux.get(du_tableau[0])
        if tableau is None:
            tableau = tableaux[du_tableau[0]] = TableauLu(*du_tableau)
        if de_la_colonne[0] is None:
            continue
        colonne = colonnes.get(de_la_colonne[0])
        if colonne is None:
            colonne = colonnes[de_la_colonne[0]] = ColonneLue(*de_la_colonne)
            tableau.colonnes.append(colonne)
        if vise[0] is not None:
            colonne.etats.append(EtatVise(type=vise[0], etat=vise[1]))
    return list(tableaux.values())


async def _lu(session: AsyncSession, code: str) -> TableauLu:
    lus = await _lus(session, code)
    if not lus:
        raise TableauInconnu
    return lus[0]


async def lister(session: AsyncSession) -> list[LigneTableau]:
    """Every board and its columns with their counts, in a fixed number of statements."""
    tableaux = await _lus(session)
    ouvertes = await session.execute(
        select(Demande.type_code, Demande.etat_code, func.count())
        .where(Demande.est_close.is_(False))
        .group_by(Demande.type_code, Demande.etat_code)
    )
    nombres = {(type_code, etat_code): nombre for type_code, etat_code, nombre in ouvertes}
    finaux = await session.execute(
        select(TypeDemande.code, Etat.code).join(Etat, Etat.type_id == TypeDemande.id).where(Etat.est_terminal)
    )
    terminaux = {(type_code, etat_code) for type_code, etat_code in finaux}
    return [_ligne(tableau, nombres, terminaux) for tableau in tableaux]


def _ligne(tableau: TableauLu, nombres: dict[tuple[str, str], int], terminaux: set[tuple[str, str]]) -> LigneTableau:
    colonnes = [_compter(colonne, nombres, terminaux) for colonne in tableau.colonnes]
    par_service: dict[str, int] = {}
    for colonne in colonnes:
        par_service[colonne.service] = par_service.get(colonne.service, 0) + colonne.nombre
    return LigneTableau(
        code=tableau.code,
        libelle=tableau.libelle,
        icone=tableau.icone,
        est_actif=tableau.est_actif,
        nombre=sum(par_service.values()),
        par_service=par_service,
        colonnes=colonnes,
    )


def _compter(
    colonne: ColonneLue, nombres: dict[tuple[str, str], int], terminaux: set[tuple[str, str]]
) -> ColonneComptee:
    cles = [(e.type, e.etat) for e in colonne.etats]
    return ColonneComptee(
        id=colonne.id,
        libelle=colonne.libelle,
        couleur=colonne.couleur,
        service=colonne.service,
        etats=colonne.etats,
        nombre=sum(nombres.get(cle, 0) for cle in cles),
        est_finale=all(cle in terminaux for cle in cles),
    )


async def par_code(session: AsyncSession, code: str) -> Tableau:
    """The board of that code, with columns and states."""
    trouve = (await session.scalars(select(Tableau).where(Tableau.code == code).options(ENTIER))).one_or_none()
    if trouve is None:
        raise TableauInconnu
    return trouve


def vue(tableau: Tableau) -> VueTableau:
    """A loaded board as the API gives it."""
    return VueTableau(
        id=tableau.id,
        version=tableau.version,
        code=tableau.code,
        libelle=tableau.libelle,
        icone=tableau.icone,
        est_actif=tableau.est_actif,
        tri=tableau.tri,
        jours_termines=tableau.jours_termines,
        colonnes=[
            SaisieColonne.model_validate(
                {"libelle": c.libelle, "couleur": c.couleur, "service": c.service, "etats": _etats(c)}
            )
            for c in tableau.colonnes
        ],
    )


def _etats(colonne: Colonne) -> list[EtatVise]:
    return [EtatVise(type=e.type_code, etat=e.etat_code) for e in colonne.etats]


async def cartes(
    session: AsyncSession, code: str, filtres: FiltresTableau, *, maintenant: datetime, jour: date
) -> TableauVu:
    """A board with the first cards of each column."""
    tableau = await _lu(session, code)
    tri = filtres.tri or tableau.tri
    valeurs = {
        "tableau": tableau.id,
        "depuis": maintenant - timedelta(days=tableau.jours_termines),
        "jour": jour,
        "q": requete_recherche(filtres.q),
        "urgentes": filtres.urgentes,
        "en_retard": filtres.en_retard,
        "sous_contrat": filtres.sous_contrat,
        "responsable": filtres.responsable_id,
    }
    lues, sommes, totaux, responsables = (await session.execute(REQUETES[tri], valeurs)).one()
    par_colonne: dict[str, list[dict[str, Any]]] = {}
    for carte in lues:
        par_colonne.setdefault(carte["colonne_id"], []).append(carte)
    comptes = {compte["colonne_id"]: compte for compte in sommes}
    colonnes = [_colonne(c, par_colonne.get(str(c.id), []), comptes.get(str(c.id)), tri) for c in tableau.colonnes]
    return TableauVu(
        code=tableau.code,
        libelle=tableau.libelle,
        icone=tableau.icone,
        tri=tri,
        responsables=responsables,
        colonnes=colonnes,
        **totaux,
    )


def _colonne(
    colonne: ColonneLue, cartes_: list[dict[str, Any]], compte: dict[str, Any] | None, tri: TriTableau
) -> ColonneVue:
    lues = [Carte.model_validate(carte) for carte in cartes_]
    nombre = compte["nombre"] if compte else 0
    return ColonneVue(
        id=colonne.id,
        libelle=colonne.libelle,
        couleur=colonne.couleur,
        service=colonne.service,
        etats=colonne.etats,
        nombre=nombre,
        somme_ht=Decimal(compte["somme_ht"]) if compte else ZERO,
        cartes=lues,
        curseur_suivant=curseur_de(_valeurs(lues[-1], tri)) if nombre > len(lues) else None,
    )


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
    filtres: FiltresTableau,
    *,
    maintenant: datetime,
    jour: date,
    limite: int,
    curseur: str | None,
) -> Page[Carte]:
    """The next cards of a column."""
    tableau = await _lu(session, code)
    colonne = next((c for c in tableau.colonnes if c.id == colonne_id), None)
    if colonne is None:
        raise ColonneInconnue
    depuis = maintenant - timedelta(days=tableau.jours_termines)
    narrow = Filtres(
        q=filtres.q,
        urgence=Urgence.URGENTE if filtres.urgentes else None,
        en_retard=filtres.en_retard,
        sous_contrat=filtres.sous_contrat,
        responsable_id=filtres.responsable_id,
    )
    requete = select(*COLONNES).where(
        or_(*(and_(Demande.type_code == e.type, Demande.etat_code == e.etat) for e in colonne.etats)),
        or_(Demande.est_close.is_(False), Demande.etat_depuis >= depuis),
        *conditions(narrow, jour),
    )
    cles = CLES[filtres.tri or tableau.tri]
    lignes, suivant = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    elements = [Carte.model_validate(dict(zip(CHAMPS, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suivant)


async def carte(session: AsyncSession, demande_id: UUID, code: str | None) -> CartePlacee:
    """One card, and its column on a board when the board is named."""
    ligne = (await session.execute(select(*COLONNES).where(Demande.id == demande_id))).first()
    if ligne is None:
        raise DemandeInconnue
    lue = Carte.model_validate(dict(zip(CHAMPS, ligne, strict=True)))
    colonne_id = await session.scalar(
        select(Colonne.id)
        .join(Tableau, Tableau.id == Colonne.tableau_id)
        .join(EtatColonne, EtatColonne.colonne_id == Colonne.id)
        .where(Tableau.code == code, EtatColonne.type_code == lue.type_code, EtatColonne.etat_code == lue.etat_code)
        .limit(1)
    )
    return CartePlacee(**lue.model_dump(), colonne_id=colonne_id)
