"""Boards as they are configured and counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.demande.models import Demande
from services.demandes.demande.rules import Urgence
from services.demandes.errors import TableauInconnu
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.rules import FiltreColonne, Profil, TriTableau
from services.demandes.tableau.schemas import (
    ColonneComptee,
    EtatSansColonne,
    EtatVise,
    LigneTableau,
    SaisieColonne,
    VueFiltre,
    VueTableau,
)
from services.demandes.type_demande.models import Etat, TypeDemande
from shared.database.statements import once

ENTIER = selectinload(Tableau.colonnes).selectinload(Colonne.etats)
LUS = (
    select(Tableau.id, Tableau.code, Tableau.libelle, Tableau.icone, Tableau.est_actif, Tableau.tri)
    .add_columns(Tableau.jours_termines, Colonne.id, Colonne.libelle, Colonne.couleur, Colonne.service)
    .add_columns(Colonne.urgences, Colonne.sous_contrat, Colonne.agence_id, Colonne.est_confiee)
    .add_columns(EtatColonne.type_code, EtatColonne.etat_code)
    .outerjoin(Colonne, Colonne.tableau_id == Tableau.id)
    .outerjoin(EtatColonne, EtatColonne.colonne_id == Colonne.id)
    .order_by(Tableau.ordre, Tableau.code, Colonne.ordre, EtatColonne.ordre)
)
TOUS, UN_SEUL = once(LUS), once(LUS.where(Tableau.code == bindparam("code")))
CONFIEE = Demande.responsable_id.is_not(None)
PROFIL = (Demande.urgence, Demande.sous_contrat, Demande.agence_id, CONFIEE)
OUVERTES = once(
    select(Demande.type_code, Demande.etat_code, *PROFIL, func.count())
    .where(Demande.est_close.is_(False))
    .group_by(Demande.type_code, Demande.etat_code, *PROFIL)
)
Nombres = dict[tuple[str, str], list[tuple[Profil, int]]]
ETATS = once(
    select(TypeDemande.code, Etat.code, TypeDemande.libelle, Etat.libelle, Etat.est_terminal, TypeDemande.est_actif)
    .join(Etat, Etat.type_id == TypeDemande.id)
    .order_by(TypeDemande.ordre, TypeDemande.code, Etat.ordre)
)


@dataclass(slots=True)
class ColonneLue:
    """A column as it is read: a page asks for every column of every board, and needs no entity for it."""

    id: UUID
    libelle: str
    couleur: str
    service: str
    filtre: FiltreColonne = field(default_factory=FiltreColonne)
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
    requete, valeurs = (TOUS, {}) if code is None else (UN_SEUL, {"code": code})
    tableaux: dict[UUID, TableauLu] = {}
    colonnes: dict[UUID, ColonneLue] = {}
    for ligne in await session.execute(requete, valeurs):
        du_tableau, de_la_colonne, filtre, vise = ligne[:7], ligne[7:11], ligne[11:15], ligne[15:]
        tableau = tableaux.get(du_tableau[0])
        if tableau is None:
            tableau = tableaux[du_tableau[0]] = TableauLu(*du_tableau)
        if de_la_colonne[0] is None:
            continue
        colonne = colonnes.get(de_la_colonne[0])
        if colonne is None:
            colonne = colonnes[de_la_colonne[0]] = _colonne(de_la_colonne, filtre)
            tableau.colonnes.append(colonne)
        if vise[0] is not None:
            colonne.etats.append(EtatVise(type=vise[0], etat=vise[1]))
    return list(tableaux.values())


def _colonne(propres: Any, filtre: Any) -> ColonneLue:
    id_, libelle, couleur, service = propres
    urgences, sous_contrat, agence_id, est_confiee = filtre
    garde = FiltreColonne(tuple(Urgence(urgence) for urgence in urgences), sous_contrat, agence_id, est_confiee)
    return ColonneLue(id_, libelle, couleur, service, garde)


async def lu(session: AsyncSession, code: str) -> TableauLu:
    """The board of that code, as it is read."""
    lus = await _lus(session, code)
    if not lus:
        raise TableauInconnu
    return lus[0]


async def lister(session: AsyncSession) -> list[LigneTableau]:
    """Every board and its columns with their counts, in a fixed number of statements."""
    tableaux = await _lus(session)
    nombres: Nombres = {}
    for type_code, etat_code, urgence, sous_contrat, agence_id, est_confiee, nombre in await session.execute(OUVERTES):
        profil = Profil(urgence, sous_contrat, agence_id, est_confiee)
        nombres.setdefault((type_code, etat_code), []).append((profil, nombre))
    etats = (await session.execute(ETATS)).all()
    terminaux = {(etat[0], etat[1]) for etat in etats if etat.est_terminal}
    oublies = _sans_colonne(tableaux, nombres, etats)
    return [_ligne(tableau, nombres, terminaux, oublies) for tableau in tableaux]


def _sans_colonne(tableaux: list[TableauLu], nombres: Nombres, etats: Sequence[Any]) -> list[EtatSansColonne]:
    """The states where a demande would leave everybody's sight: no board in use shows them."""
    vus = {(e.type, e.etat) for tableau in tableaux if tableau.est_actif for c in tableau.colonnes for e in c.etats}
    caches = [etat for etat in etats if not etat.est_terminal and (etat[0], etat[1]) not in vus]
    comptes = [sum(nombre for _, nombre in nombres.get((etat[0], etat[1]), [])) for etat in caches]
    return [
        EtatSansColonne(type=type_code, etat=etat_code, type_libelle=genre, libelle=libelle, nombre=nombre)
        for (type_code, etat_code, genre, libelle, _, est_actif), nombre in zip(caches, comptes, strict=True)
        if est_actif or nombre
    ]


