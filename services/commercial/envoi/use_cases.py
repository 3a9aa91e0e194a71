"""Asking for a devis to be mailed; the job of jobs.py does it."""

import hashlib
import secrets
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.envoi.schemas import SaisieEnvoi
from services.commercial.errors import PropositionSansLigne, ValiditeDepassee
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.use_cases import approbation, cycle, edition
from shared.contracts.demandes import CourrielNonRemis
from shared.courriel.envoi import EtatEnvoi
from shared.courriel.errors import TousRefuses
from shared.courriel.expediteur import Envoi as Reponse
from shared.courriel.expediteur import Expediteur
from shared.courriel.message import Courriel, adresse_nue, courriel_id
from shared.database.transaction import Transaction
from shared.documents import formats
from shared.kernel.clock import jour_paris
from shared.kernel.ids import new_id

SANS_RAISON = "la messagerie du destinataire n’en a pas voulu"
OCTETS_JETON = 32


async def demander(tx: Transaction, proposition_id: UUID, saisie: SaisieEnvoi) -> Envoi:
    """Staff ask for the devis to be mailed."""
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    await cycle.verifier_etude_ouverte(tx, proposition)
    verifier_envoyable(tx, proposition)
    await edition.verifier_adresse(tx, proposition)
    await approbation.verifier(tx, proposition)
    envoi = Envoi(
        proposition_id=proposition.id,
        revision=proposition.revision,
        etat=EtatEnvoi.DEMANDE,
        destinataires=[adresse_nue(adresse) for adresse in dict.fromkeys(saisie.destinataires)],
        sujet=" ".join(saisie.sujet.split()),
        message=saisie.message,
        demande_le=tx.now,
        demande_par=tx.actor.id,
        demande_par_nom=tx.actor.nom,
    )
    tx.add(envoi)
    tx.publish(envoi.demander(proposition.demande_id))
    await tx.flush()
    return envoi


def verifier_envoyable(tx: Transaction, proposition: Proposition) -> None:
    """It has something to sell, at prices somebody chose, still on the day it leaves."""
    if not proposition.nb_lignes:
        raise PropositionSansLigne(numero=proposition.numero)
    chiffrage.verifier_chiffrees(proposition.lignes, proposition.numero)
    if proposition.valide_jusqu_au < jour_paris(tx.now):
        date = formats.date_courte(proposition.valide_jusqu_au)
        raise ValiditeDepassee(numero=proposition.numero, date=date)


def ouvrir_liens(tx: Transaction, envoi_id: UUID, proposition_id: UUID, destinataires: Iterable[str]) -> dict[str, str]:
    """A link of one's own for each person; the tokens, by address, are only in the mails."""
    jetons = {adresse: secrets.token_urlsafe(OCTETS_JETON) for adresse in destinataires}
    for adresse, jeton in jetons.items():
        tx.add(
            LienSignature(
                id=new_id(),
                envoi_id=envoi_id,
                proposition_id=proposition_id,
                destinataire=adresse,
                empreinte=empreinte_de(jeton),
                cree_le=tx.now,
                courriel_id=courriel_id(envoi_id, adresse),
            )
        )
    return jetons


async def constater_retour(tx: Transaction, fait: CourrielNonRemis) -> None:
    """A mail came back: if it carried a devis, its person has not got it, and whoever sent it is told, once."""
    choix = select(LienSignature).where(LienSignature.courriel_id == fait.courriel_id).order_by(LienSignature.id)
    liens = list(await tx.scalars(choix.with_for_update()))
    if not liens or liens[0].rejete_le is not None:
        return
    for lien in liens:  # one by attempt, all in the same mail
        lien.rejete_le, lien.rejet = tx.now, fait.raison or SANS_RAISON
    envoi = await tx.get(Envoi, liens[0].envoi_id)
    proposition = await tx.get(Proposition, liens[0].proposition_id)
    if envoi is not None and proposition is not None:
        tx.publish(envoi.non_remis(liens[0], demande_id=proposition.demande_id, numero=proposition.numero))


async def poster(expediteur: Expediteur, courriels: Iterable[Courriel]) -> Reponse:
    """One mail by person: what all the answers together say; TousRefuses when nobody was taken."""
    acceptes: list[str] = []
    refuses: dict[str, str] = {}
    message, dernier = "", TousRefuses(adresses="")
    for courriel in courriels:
        try:
            reponse = await expediteur.envoyer(courriel)
        except TousRefuses as refus:
            dernier = refus
            refuses |= {adresse: _raison(refus, adresse) for adresse in courriel.a}
            continue
        message = message or reponse.message_id
        acceptes += reponse.acceptes
    if not acceptes:
        raise dernier if len(refuses) < 2 else TousRefuses(adresses=", ".join(f"{a} ({r})" for a, r in refuses.items()))
    return Reponse(message, tuple(acceptes), refuses)


def _raison(refus: TousRefuses, adresse: str) -> str:
    """What the server said of the only address of a mail."""
    return str(refus.contexte["adresses"]).removeprefix(adresse).strip(" ()")


def empreinte_de(jeton: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(jeton.encode()).hexdigest()
