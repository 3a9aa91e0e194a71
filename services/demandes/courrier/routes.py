"""Received mails over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from services.demandes.courrier import queries, use_cases
from services.demandes.courrier.rules import EtatCourrier
from services.demandes.courrier.schemas import PieceDuTiers, Rattachement, SaisieRattachement, VueCourrier
from services.demandes.errors import (
    CourrierDejaTraite,
    CourrierInconnu,
    DemandeInconnue,
    SavSansCouverture,
    TiersNonConnu,
    TypeInconnu,
)
from shared.fichiers.noms import a_enregistrer, a_montrer
from shared.fichiers.types import AFFICHABLES
from shared.fichiers_joints.errors import ApercuImpossible
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("courriers")
Lire = Annotated[Actor, may("demande.lire")]
REFUS = (CourrierInconnu, CourrierDejaTraite, DemandeInconnue, TiersNonConnu, TypeInconnu, SavSansCouverture)


@router.get("/courriers")
async def lister(
    db: Db,
    _actor: Lire,
    etat: EtatCourrier = EtatCourrier.A_RATTACHER,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueCourrier]:
    """Mails that wait for somebody, or those of another state."""
    async with db.read() as session:
        return await queries.lister(session, etat, limite=limite, curseur=curseur)


@router.get("/courriers/{courrier_id}", responses=refusals(CourrierInconnu))
async def un(courrier_id: UUID, db: Db, _actor: Lire) -> VueCourrier:
    """A mail."""
    async with db.read() as session:
        return await queries.un(session, courrier_id)


@router.get("/demandes/{demande_id}/courriers")
async def de_la_demande(demande_id: UUID, db: Db, _actor: Lire) -> list[VueCourrier]:
    """The mails of a demande."""
    async with db.read() as session:
        return await queries.de_la_demande(session, demande_id)


@router.post("/courriers/{courrier_id}/rattacher", responses=refusals(*REFUS))
async def rattacher(
    courrier_id: UUID, saisie: SaisieRattachement, db: Db, actor: Annotated[Actor, may("demande.creer")]
) -> Rattachement:
    """Say whose mail it is."""
    async with db.transaction(actor) as tx:
        return Rattachement(demande_id=await use_cases.rattacher(tx, courrier_id, saisie))


@router.post(
    "/courriers/{courrier_id}/ecarter", status_code=204, responses=refusals(CourrierInconnu, CourrierDejaTraite)
)
async def ecarter(courrier_id: UUID, db: Db, actor: Annotated[Actor, may("demande.modifier")]) -> None:
    """It asks for nothing."""
    async with db.transaction(actor) as tx:
        await use_cases.ecarter(tx, courrier_id)


@router.get("/courriers/{courrier_id}/pieces/{piece_id}", responses=refusals(CourrierInconnu))
async def piece(courrier_id: UUID, piece_id: UUID, request: Request, db: Db, _actor: Lire) -> Response:
    """A file to save: never shown by the browser in our name."""
    means: Means = request.app.state.means
    async with db.read() as session:
        trouvee = await queries.piece(session, courrier_id, piece_id)
    octets = await means.stockage.lire(trouvee.sha256)
    return Response(octets, media_type=trouvee.type, headers=a_enregistrer(trouvee.nom))


@router.get("/courriers/{courrier_id}/pieces/{piece_id}/apercu", responses=refusals(CourrierInconnu, ApercuImpossible))
async def apercu(courrier_id: UUID, piece_id: UUID, request: Request, db: Db, _actor: Lire) -> Response:
    """An image or a PDF, to show."""
    means: Means = request.app.state.means
    async with db.read() as session:
        trouvee = await queries.piece(session, courrier_id, piece_id)
    if trouvee.type not in AFFICHABLES:
        raise ApercuImpossible(nom=trouvee.nom)
    octets = await means.stockage.lire(trouvee.sha256)
    return Response(octets, media_type=trouvee.type, headers=a_montrer(trouvee.nom))


@router.get("/pieces-recues")
async def du_tiers(tiers_id: UUID, db: Db, _actor: Lire) -> list[PieceDuTiers]:
    """The files that came with the mails of every demande of a tiers, the latest first."""
    async with db.read() as session:
        return await queries.pieces_du_tiers(session, tiers_id)
