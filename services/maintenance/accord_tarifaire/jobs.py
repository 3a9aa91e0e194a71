"""The mail that proposes tariffs, with its link. Sent outside any transaction, safe to run again."""

from uuid import UUID

from services.maintenance.accord_tarifaire import rules
from services.maintenance.accord_tarifaire.models import AccordTarifaire
from services.maintenance.accord_tarifaire.rules import EtatAccord
from services.maintenance.copies import queries as copies
from shared.contracts.contacts import SocieteModifiee
from shared.courriel.errors import MessageRefuse, TousRefuses
from shared.courriel.message import Courriel, message_id
from shared.courriel.redaction import Action, rediger
from shared.database.database import Database
from shared.documents.formats import date_longue, euros
from shared.kernel.actor import Actor
from shared.means import Means


async def envoyer(db: Database, accord_id: UUID) -> None:
    """Mail the tariffs, then say so; a refusal of the server is kept for staff to see."""
    means = Means.of(db)
    jeton = rules.jeton(means.settings.session_secret.get_secret_value(), accord_id)
    async with db.transaction(Actor.systeme("accords tarifaires")) as tx:
        accord = await tx.get(AccordTarifaire, accord_id, with_for_update=True)
        if accord is None or accord.etat is not EtatAccord.A_ENVOYER:
            return
        accord.jeton_sha256 = rules.empreinte(jeton)
        societe = await copies.societe(tx.session)
    erreur = ""
    try:
        await means.expediteur.envoyer(_courriel(means, accord, societe, jeton))
    except (TousRefuses, MessageRefuse) as refus:
        erreur = refus.detail
    async with db.transaction(Actor.systeme("accords tarifaires")) as tx:
        envoye = await tx.get(AccordTarifaire, accord_id, with_for_update=True)
        if envoye is not None and envoye.etat is EtatAccord.A_ENVOYER:
            envoye.conclure_envoi(tx.now, erreur)


def _courriel(means: Means, accord: AccordTarifaire, societe: SocieteModifiee, jeton: str) -> Courriel:
    adresse = f"{means.settings.public_url.rstrip('/')}/accord/{jeton}"
    corps = rediger(
        [
            "Vous n’avez pas de contrat de maintenance en cours chez nous. Avant toute intervention, merci de prendre "
            "connaissance de nos tarifs et de nous donner votre accord.",
            *([accord.conditions] if accord.conditions else []),
            "Votre réponse prend une minute. Sans accord de votre part, aucune intervention ne sera engagée.",
        ],
        societe=societe.raison_sociale,
        faits=[
            ("Main-d’œuvre, l’heure HT", euros(accord.taux_horaire_ht)),
            ("Déplacement HT", euros(accord.deplacement_ht)),
            ("Valable jusqu’au", date_longue(accord.valable_jusqu_au)),
        ],
        action=Action("Lire et répondre", adresse),
        pied=f"Référence {accord.numero}. Une question ? {societe.telephone}",
    )
    return Courriel(
        de=means.settings.mail_from,
        a=(accord.destinataire,),
        sujet=f"Tarifs d’intervention {accord.numero} – {societe.raison_sociale}",
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(accord.id, "amanela.local", f"{accord.destinataire}:{accord.envois}"),
        repondre_a=societe.email,
    )
