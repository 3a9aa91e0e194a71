"""The job that sends a devis: print, keep, mail, then say it.

It may be called again after a crash: what already left is recognised by its state, and the mail keeps its
Message-ID. Printing, keeping and mailing happen between two transactions, never inside one.
"""

from uuid import UUID

from sqlalchemy import select, update

from services.commercial.envoi.documents import Pli, rediger_courriel
from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.envoi.use_cases import ouvrir_liens, poster, verifier_envoyable
from services.commercial.errors import EnvoiInconnu
from services.commercial.proposition import documents, repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import MODIFIABLES
from shared.contracts.commercial import EnvoiDevisDemande
from shared.courriel.envoi import EtatEnvoi
from shared.courriel.errors import ServeurIndisponible
from shared.courriel.expediteur import Envoi as Reponse
from shared.courriel.message import Piece
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import Conflict, Refusal
from shared.means import Means

DEJA_CLOSE = "La proposition a changé d’état avant l’envoi : rien n’a été envoyé."
CHANGEE = (
    "Le devis a été modifié après la demande d’envoi : rien n’a été envoyé. Relisez-le, puis envoyez-le de nouveau."
)


async def executer(db: Database, fait: EnvoiDevisDemande) -> None:
    """Send what `fait` asks for, once."""
    async with db.transaction(Actor.systeme("Commercial"), correlation_id=fait.demande_id) as tx:
        pli = await _preparer(tx, fait.envoi_id)
    if pli is None:
        return
    try:
        fichier, reponse = await _poster(db, pli)
    except Refusal as refus:
        await _noter(db, fait, refus.detail, definitif=True)
        return
    except ServeurIndisponible as panne:
        await _noter(db, fait, f"Le serveur de messagerie ne répond pas ({panne}) ; l’envoi sera retenté.")
        raise
    await _constater(db, fait, pli, fichier, reponse)


async def _preparer(tx: Transaction, envoi_id: UUID) -> Pli | None:
    """Freeze what leaves and make its link; None when there is nothing to send."""
    envoi = await _get_for_update(tx, envoi_id)
    if envoi.etat is not EtatEnvoi.DEMANDE:
        return None
    proposition = await repository.get_for_update(tx, envoi.proposition_id)
    if raison := _empechement(tx, envoi, proposition):
        tx.publish(envoi.renoncer(raison, demande_id=proposition.demande_id, numero=proposition.numero))
        return None
    devis = await documents.composer(tx.session, proposition, le=jour_paris(envoi.demande_le))
    jetons = ouvrir_liens(tx, envoi.id, proposition.id, envoi.destinataires)
    nom = documents.nom_fichier(proposition)
    demandeur = Actor.systeme(envoi.demande_par_nom, id=envoi.demande_par)
    return Pli(envoi.id, demandeur, envoi.sujet, envoi.message, nom, devis, jetons)


def _empechement(tx: Transaction, envoi: Envoi, proposition: Proposition) -> str:
    """Why it must not leave any more: only the text that was held to the limits may."""
    if proposition.statut not in MODIFIABLES:
        return DEJA_CLOSE
    if envoi.revision != proposition.revision:
        return CHANGEE
    try:
        verifier_envoyable(tx, proposition)
    except Conflict as refus:
        return refus.detail
    return ""


async def _poster(db: Database, pli: Pli) -> tuple[Fichier, Reponse]:
    means = Means.of(db)
    pdf = await documents.imprimer(means, pli.devis)
    fichier = await means.stockage.poser(pdf, pli.nom, "application/pdf")
    pieces = [Piece(pli.nom, pdf)]
    base = f"{means.settings.public_url.rstrip('/')}/portail/devis"
    courriels = (
        rediger_courriel(
            pli, adresse, pieces, lien=f"{base}/{jeton}", expediteur=means.settings.mail_from, le=db.clock.now()
        )
        for adresse, jeton in pli.jetons.items()
    )
    return fichier, await poster(means.expediteur, courriels)


async def _constater(db: Database, fait: EnvoiDevisDemande, pli: Pli, fichier: Fichier, reponse: Reponse) -> None:
    """The mail left: older links are replaced, the proposition is sent, everybody is told."""
    async with db.transaction(pli.demandeur, correlation_id=fait.demande_id) as tx:
        envoi = await _get_for_update(tx, fait.envoi_id)
        if envoi.etat is EtatEnvoi.ENVOYE:
            return
        envoi.aboutir(sha256=fichier.sha256, nom=fichier.nom, refuses=reponse.refuses, le=tx.now)
        envoi.message_id = reponse.message_id
        anciens = (LienSignature.proposition_id == envoi.proposition_id, LienSignature.envoi_id != envoi.id)
        ouverts = LienSignature.remplace_le.is_(None)
        await tx.execute(update(LienSignature).where(*anciens, ouverts).values(remplace_le=tx.now))
        proposition = await repository.get_for_update(tx, envoi.proposition_id)
        if proposition.statut not in MODIFIABLES:
            return
        tx.publish(
            proposition.envoyer(
                presentation_id=pli.devis.presentation_id,
                destinataires=reponse.acceptes,
                sha256=fichier.sha256,
                revision=envoi.revision or proposition.revision,
                le=tx.now,
            )
        )
        if besoins := proposition.annoncer_besoins(proposition.besoins):
            tx.publish(besoins)


async def _noter(db: Database, fait: EnvoiDevisDemande, raison: str, *, definitif: bool = False) -> None:
    async with db.transaction(Actor.systeme("Commercial"), correlation_id=fait.demande_id) as tx:
        envoi = await _get_for_update(tx, fait.envoi_id)
        if envoi.etat is not EtatEnvoi.DEMANDE:
            return
        if definitif:
            numero = await tx.scalar(select(Proposition.numero).where(Proposition.id == envoi.proposition_id))
            tx.publish(envoi.renoncer(raison, demande_id=fait.demande_id, numero=numero))
        else:
            envoi.erreur = raison


async def _get_for_update(tx: Transaction, envoi_id: UUID) -> Envoi:
    envoi: Envoi | None = (await tx.scalars(select(Envoi).where(Envoi.id == envoi_id).with_for_update())).one_or_none()
    if envoi is None:
        raise EnvoiInconnu
    return envoi
