"""Contracts over HTTP."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends

from services.maintenance.contrat import queries
from services.maintenance.contrat.schemas import (
    ResumeContrat,
    SaisieContrat,
    SaisieDepuisParc,
    SaisieResiliation,
    TotauxContrats,
    VueContrat,
)
from services.maintenance.contrat.use_cases import cycle, redaction
from services.maintenance.errors import (
    ContratDAutrui,
    ContratInconnu,
    ContratSansMontant,
    ContratTransitionImpossible,
    ContratVide,
    DatesIncoherentes,
    EquipementDAutrui,
    TiersNonIdentifie,
)
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("contrats")
Lecteur = Annotated[Actor, may("contrat.lire")]
Auteur = Annotated[Actor, may("contrat.modifier")]


async def _vue(tx: Transaction, contrat_id: UUID) -> VueContrat:
    """The contract as it now is, read before the transaction ends."""
    await tx.flush()
    return await queries.fiche(tx.session, contrat_id, jour_paris(tx.now))


def _filtre(
    q: Recherche = None,
    tiers_id: UUID | None = None,
    etat: Literal["brouillon", "actif", "resilie", "termine"] | None = None,
    demande_id: UUID | None = None,
    a_renouveler_avant: date | None = None,
) -> queries.Filtre:
    return queries.Filtre(q, tiers_id, etat, demande_id, a_renouveler_avant)


@router.get("/contrats")
async def lister(
    db: Db,
    filtre: Annotated[queries.Filtre, Depends(_filtre)],
    _actor: Lecteur,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeContrat]:
    """Contracts, newest first, with next invoice and next visit."""
    aujourd_hui = jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.lister(session, filtre, aujourd_hui=aujourd_hui, limite=limite, curseur=curseur)


@router.post("/contrats", status_code=201, responses=refusals(TiersNonIdentifie, DatesIncoherentes, EquipementDAutrui))
async def creer(saisie: SaisieContrat, db: Db, actor: Auteur) -> VueContrat:
    """A contract as a draft."""
    async with db.transaction(actor) as tx:
        contrat = await redaction.creer(tx, saisie)
        return await _vue(tx, contrat.id)


@router.post(
    "/contrats/depuis-parc",
    status_code=201,
    responses=refusals(ContratInconnu, ContratDAutrui, ContratTransitionImpossible, EquipementDAutrui),
)
async def depuis_parc(saisie: SaisieDepuisParc, db: Db, actor: Auteur) -> VueContrat:
    """Lines for selected equipment: one for the set or one each, on a new or an existing contract."""
    async with db.transaction(actor) as tx:
        contrat = await redaction.depuis_parc(tx, saisie)
        return await _vue(tx, contrat.id)


@router.get("/contrats/totaux")
async def totaux(db: Db, filtre: Annotated[queries.Filtre, Depends(_filtre)], _actor: Lecteur) -> TotauxContrats:
    """What the same filters bill in a year."""
    async with db.read() as session:
        return await queries.totaliser(session, filtre)


@router.get("/contrats/{contrat_id}", responses=refusals(ContratInconnu))
async def fiche(contrat_id: UUID, db: Db, _actor: Lecteur) -> VueContrat:
    """A contract whole, with its next invoices and its visits."""
    async with db.read() as session:
        return await queries.fiche(session, contrat_id, jour_paris(db.database.clock.now()))


@router.put(
    "/contrats/{contrat_id}",
    responses=refusals(
        ContratInconnu,
        ContratDAutrui,
        ContratTransitionImpossible,
        DatesIncoherentes,
        EquipementDAutrui,
        VersionPerimee,
    ),
)
async def modifier(contrat_id: UUID, saisie: SaisieContrat, db: Db, version: IfMatch, actor: Auteur) -> VueContrat:
    """Replace a draft or a contract in force; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        await redaction.modifier(tx, contrat_id, saisie, version)
        return await _vue(tx, contrat_id)


@router.post(
    "/contrats/{contrat_id}/activer",
    responses=refusals(ContratInconnu, ContratTransitionImpossible, ContratVide, ContratSansMontant, VersionPerimee),
)
async def activer(contrat_id: UUID, db: Db, version: IfMatch, actor: Auteur) -> VueContrat:
    """The contract is signed: invoices, coverage and visits start."""
    async with db.transaction(actor) as tx:
        await cycle.activer(tx, contrat_id, version)
        return await _vue(tx, contrat_id)


@router.post(
    "/contrats/{contrat_id}/resilier",
    responses=refusals(ContratInconnu, ContratTransitionImpossible, DatesIncoherentes, VersionPerimee),
)
async def resilier(contrat_id: UUID, saisie: SaisieResiliation, db: Db, version: IfMatch, actor: Auteur) -> VueContrat:
    """The contract ends on that day; a draft is given up at once."""
    async with db.transaction(actor) as tx:
        await cycle.resilier(tx, contrat_id, saisie.effet, saisie.motif, version)
        return await _vue(tx, contrat_id)
