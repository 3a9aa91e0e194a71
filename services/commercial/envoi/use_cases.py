"""Asking for a devis to be mailed; the job of jobs.py does it."""

import hashlib
from uuid import UUID

from services.commercial.envoi.models import Envoi
from services.commercial.envoi.schemas import SaisieEnvoi
from services.commercial.errors import PrixAFixer, PropositionSansLigne, ValiditeDepassee
from services.commercial.proposition import repository
from services.commercial.proposition.models import Proposition
from services.commercial.proposition.use_cases import approbation, cycle
from shared.courriel.envoi import EtatEnvoi
from shared.courriel.message import adresse_nue
from shared.database.transaction import Transaction
from shared.documents import formats
from shared.kernel.clock import jour_paris

CITEES = 3


async def demander(tx: Transaction, proposition_id: UUID, saisie: SaisieEnvoi) -> Envoi:
    """Staff ask for the devis to be mailed."""
    proposition = await repository.get_for_update(tx, proposition_id)
    proposition.verifier_modifiable()
    await cycle.verifier_etude_ouverte(tx, proposition)
    verifier_envoyable(tx, proposition)
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
    if a_fixer := [ligne.designation or "sans désignation" for ligne in proposition.lignes if ligne.est_a_fixer]:
        autres = f" et {len(a_fixer) - CITEES} autres" if len(a_fixer) > CITEES else ""
        cites = ", ".join(f"« {nom} »" for nom in a_fixer[:CITEES])
        raise PrixAFixer(numero=proposition.numero, lignes=cites + autres)
    if proposition.valide_jusqu_au < jour_paris(tx.now):
        date = formats.date_courte(proposition.valide_jusqu_au)
        raise ValiditeDepassee(numero=proposition.numero, date=date)


def empreinte_de(jeton: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(jeton.encode()).hexdigest()
