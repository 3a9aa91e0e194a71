"""The job that sends a reminder: the same file as the devis, a link of one's own for each person, once."""

from sqlalchemy import select

from services.commercial.envoi import queries as envois
from services.commercial.envoi.use_cases import ouvrir_liens, poster
from services.commercial.presentation.rules import remplacer
from services.commercial.proposition import documents as devis
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.relance import documents
from services.commercial.relance.documents import Rappel
from services.commercial.relance.models import Relance
from services.commercial.relance.queries import A_QUESTIONNE
from shared.contracts.commercial import RelanceDevisDemandee
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.documents import formats
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import Refusal
from shared.means import Means

AUTEUR = "Relance automatique"
SANS_OBJET = "Le client a répondu ou le devis a changé : rien n’a été envoyé."


async def executer(db: Database, fait: RelanceDevisDemandee) -> None:
    """Remind, unless the client answered in the meantime."""
    async with db.transaction(Actor.systeme(AUTEUR), correlation_id=fait.demande_id) as tx:
        rappel = await _preparer(tx, fait)
    if rappel is None:
        return
    means = Means.of(db)
    erreur = ""
    try:
        pdf = await means.stockage.lire(rappel.document_sha256)
        base = f"{means.settings.public_url.rstrip('/')}/portail/devis"
        courriels = (
            documents.rediger_courriel(
                rappel, adresse, pdf, lien=f"{base}/{jeton}", expediteur=means.settings.mail_from
            )
            for adresse, jeton in rappel.jetons.items()
        )
        await poster(means.expediteur, courriels)
    except Refusal as refus:
        erreur = refus.detail
    async with db.transaction(Actor.systeme(AUTEUR), correlation_id=fait.demande_id) as tx:
        relance = await _get_for_update(tx, fait)
        if relance.faite_le is None:
            relance.faire(par=AUTEUR, le=tx.now, note=", ".join(rappel.jetons), erreur=erreur)


async def _preparer(tx: Transaction, fait: RelanceDevisDemandee) -> Rappel | None:
    relance = await _get_for_update(tx, fait)
    if relance.faite_le is not None:
        return None
    proposition = await repository.get_for_update(tx, relance.proposition_id)
    envoi = await envois.dernier_abouti(tx.session, proposition.id)
    questionne = await tx.scalar(select(A_QUESTIONNE).where(Proposition.id == proposition.id))
    attend = proposition.statut is Statut.ENVOYE and not proposition.est_modifiee_depuis_envoi and not questionne
    if not attend or envoi is None or envoi.document_sha256 is None or proposition.valide_jusqu_au < jour_paris(tx.now):
        relance.faire(par=AUTEUR, le=tx.now, note="", erreur=SANS_OBJET)
        return None
    compose = await devis.composer(tx.session, proposition, le=jour_paris(tx.now))
    jetons = ouvrir_liens(tx, envoi.id, proposition.id, envoi.destinataires)
    validite = formats.date_longue(proposition.valide_jusqu_au)
    mots = {
        "numero": proposition.numero,
        "objet": proposition.objet,
        "client": proposition.tiers_nom,
        "validite": validite,
        "commercial": compose.commercial,
        "date": formats.date_longue(jour_paris(tx.now)),
    }
    return Rappel(
        relance_id=relance.id,
        sujet=" ".join(remplacer(relance.sujet, mots).split())[:200],
        message=remplacer(relance.message, mots),
        titre=compose.titre,
        numero=proposition.numero,
        objet=proposition.objet,
        validite=validite,
        societe=compose.papier.societe.nom,
        commercial=compose.commercial,
        repondre_a=compose.commercial_courriel,
        document_sha256=envoi.document_sha256,
        document_nom=envoi.document_nom,
        jetons=jetons,
        le=tx.now,
    )


async def _get_for_update(tx: Transaction, fait: RelanceDevisDemandee) -> Relance:
    relance: Relance = (await tx.scalars(select(Relance).where(Relance.id == fait.relance_id).with_for_update())).one()
    return relance
