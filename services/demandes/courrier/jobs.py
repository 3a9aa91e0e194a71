"""Reading the mailbox of the company, message by message: each is kept in its own transaction, then marked there."""

import asyncio

from structlog import get_logger

from services.demandes.courrier import rules, use_cases
from shared.courriel.errors import BoiteInaccessible
from shared.courriel.expediteur import Tls
from shared.courriel.releve import Boite, Message, ReglagesImap
from shared.database.database import Database
from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor
from shared.means import Means
from shared.settings import Settings

log = get_logger(__name__)


async def relever(db: Database) -> int:
    """Take what arrived; how many messages were new. Nothing is done without a mailbox in the settings."""
    means = Means.of(db)
    if not means.settings.imap_host:
        return 0
    boite = Boite(_reglages(means.settings))
    try:
        messages = await boite.lire()
        nouveaux = 0
        for message in messages:
            nouveaux += await _prendre(db, means, message)
            await boite.marquer([message.uid])
    except BoiteInaccessible as absence:
        log.warning("courrier.boite_inaccessible", raison=absence.detail)
        return 0
    return nouveaux


async def _prendre(db: Database, means: Means, message: Message) -> bool:
    recu = await asyncio.to_thread(rules.lire, message.contenu, nous=means.settings.mail_from)
    pieces: list[use_cases.Piece] = []
    if not message.est_entier:
        pieces.append(("Message entier", "Le message est trop volumineux : il reste dans la boîte aux lettres."))
    elif not recu.ecarte:
        pieces = [(piece.nom, await _poser(means, piece)) for piece in recu.pieces]
    acteur = Actor.systeme(recu.auteur or "Messagerie")
    try:
        async with db.transaction(acteur) as tx:
            return await use_cases.recevoir(tx, recu, pieces, type_code=means.settings.imap_demand_type)
    except Exception:  # one message must not hold back those behind it; a database that is away refuses the second too
        log.exception("courrier.mis_de_cote", message_id=recu.message_id)
        async with db.transaction(acteur) as tx:
            return await use_cases.mettre_de_cote(tx, recu, pieces)


async def _poser(means: Means, piece: rules.PieceLue) -> Fichier | str:
    try:
        return await means.stockage.poser(piece.contenu, piece.nom, piece.type)
    except (FichierVide, FichierTropGros, TypeRefuse, ContenuTrompeur) as refus:
        return refus.detail


def _reglages(settings: Settings) -> ReglagesImap:
    return ReglagesImap(
        hote=settings.imap_host,
        port=settings.imap_port,
        tls=Tls(settings.imap_tls),
        utilisateur=settings.imap_user,
        mot_de_passe=settings.imap_password.get_secret_value(),
        dossier=settings.imap_folder,
    )
