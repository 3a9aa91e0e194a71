"""What staff do with an open demande: move it, take it, write on it, call the client back."""

from typing import Annotated
from uuid import UUID

from services.demandes.demande import queries
from services.demandes.demande.schemas import (
    SaisieAssignation,
    SaisieNote,
    SaisiePassage,
    SaisiePrise,
    SaisieRelance,
    SaisieSuivi,
    SaisieUrgence,
    VueDemande,
)
from services.demandes.demande.use_cases import deplacement, suivi
from services.demandes.errors import (
    AucuneProposition,
    CollaborateurNonConnu,
    DejaDansCetEtat,
    DejaPrise,
    DemandeInconnue,
    TempsManquant,
    TransitionImpossible,
)
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("demandes")
Modifier = Annotated[Actor, may("demande.modifier")]
DEPLACER = refusals(DemandeInconnue, TransitionImpossible, DejaDansCetEtat, TempsManquant, VersionPerimee)
SUIVRE = refusals(DemandeInconnue, CollaborateurNonConnu, VersionPerimee)
PROPOSER = refusals(DemandeInconnue, AucuneProposition, TempsManquant, VersionPerimee)


async def _vue(tx: Transaction, demande_id: UUID) -> VueDemande:
    """The page as this transaction leaves it: a keyed POST commits after its answer."""
    await tx.flush()
    return await queries.fiche(tx.session, demande_id, tx.actor)


@router.put("/demandes/{demande_id}", responses=SUIVRE)
async def modifier(demande_id: UUID, saisie: SaisieSuivi, db: Db, version: IfMatch, actor: Modifier) -> VueDemande:
    """Replace object, urgency, due date, person in charge; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        await suivi.modifier(tx, demande_id, saisie, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/etat", responses=DEPLACER)
async def deplacer(demande_id: UUID, saisie: SaisiePassage, db: Db, version: IfMatch, actor: Modifier) -> VueDemande:
    """Move to another state, within the transitions of the type; undo by moving back."""
    async with db.transaction(actor) as tx:
        await deplacement.deplacer(tx, demande_id, saisie, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/appliquer-proposition", responses=PROPOSER)
async def appliquer_proposition(demande_id: UUID, db: Db, version: IfMatch, actor: Modifier) -> VueDemande:
    """Agree with the state a rule suggests."""
    async with db.transaction(actor) as tx:
        await deplacement.appliquer_proposition(tx, demande_id, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/ignorer-proposition", responses=PROPOSER)
async def ignorer_proposition(demande_id: UUID, db: Db, version: IfMatch, actor: Modifier) -> VueDemande:
    """Dismiss the state a rule suggests."""
    async with db.transaction(actor) as tx:
        await deplacement.ignorer_proposition(tx, demande_id, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/prendre", responses=refusals(DemandeInconnue, DejaPrise))
async def prendre(demande_id: UUID, db: Db, actor: Modifier, saisie: SaisiePrise | None = None) -> VueDemande:
    """Take charge, from a colleague when confirmed; the type may say in which state a taken demande is."""
    async with db.transaction(actor) as tx:
        await suivi.prendre(tx, demande_id, confirmee=saisie is not None and saisie.confirmee)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/assigner", responses=SUIVRE)
async def assigner(
    demande_id: UUID, saisie: SaisieAssignation, db: Db, version: IfMatch, actor: Modifier
) -> VueDemande:
    """Put somebody in charge, or nobody."""
    async with db.transaction(actor) as tx:
        await suivi.assigner(tx, demande_id, saisie.responsable_id, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/urgence", responses=SUIVRE)
async def regler_urgence(
    demande_id: UUID, saisie: SaisieUrgence, db: Db, version: IfMatch, actor: Modifier
) -> VueDemande:
    """Say how fast it must be worked off."""
    async with db.transaction(actor) as tx:
        await suivi.regler_urgence(tx, demande_id, saisie.urgence, version)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/notes", status_code=201, responses=refusals(DemandeInconnue))
async def noter(demande_id: UUID, saisie: SaisieNote, db: Db, actor: Modifier) -> VueDemande:
    """Write a note."""
    async with db.transaction(actor) as tx:
        await suivi.noter(tx, demande_id, saisie)
        return await _vue(tx, demande_id)


@router.post("/demandes/{demande_id}/relances", status_code=201, responses=refusals(DemandeInconnue))
async def relancer(demande_id: UUID, saisie: SaisieRelance, db: Db, actor: Modifier) -> VueDemande:
    """The client was called back; say when to call again."""
    async with db.transaction(actor) as tx:
        await suivi.relancer(tx, demande_id, saisie)
        return await _vue(tx, demande_id)
