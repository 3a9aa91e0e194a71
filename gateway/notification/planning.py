"""What the planning tells people: where they are to go, when it changes, and when they need not go."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from babel.dates import format_datetime

from gateway.notification.use_cases import Message, dire_aux
from shared.contracts.demandes import InterventionAnnulee, InterventionPlanifiee
from shared.database.transaction import Transaction
from shared.kernel.clock import PARIS, jour_paris


async def intervention_planifiee(tx: Transaction, fait: InterventionPlanifiee) -> None:
    """Planned or moved: each is told what it changes for him; what is written afterwards tells nobody."""
    if fait.fin < tx.now:
        return
    gens, avant, debut = set(fait.collaborateur_ids), set(fait.precedents), quand(fait.debut)
    await _dire(tx, gens - avant, f"Intervention le {debut}", fait)
    if fait.debut_precedent is not None and fait.debut_precedent != fait.debut:
        titre = f"Intervention du {quand(fait.debut_precedent)} déplacée au {debut}"
        await _dire(tx, gens & avant, titre, fait)
    parti = quand(fait.debut_precedent or fait.debut)
    await _dire(tx, avant - gens, f"L’intervention du {parti} n’est plus pour vous", fait)


async def intervention_annulee(tx: Transaction, fait: InterventionAnnulee) -> None:
    """Nobody goes."""
    await _dire(tx, fait.collaborateur_ids, f"Intervention du {quand(fait.debut)} annulée", fait, fait.motif)


def quand(instant: datetime) -> str:
    """ "jeudi 19 mars à 09:15" in Paris."""
    return str(format_datetime(instant.astimezone(PARIS), "EEEE d MMMM 'à' HH:mm", locale="fr"))


async def _dire(
    tx: Transaction,
    vises: Collection[UUID],
    titre: str,
    fait: InterventionPlanifiee | InterventionAnnulee,
    precision: str = "",
) -> None:
    detail = " · ".join(filter(None, (fait.tiers_nom, fait.objet, precision)))
    cause = str(tx.envelope.id) if tx.envelope else ""
    lien = f"/planning/ma-journee?le={jour_paris(fait.debut)}"
    await dire_aux(tx, vises, Message("intervention", cause, titre, lien, detail))
