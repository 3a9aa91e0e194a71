"""Facts of the circuit move demandes, by the rules of their type; nothing here knows a state by name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update

from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from services.demandes.demande.rules import Cause
from services.demandes.demande.use_cases.creation import etape
from services.demandes.demande.use_cases.deplacement import passer
from services.demandes.lien import queries as liens
from services.demandes.type_demande import repository as types
from services.demandes.type_demande.rules import ModeRegle, choisir
from shared.contracts.base import Fact
from shared.database.statements import once
from shared.database.transaction import Transaction

ACTUALISER = once(
    update(Demande.__table__)  # type: ignore[arg-type]
    .where(Demande.id == liens.MONTANTS.c.demande_id, liens.MONTANTS.c.montant.is_not(None))
    .values(montant_ht=liens.MONTANTS.c.montant)
)


async def appliquer(tx: Transaction, fait: Fact, demande_ids: Sequence[UUID], parce_que: str) -> None:
    """Let the first rule that fits move each demande, or suggest the move.

    A fact that arrives late fits no rule: the present state is not among the from-states of the rule.
    """
    regles = await types.regles_pour(tx.session, fait.type)
    if not regles or not demande_ids:
        return
    payload = fait.model_dump(mode="json")
    choisies = {
        demande.id: choisir(regles, demande.type_id, demande.etat_code, payload)
        for demande in await repository.ou_en_sont(tx, demande_ids)
    }
    a_suivre = [demande_id for demande_id, regle in choisies.items() if regle is not None]
    for demande in await repository.plusieurs_for_update(tx, a_suivre) if a_suivre else ():
        await _suivre(tx, demande, choisies[demande.id], fait, parce_que)


async def _suivre(tx: Transaction, demande: Demande, regle: Any, fait: Fact, parce_que: str) -> None:
    cause = Cause(
        regle_id=regle.id,
        regle_libelle=regle.libelle,
        fait_type=fait.type,
        fait_id=tx.envelope.id if tx.envelope else None,
        parce_que=parce_que or regle.libelle.lower(),
    )
    etats = await types.etats(tx.session, demande.type_id, (demande.etat_code, regle.vers))
    de, vers = etape(etats[demande.etat_code]), etape(etats[regle.vers])
    temps_manquant = vers.exige_temps and demande.temps_minutes <= 0
    if regle.mode is ModeRegle.PROPOSE or temps_manquant:
        tx.publish(demande.proposer(vers.code, cause))
    else:
        passer(tx, demande, de, vers, cause=cause)


async def actualiser_montants(tx: Transaction, demande_ids: Sequence[UUID]) -> None:
    """What demandes are worth follows their propositions."""
    await tx.flush()
    await tx.execute(ACTUALISER, {"demande_ids": list(demande_ids)})
