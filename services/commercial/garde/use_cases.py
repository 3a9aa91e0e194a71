"""The limits of the company, and the approvals asked and given. Knows no proposition: callers bring its facts."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.errors import ApprobationInconnue, ApprobationInutile, ApprobationRequise
from services.commercial.garde import rules
from services.commercial.garde.models import Approbation, SeuilMarge
from services.commercial.garde.rules import Dossier, EtatApprobation, Faits
from services.commercial.garde.schemas import SaisieDecision, SaisieSeuil
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

APPROUVER = "marge.approuver"


async def seuil(session: AsyncSession) -> SeuilMarge | None:
    """The limits of the company, if it set some."""
    return (await session.scalars(select(SeuilMarge).limit(1))).one_or_none()


async def fixer(tx: Transaction, saisie: SaisieSeuil, version: int | None) -> SeuilMarge:
    """Set the limits."""
    await tx.execute(text("LOCK TABLE seuil_marge IN SHARE ROW EXCLUSIVE MODE"))  # the first ones, said by two at once
    fixe = (await tx.scalars(select(SeuilMarge).with_for_update().limit(1))).one_or_none()
    if fixe is None:
        fixe = SeuilMarge()
        tx.add(fixe)
    else:
        await tx.expect_version(fixe, version)
    fixe.remise_max, fixe.marque_min = saisie.remise_max, saisie.marque_min
    await tx.flush()
    return fixe


async def raisons(session: AsyncSession, faits: Faits, actor: Actor, *, pour_tous: bool = False) -> list[str]:
    """What holds `actor` back; `pour_tous` says it even to who may approve."""
    if actor.may(APPROUVER) and not pour_tous:
        return []
    fixe = await seuil(session)
    return rules.depassements(faits, fixe.seuil, couts=actor.may("couts.voir")) if fixe else []


async def derniere(session: AsyncSession, proposition_id: UUID, revision: int) -> Approbation | None:
    """The last request about that very text."""
    choix = (
        select(Approbation)
        .where(Approbation.proposition_id == proposition_id, Approbation.revision == revision)
        .order_by(Approbation.id.desc())
        .limit(1)
    )
    return (await session.scalars(choix)).one_or_none()


async def verifier(tx: Transaction, dossier: Dossier) -> None:
    """ApprobationRequise unless within the limits, approved as it stands, or asked by who may approve."""
    motifs = await raisons(tx.session, dossier.faits, tx.actor)
    if not motifs:
        return
    demande = await derniere(tx.session, dossier.proposition_id, dossier.revision)
    if demande is None or demande.etat is not EtatApprobation.ACCORDEE:
        raise ApprobationRequise(numero=dossier.numero, raisons=", ".join(motifs))


async def demander(tx: Transaction, dossier: Dossier, motif: str) -> Approbation:
    """Ask once for the present text, and tell who may approve; asked again while it waits, it is the same request."""
    fixe = await seuil(tx.session)
    motifs = (
        rules.depassements(dossier.faits, fixe.seuil, couts=False) if fixe else []
    )  # kept for readers who may not see costs
    if not motifs:
        raise ApprobationInutile(numero=dossier.numero)
    demande = await derniere(tx.session, dossier.proposition_id, dossier.revision)
    if demande is not None and demande.etat is not EtatApprobation.REFUSEE:
        return demande
    demande = Approbation(
        proposition_id=dossier.proposition_id,
        revision=dossier.revision,
        etat=EtatApprobation.DEMANDEE,
        raisons=motifs,
        motif=motif,
        demandeur_id=tx.actor.id,
        demandee_par=tx.actor.nom,
        demandee_le=tx.now,
    )
    tx.add(demande)
    tx.publish(demande.annoncer(dossier))
    await tx.flush()
    return demande


async def decider(tx: Transaction, dossier: Dossier, decision: SaisieDecision) -> Approbation:
    """The approver answers about the present text, and the salesman is told."""
    choix = (
        select(Approbation)
        .where(Approbation.proposition_id == dossier.proposition_id, Approbation.revision == dossier.revision)
        .order_by(Approbation.id.desc())
        .limit(1)
        .with_for_update()
    )
    demande: Approbation | None = (await tx.scalars(choix)).one_or_none()
    if demande is None:
        raise ApprobationInconnue
    etat = EtatApprobation(decision.decision)
    tx.publish(demande.decider(etat, dossier, par=tx.actor.nom, le=tx.now, reponse=decision.reponse))
    return demande
