"""What a proposition owes to the margin guard: its facts, the requests about it, the check before it leaves."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.garde import use_cases as garde
from services.commercial.garde.models import Approbation
from services.commercial.garde.rules import Faits
from services.commercial.garde.schemas import SaisieDecision, VueApprobation, VueGarde
from services.commercial.proposition import repository
from services.commercial.proposition.models import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Genre
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.money import ZERO


async def verifier(tx: Transaction, proposition: Proposition) -> None:
    """ApprobationRequise when `tx.actor` may not promise this alone; lines are loaded."""
    await garde.verifier(
        tx,
        proposition_id=proposition.id,
        revision=proposition.revision,
        numero=proposition.numero,
        faits=faits(proposition),
    )


async def demander(tx: Transaction, proposition_id: UUID, motif: str) -> Approbation:
    """The salesman asks for an approval."""
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    return await garde.demander(
        tx,
        proposition_id=proposition.id,
        revision=proposition.revision,
        numero=proposition.numero,
        faits=faits(proposition),
        motif=motif,
    )


async def decider(tx: Transaction, proposition_id: UUID, decision: SaisieDecision) -> Approbation:
    """The approver answers."""
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    return await garde.decider(tx, proposition_id=proposition.id, revision=proposition.revision, decision=decision)


async def situation(session: AsyncSession, proposition_id: UUID, actor: Actor) -> VueGarde:
    """What the page says before anybody tries."""
    proposition = await repository.get(session, proposition_id)
    motifs = await garde.raisons(session, faits(proposition), actor, pour_tous=True)
    demande = await garde.derniere(session, proposition_id, proposition.revision)
    return VueGarde(raisons=motifs, approbation=VueApprobation.model_validate(demande) if demande else None)


def faits(proposition: Proposition) -> Faits:
    """The largest discount with its line, and the taux de marque of the whole."""
    chiffrees = [ligne for ligne in proposition.lignes if ligne.genre is Genre.LIGNE]
    remisee = max(chiffrees, key=lambda ligne: ligne.remise, default=None)
    remise: Decimal = remisee.remise if remisee else ZERO
    marque = chiffrage.taux_marque(proposition.total_ht, proposition.cout_ht)
    return Faits(remise, remisee.designation if remisee else "", marque)
