"""Asking for a mail to a supplier; the job of jobs.py sends it."""

from uuid import UUID

from services.purchasing.commande import repository as commandes
from services.purchasing.envoi.models import Envoi, GenreEnvoi, NegociationDemandee
from services.purchasing.envoi.schemas import SaisieDemandePrix, SaisieEnvoi
from services.purchasing.errors import NegociationAutreFournisseur
from services.purchasing.negociation import repository as negociations
from shared.courriel.envoi import EtatEnvoi
from shared.courriel.message import adresse_nue
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


async def demander_prix(tx: Transaction, saisie: SaisieDemandePrix) -> Envoi:
    """Ask a supplier, in one mail, for the prices of these open negociations."""
    choisies = await negociations.plusieurs_for_update(tx, saisie.negociation_ids)
    for negociation in choisies:
        negociation.exiger_ouverte()
        if negociation.fournisseur_id != saisie.fournisseur_id:
            autre = negociation.fournisseur_nom
            raise NegociationAutreFournisseur(designation=negociation.designation, fournisseur=autre)
    annee = jour_paris(tx.now).year
    numero = f"DP-{annee}-{await next_number(tx, f'DP-{annee}'):05d}"
    envoi = _envoi(tx, saisie, GenreEnvoi.DEMANDE_PRIX, numero, saisie.fournisseur_id)
    envoi.negociations = [NegociationDemandee(negociation_id=n.id, rang=rang) for rang, n in enumerate(choisies)]
    return await _confier(tx, envoi)


async def envoyer_commande(tx: Transaction, commande_id: UUID, saisie: SaisieEnvoi) -> Envoi:
    """Mail an order to its supplier."""
    commande = await commandes.get_for_update(tx, commande_id)
    commande.exiger_passee()
    commande.exiger_ouverte()
    envoi = _envoi(tx, saisie, GenreEnvoi.COMMANDE, commande.numero, commande.fournisseur_id)
    envoi.commande_id = commande.id
    return await _confier(tx, envoi)


def _envoi(tx: Transaction, saisie: SaisieEnvoi, genre: GenreEnvoi, numero: str, fournisseur_id: UUID) -> Envoi:
    return Envoi(
        genre=genre,
        numero=numero,
        fournisseur_id=fournisseur_id,
        commande_id=None,
        etat=EtatEnvoi.DEMANDE,
        destinataires=[adresse_nue(adresse) for adresse in dict.fromkeys(saisie.destinataires)],
        sujet=" ".join(saisie.sujet.split()),
        message=saisie.message,
        demande_le=tx.now,
        demande_par=tx.actor.id,
        demande_par_nom=tx.actor.nom,
        refus=[],
        negociations=[],
    )


async def _confier(tx: Transaction, envoi: Envoi) -> Envoi:
    tx.add(envoi)
    tx.publish(envoi.demander())
    await tx.flush()
    return envoi