def _ligne(
    tableau: TableauLu, nombres: Nombres, terminaux: set[tuple[str, str]], oublies: list[EtatSansColonne]
) -> LigneTableau:
    genres = {etat.type for colonne in tableau.colonnes for etat in colonne.etats}
    comptes = _comptes(tableau.colonnes, nombres)
    colonnes = [_compter(colonne, comptes[colonne.id], terminaux) for colonne in tableau.colonnes]
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
        sans_colonne=[etat for etat in oublies if etat.type in genres],
    )


def _comptes(colonnes: list[ColonneLue], nombres: Nombres) -> dict[UUID, int]:
    """The open demandes of each column; one that several would keep counts in the first."""
    comptes = {colonne.id: 0 for colonne in colonnes}
    restent = dict(nombres)
    for colonne in colonnes:
        for cle in dict.fromkeys((e.type, e.etat) for e in colonne.etats):
            groupes = restent.get(cle, [])
            comptes[colonne.id] += sum(nombre for profil, nombre in groupes if colonne.filtre.garde(profil))
            restent[cle] = [groupe for groupe in groupes if not colonne.filtre.garde(groupe[0])]
    return comptes


def _compter(colonne: ColonneLue, nombre: int, terminaux: set[tuple[str, str]]) -> ColonneComptee:
    return ColonneComptee(
        id=colonne.id,
        libelle=colonne.libelle,
        couleur=colonne.couleur,
        service=colonne.service,
        etats=colonne.etats,
        nombre=nombre,
        est_finale=all((e.type, e.etat) in terminaux for e in colonne.etats),
    )


async def par_code(session: AsyncSession, code: str, *, verrou: bool = False) -> Tableau:
    """The board of that code, with columns and states; `verrou` until the transaction ends."""
    requete = select(Tableau).where(Tableau.code == code).options(ENTIER)
    requete = requete.with_for_update(of=Tableau) if verrou else requete
    trouve = (await session.scalars(requete)).one_or_none()
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
                {
                    **{"libelle": c.libelle, "couleur": c.couleur, "service": c.service, "etats": _etats(c)},
                    "filtre": VueFiltre.model_validate(c),
                }
            )
            for c in tableau.colonnes
        ],
    )


def _etats(colonne: Colonne) -> list[EtatVise]:
    return [EtatVise(type=e.type_code, etat=e.etat_code) for e in colonne.etats]
