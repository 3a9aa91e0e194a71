"""An order above the limit of who places it waits for somebody who may approve it."""

from decimal import Decimal
from uuid import UUID

from services.purchasing.commande import repository
from services.purchasing.commande.models import Commande
from services.purchasing.errors import ApprobationRequise
from services.purchasing.negociation import repository as negociations
from services.purchasing.negociation.rules import EtatNegociation
from services.purchasing.seuil import queries as seuils
from services.purchasing.seuil.rules import depasse
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO
from shared.kernel.nombre import ecrire_euros


async def passer_ou_attendre(tx: Transaction, commande: Commande) -> None:
    """Place the order, or keep it until it is approved: only approvers are told of it before."""
    commande.calculer()
    limite_ht = await seuils.limite_de(tx.session, tx.actor)
    if limite_ht is not None and depasse(commande.total_ht, limite_ht):
        tx.publish(commande.attendre(limite_ht, tx.actor.id))
    else:
        tx.publish(commande.passer())


async def verifier_hausse(tx: Transaction, commande: Commande, avant_ht: Decimal) -> None:
    """A placed order does not grow beyond the limit of who changes it."""
    if commande.est_en_cours and commande.total_ht > avant_ht:
        limite_ht = await seuils.limite_de(tx.session, tx.actor)
        if depasse(commande.total_ht, limite_ht):
            raise ApprobationRequise(numero=commande.numero, limite=ecrire_euros(limite_ht or ZERO))


async def approuver(tx: Transaction, commande_id: UUID, version: int | None) -> Commande:
    """The order is placed, in the name of who asked for it."""
    commande = await repository.get_for_update(tx, commande_id)
    await tx.expect_version(commande, version)
    tx.publish(commande.decider(par=tx.actor.nom, le=tx.now))
    tx.publish(commande.passer())
    return commande


async def refuser(tx: Transaction, commande_id: UUID, motif: str, version: int | None) -> Commande:
    """The order will not be placed: its negociations are pending again, and the offers turned down for it."""
    commande = await repository.get_for_update(tx, commande_id)
    await tx.expect_version(commande, version)
    tx.publish(commande.decider(par=tx.actor.nom, le=tx.now, motif_refus=motif))
    siennes = {ligne.negociation_id for ligne in commande.lignes if ligne.negociation_id is not None}
    ecartees = negociations.ecartees_pour(commande.id)
    for negociation in (await negociations.ensemble_for_update(tx, siennes, ecartees)).values():
        if negociation.id in siennes:
            negociation.rendre()
        else:
            negociation.passer(EtatNegociation.OUVERTE)
    return commande
