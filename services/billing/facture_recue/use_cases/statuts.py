"""What a supplier is told of its invoice."""

from uuid import UUID

from services.billing.affaire_fournisseur import use_cases as affaires_fournisseur
from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.errors import (
    FactureRecueBloquee,
    PaiementTransmisFutur,
    PaiementTransmisIncomplet,
)
from services.billing.facture_recue import repository
from services.billing.facture_recue.models import FactureRecue, StatutRecue
from services.billing.facture_recue.rules import statut as regles
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.statut import Statut
from services.billing.facture_recue.schemas import SaisieStatut
from services.billing.facture_recue.use_cases import avoirs
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

BONNE_A_PAYER = frozenset({Statut.APPROUVEE, Statut.PAIEMENT_TRANSMIS})


async def poser(tx: Transaction, recue_id: UUID, saisie: SaisieStatut) -> FactureRecue:
    """Somebody decided: who, when and why stay with the invoice.

    One refused leaves its affaire fournisseur, which waits for another. One on hold is neither approved nor paid:
    FactureRecueBloquee.
    """
    recue = await repository.get_for_update(tx, recue_id, avec_statuts=True)
    est_rapprochee = recue.etat is EtatRecue.RAPPROCHEE
    pose = _pose(tx, saisie)
    recue.poser(pose)
    if est_rapprochee and recue.est_avoir:
        if pose.statut is Statut.REFUSEE:
            await avoirs.retirer(tx, recue)
    elif est_rapprochee and recue.achat_id:
        if pose.statut is Statut.REFUSEE:
            await affaires_fournisseur.retirer_facture(tx, recue.achat_id)
        elif pose.statut in BONNE_A_PAYER:
            await _refuser_si_bloquee(tx, recue, recue.achat_id)
    return recue


async def transmettre(tx: Transaction, recue_id: UUID, statut_id: UUID) -> None:
    """Its message was handed to the platform; StatutInconnu."""
    recue = await repository.get_for_update(tx, recue_id, avec_statuts=True)
    recue.pose(statut_id).transmettre(par=tx.actor.nom, le=tx.now)
    tx.touch(recue)


def _pose(tx: Transaction, saisie: SaisieStatut) -> StatutRecue:
    regles.motiver(saisie.statut, saisie.motif, saisie.precision)
    est_paiement = saisie.statut is Statut.PAIEMENT_TRANSMIS
    if est_paiement and (saisie.montant_ttc is None or saisie.paye_le is None):
        raise PaiementTransmisIncomplet
    if saisie.paye_le is not None and saisie.paye_le > jour_paris(tx.now):
        raise PaiementTransmisFutur
    return StatutRecue(
        statut=saisie.statut,
        le=tx.now,
        par_nom=tx.actor.nom,
        motif=saisie.motif,
        precision=saisie.precision,
        montant_ttc=saisie.montant_ttc if est_paiement else None,
        paye_le=saisie.paye_le if est_paiement else None,
    )


async def _refuser_si_bloquee(tx: Transaction, recue: FactureRecue, achat_id: UUID) -> None:
    if await repository.etat_achat(tx, achat_id) is EtatAchat.BLOQUEE:
        raise FactureRecueBloquee(numero=recue.numero, achat=recue.achat_numero)
