"""Tariff agreements over HTTP: staff propose, the client answers through the public page (`accord.repondre`)."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path

from services.maintenance.accord_tarifaire import queries, use_cases
from services.maintenance.accord_tarifaire.schemas import (
    AccordPublic,
    SaisieAccord,
    SaisieReponse,
    SaisieTarif,
    VueAccord,
    VueTarif,
)
from services.maintenance.errors import (
    AccordDejaRepondu,
    AccordEnCours,
    AccordExpire,
    AccordInconnu,
    CourrielManquant,
    EquipementDAutrui,
    LienInvalide,
    TarifsManquants,
    TiersNonIdentifie,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("accords")
Gestionnaire = Annotated[Actor, may("accord.gerer")]
Portail = Annotated[Actor, may("accord.repondre")]
Jeton = Annotated[str, Path(max_length=500)]  # cut by a mail program, it is still a link: unknown
Etat = Literal["a_envoyer", "envoye", "signe", "refuse", "remplace", "echoue"]


@router.get("/accords")
async def lister(
    db: Db,
    _actor: Gestionnaire,
    q: Recherche = None,
    tiers_id: UUID | None = None,
    etat: Etat | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueAccord]:
    """Tariff agreements, newest first."""
    async with db.read() as session:
        return await queries.lister(session, q=q, tiers_id=tiers_id, etat=etat, limite=limite, curseur=curseur)


@router.post(
    "/accords",
    status_code=201,
    responses=refusals(TiersNonIdentifie, TarifsManquants, CourrielManquant, AccordEnCours, EquipementDAutrui),
)
async def proposer(saisie: SaisieAccord, db: Db, actor: Gestionnaire) -> VueAccord:
    """Propose tariffs to a client; the mail with its link leaves a moment later."""
    async with db.transaction(actor) as tx:
        accord = await use_cases.proposer(tx, saisie)
        await tx.flush()
    return VueAccord.model_validate(accord)


@router.get("/accords/tarif")
async def tarif(db: Db, _actor: Gestionnaire) -> VueTarif | None:
    """The usual rates, null until they are given."""
    async with db.read() as session:
        return await queries.tarif_habituel(session)


@router.put("/accords/tarif", responses=refusals(VersionPerimee))
async def fixer_tarif(saisie: SaisieTarif, db: Db, version: IfMatch, actor: Gestionnaire) -> VueTarif:
    """Set the usual rates."""
    async with db.transaction(actor) as tx:
        fixe = await use_cases.fixer_tarif(tx, saisie, version)
    return VueTarif.model_validate(fixe)


@router.get("/accords/{accord_id}", responses=refusals(AccordInconnu))
async def fiche(accord_id: UUID, db: Db, _actor: Gestionnaire) -> VueAccord:
    """One agreement."""
    async with db.read() as session:
        return await queries.fiche(session, accord_id)


@router.post("/accords/{accord_id}/relancer", status_code=202, responses=refusals(AccordInconnu, AccordDejaRepondu))
async def relancer(accord_id: UUID, db: Db, actor: Gestionnaire) -> VueAccord:
    """Mail the same tariffs again, valid for thirty more days."""
    async with db.transaction(actor) as tx:
        accord = await use_cases.relancer(tx, accord_id)
    return VueAccord.model_validate(accord)


@router.get("/accords/publics/{jeton}", responses=refusals(LienInvalide))
async def lire(jeton: Jeton, db: Db, _actor: Portail) -> AccordPublic:
    """What the client reads behind his link."""
    async with db.read() as session:
        return await queries.public(session, jeton, jour_paris(db.database.clock.now()))


@router.post("/accords/publics/{jeton}/accepter", responses=refusals(LienInvalide, AccordDejaRepondu, AccordExpire))
async def accepter(jeton: Jeton, saisie: SaisieReponse, db: Db, actor: Portail) -> AccordPublic:
    """The client accepts."""
    async with db.transaction(actor) as tx:
        await use_cases.accepter(tx, jeton, saisie)
        await tx.flush()
        return await queries.public(tx.session, jeton, jour_paris(tx.now))


@router.post("/accords/publics/{jeton}/refuser", responses=refusals(LienInvalide, AccordDejaRepondu, AccordExpire))
async def refuser(jeton: Jeton, saisie: SaisieReponse, db: Db, actor: Portail) -> AccordPublic:
    """The client refuses."""
    async with db.transaction(actor) as tx:
        await use_cases.refuser(tx, jeton, saisie)
        await tx.flush()
        return await queries.public(tx.session, jeton, jour_paris(tx.now))
