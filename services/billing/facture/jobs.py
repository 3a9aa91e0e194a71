"""Long work about invoices: rendering and mailing, outside any transaction, safe to run again."""

from uuid import UUID

from services.billing.facture.documents import papier
from services.billing.facture.models import EnvoiFacture, Facture
from shared.contracts.contacts import SocieteModifiee
from shared.courriel.errors import MessageRefuse, TousRefuses
from shared.courriel.message import Courriel, Piece, message_id
from shared.courriel.redaction import rediger
from shared.database.database import Database
from shared.documents.formats import date_courte, euros
from shared.kernel.actor import Actor
from shared.means import Means

FACTURATION = "facturation"


async def produire_pdf(db: Database, facture_id: UUID) -> None:
    """Render the invoice and keep its file; nothing to do when it is already there."""
    async with db.read() as session:
        facture = await session.get(Facture, facture_id)
    if facture is None or facture.document_sha256:
        return
    means = Means.of(db)
    contenu = await papier.pdf(means.renderer, facture)
    fichier = await means.stockage.poser(contenu, f"{facture.numero}.pdf", "application/pdf")
    async with db.transaction(Actor.systeme(FACTURATION)) as tx:
        gardee = await tx.get(Facture, facture_id, with_for_update=True)
        if gardee is not None and gardee.document_sha256 is None:
            gardee.document_sha256 = fichier.sha256


async def envoyer_par_courriel(db: Database, facture_id: UUID, envoi_id: UUID, actor: Actor) -> None:
    """Mail the invoice with its PDF, then say it was sent; a refusal of the server is kept for staff to see."""
    await produire_pdf(db, facture_id)
    async with db.read() as session:
        facture = await session.get(Facture, facture_id)
        envoi = await session.get(EnvoiFacture, envoi_id)
    if facture is None or envoi is None or envoi.etat != "demande":
        return
    etat, erreur, acceptes = "envoye", "", tuple(envoi.destinataires)
    try:
        resultat = await Means.of(db).expediteur.envoyer(await _courriel(db, facture, envoi))
        acceptes = resultat.acceptes
        erreur = " ; ".join(f"{adresse} : {raison}" for adresse, raison in resultat.refuses.items())
    except (TousRefuses, MessageRefuse) as refus:
        etat, erreur = "echoue", refus.detail
    async with db.transaction(actor) as tx:
        fait = await tx.get(EnvoiFacture, envoi_id, with_for_update=True)
        envoyee = await tx.get(Facture, facture_id, with_for_update=True)
        if fait is None or envoyee is None or fait.etat != "demande":
            return
        fait.conclure(etat, tx.now, erreur)
        if etat == "envoye":
            tx.publish(envoyee.envoyer("mail", acceptes))


async def _courriel(db: Database, facture: Facture, envoi: EnvoiFacture) -> Courriel:
    means = Means.of(db)
    societe = SocieteModifiee.model_validate(facture.contenu["societe"])
    genre = papier.GENRES[facture.nature].lower()
    corps = rediger(
        [f"Veuillez trouver ci-joint notre {genre} {facture.numero}.", facture.contenu["objet"]],
        societe=societe.raison_sociale,
        faits=[("Montant TTC", euros(facture.total_ttc)), ("Échéance", date_courte(facture.echeance))],
    )
    pdf = await means.stockage.lire(facture.document_sha256 or "")
    return Courriel(
        de=means.settings.mail_from,
        a=tuple(envoi.destinataires),
        sujet=f"{papier.GENRES[facture.nature]} {facture.numero} – {societe.raison_sociale}",
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(envoi.id, "amanela.local"),
        pieces=(Piece(f"{facture.numero}.pdf", pdf),),
        repondre_a=societe.email,
    )
