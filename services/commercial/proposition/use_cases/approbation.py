"""What a proposition owes to the margin guard: its facts, the requests about it, the check before it leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.errors import ApprobationRequise
from services.commercial.garde import use_cases as garde
from services.commercial.garde.models import Approbation
from services.commercial.garde.rules import SANS_COUTS, Dossier, Encours, EtatApprobation, Faits, encours_depasse
from services.commercial.garde.schemas import SaisieDecision, VueApprobation, VueGarde
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage, marge, relecture
from services.commercial.proposition.rules.chiffrage import Genre
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.money import ZERO, arrondi

REVISION = select(Proposition.revision).where(Proposition.id == bindparam("id"))


async def verifier(tx: Transaction, proposition: Proposition) -> None:
    """ApprobationRequise when `tx.actor` may not promise this alone; lines are loaded."""
    await garde.verifier(tx, await _dossier(tx.session, proposition))


async def demander(tx: Transaction, proposition_id: UUID, motif: str) -> Approbation:
    """The salesman asks for an approval."""
    return await garde.demander(tx, await _modifiable(tx, proposition_id), motif)


async def decider(tx: Transaction, proposition_id: UUID, decision: SaisieDecision) -> Approbation:
    """The approver answers."""
    return await garde.decider(tx, await _modifiable(tx, proposition_id), decision)


async def situation(session: AsyncSession, proposition_id: UUID, actor: Actor) -> VueGarde:
    """What the page says before anybody tries."""
    proposition = await repository.get(session, proposition_id)
    demande = await garde.derniere(session, proposition_id, proposition.revision)
    de = demande.demandeur_id if demande else None
    dossier = await _dossier(session, proposition)
    dits = await garde.raisons(session, dossier, actor, demande, de=de or actor.id)
    motifs = [raison for du_droit in dits.values() for raison in du_droit]
    siens = await garde.raisons(session, dossier, actor, demande, de=actor.id)
    alertes = [dit for dit in encours_depasse(dossier.faits) if dit not in motifs]
    attend = demande is not None and demande.etat is EtatApprobation.DEMANDEE
    return VueGarde(
        raisons=motifs,
        alertes=alertes,
        a_relire=await _a_relire(session, proposition),
        approbation=VueApprobation.model_validate(demande) if demande else None,
        peut_demander=not attend and any(not actor.may(droit) for droit in siens),
        peut_decider=demande is not None and attend and all(actor.may(droit) for droit in demande.droits),
    )


@asynccontextmanager
async def refus_notes(database: Database, actor: Actor, proposition_id: UUID) -> AsyncIterator[None]:
    """Around the transaction of a door: who sees no cost and is refused for the margin is counted, though it is undone."""
    try:
        yield
    except ApprobationRequise as refus:
        if SANS_COUTS in str(refus.contexte["raisons"]):
            async with database.transaction(actor) as tx:
                revision: int = (await tx.scalars(REVISION, {"id": proposition_id})).one()
                await garde.noter_refus(tx, proposition_id, revision, str(refus.contexte["numero"]))
        raise


async def _a_relire(session: AsyncSession, p: Proposition) -> list[str]:
    tiers = await copies.tiers(session, p.tiers_id)
    textes = (p.objet, p.introduction, p.conditions)
    numero = tiers.tva_intracom or "" if tiers else ""
    return relecture.a_relire(textes, p.lignes, regime_tva=p.regime_tva, tva_intracom=numero)


async def faits(session: AsyncSession, proposition: Proposition) -> Faits:
    """The largest discount with its line, the lowest taux de marque the client may choose (hidden costs included), and
    what the client would owe once it is signed."""
    chiffrees = [ligne for ligne in proposition.lignes if ligne.genre is Genre.LIGNE]
    remisee = max(chiffrees, key=lambda ligne: ligne.remise, default=None)
    remise: Decimal = remisee.remise if remisee else ZERO
    plus_basse = marge.plus_basse(chiffrees, proposition.convention)
    marque = None if plus_basse is None else arrondi(plus_basse)
    plafond, encours = await copies.encours(session, proposition.tiers_id)
    atteint = None if plafond is None else Encours(encours + proposition.vente_ht, plafond)
    return Faits(remise, remisee.designation if remisee else "", marque, _selon(proposition, marque), atteint)


def _selon(proposition: Proposition, marque: Decimal | None) -> str:
    """Why the rate held to the limits is not the one shown under the lines."""
    if marque is None or marque == chiffrage.taux_marque(proposition.vente_ht, proposition.cout_ht):
        return ""
    reels = marge.taux(marge.montants(ligne, proposition.convention) for ligne in proposition.lignes if ligne.compte)
    if reels is not None and arrondi(reels) == marque:
        return "coûts des produits cachés compris"
    return "selon les options que le client choisira"


async def _modifiable(tx: Transaction, proposition_id: UUID) -> Dossier:
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    return await _dossier(tx.session, proposition)


async def _dossier(session: AsyncSession, proposition: Proposition) -> Dossier:
    return Dossier(
        proposition_id=proposition.id,
        demande_id=proposition.demande_id,
        revision=proposition.revision,
        numero=proposition.numero,
        tiers_nom=proposition.tiers_nom,
        faits=await faits(session, proposition),
    )
