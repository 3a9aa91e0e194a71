"""Boards as they are configured and counted."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.demande.models import Demande
from services.demandes.errors import TableauInconnu
from services.demandes.tableau.models import Colonne, EtatColonne, Tableau
from services.demandes.tableau.rules import TriTableau
from services.demandes.tableau.schemas import ColonneComptee, EtatVise, LigneTableau, SaisieColonne, VueTableau
from services.demandes.type_demande.models import Etat, TypeDemande

ENTIER = selectinload(Tableau.colonnes).selectinload(Colonne.etats)
LUS = (
    select(Tableau.id, Tableau.code, Tableau.libelle, Tableau.icone, Tableau.est_actif, Tableau.tri)
    .add_columns(Tableau.jours_termines, Colonne.id, Colonne.libelle, Colonne.couleur, Colonne.service)
    .add_columns(EtatColonne.type_code, EtatColonne.etat_code)
    .outerjoin(Colonne, Colonne.tableau_id == Tableau.id)
    .outerjoin(EtatColonne, EtatColonne.colonne_id == Colonne.id)
    .order_by(Tableau.ordre, Tableau.code, Colonne.ordre, EtatColonne.ordre)
)


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


async def lu(session: AsyncSession, code: str) -> TableauLu:
    """The board of that code, as it is read."""
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
