"""The job an answer causes: seal what was signed, tell the salesman, give the client a copy.

It may be called again after a crash: the sealed file is kept once, the mails keep their Message-ID.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.proposition import documents as devis
from services.commercial.proposition import repository
from services.commercial.proposition.models.signature import Signature
from services.commercial.signature import documents
from services.commercial.signature.documents import Avis, Preuve
from services.commercial.signature.models import GenreReponse, ReponseClient
from shared.contracts.commercial import ReponseClientRecue
from shared.courriel.message import Piece
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.documents.papier import Papier
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import Refusal
from shared.means import Means

MOTIF = "Devis accepté par le client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sceau:
    """A signature to seal, or already sealed (`scelle`)."""

    signature_id: UUID
    papier: Papier
    accord: Preuve
    document_sha256: str
    nom: str
    scelle: str | None
    destinataires: tuple[str, ...]


async def executer(db: Database, fait: ReponseClientRecue) -> None:
    """Do what the answer asks for, once."""
    auteur, means = Actor.systeme("Commercial"), Means.of(db)
    async with db.transaction(auteur, correlation_id=fait.demande_id) as tx:
        reponse = await _get(tx, fait.reponse_id)
        if reponse.avise_le is not None:
            return
        avis, sceau = await _lire(tx, reponse, means)
    signe = await _sceller(db, means, fait, sceau) if sceau else None
    try:
        await _prevenir(means, avis, signe, sceau)
        erreur = ""
    except Refusal as refus:
        erreur = refus.detail
    async with db.transaction(auteur, correlation_id=fait.demande_id) as tx:
        (await _get(tx, fait.reponse_id)).aviser(le=tx.now, erreur=erreur)


async def _lire(tx: Transaction, reponse: ReponseClient, means: Means) -> tuple[Avis, Sceau | None]:
    proposition = await repository.get(tx.session, reponse.proposition_id)
    page = f"{means.settings.public_url.rstrip('/')}/devis/propositions/{proposition.id}"
    compose = await devis.composer(tx.session, proposition, le=jour_paris(reponse.recue_le))
    avis = documents.avis(reponse, proposition, compose, page=page)
    if reponse.genre is not GenreReponse.ACCORD:
        return avis, None
    choix = select(Signature).where(Signature.lien_id == reponse.lien_id)
    signature = (await tx.scalars(choix)).one_or_none()
    if signature is None or signature.document_sha256 is None:
        return avis, None
    envoi = (
        select(Envoi).join(LienSignature, LienSignature.envoi_id == Envoi.id).where(LienSignature.id == reponse.lien_id)
    )
    destinataires = (await tx.scalars(envoi)).one().destinataires
    return avis, Sceau(
        signature_id=signature.id,
        papier=documents.papier_de_preuve(compose, signature),
        accord=documents.preuve(signature, proposition),
        document_sha256=signature.document_sha256,
        nom=documents.nom_fichier(proposition),
        scelle=signature.document_signe_sha256,
        destinataires=tuple(destinataires),
    )


async def _sceller(db: Database, means: Means, fait: ReponseClientRecue, sceau: Sceau) -> Piece:
    if sceau.scelle is not None:
        return Piece(sceau.nom, await means.stockage.lire(sceau.scelle))
    lu = await means.stockage.lire(sceau.document_sha256)
    annexe = await documents.imprimer(means.renderer, sceau.papier, sceau.accord)
    societe = sceau.papier.societe.nom
    scelle = await means.cachet.sceller(lu, annexe, societe=societe, motif=MOTIF, le=db.clock.now())
    fichier = await means.stockage.poser(scelle, sceau.nom, "application/pdf")
    await _garder(db, fait, sceau, fichier)
    return Piece(fichier.nom, scelle)


async def _garder(db: Database, fait: ReponseClientRecue, sceau: Sceau, fichier: Fichier) -> None:
    async with db.transaction(Actor.systeme("Commercial"), correlation_id=fait.demande_id) as tx:
        choix = select(Signature).where(Signature.id == sceau.signature_id).with_for_update()
        signature = (await tx.scalars(choix)).one()
        signature.joindre(fichier)


async def _prevenir(means: Means, avis: Avis, signe: Piece | None, sceau: Sceau | None) -> None:
    expediteur = means.settings.mail_from
    if avis.destinataire:
        courriel = documents.prevenir_commercial(avis, signe, expediteur=expediteur)
        await means.expediteur.envoyer(courriel)
    if sceau is not None and signe is not None:
        copie = documents.remercier_client(avis, signe, sceau.destinataires, expediteur=expediteur)
        await means.expediteur.envoyer(copie)


async def _get(tx: Transaction, reponse_id: UUID) -> ReponseClient:
    choix = select(ReponseClient).where(ReponseClient.id == reponse_id).with_for_update()
    reponse: ReponseClient = (await tx.scalars(choix)).one()
    return reponse
