"""The kinds of notifications, and how each may be received. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Canal(StrEnum):
    """How somebody wants to be told."""

    COURRIEL = "courriel"  # on screen and by mail at once
    ECRAN = "ecran"
    JAMAIS = "jamais"


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of notification: what its setting says, its icon, the right to read what it tells of.

    `defaut` is how it is received by who never chose.
    """

    libelle: str
    icone: str
    droit: str
    defaut: Canal = Canal.ECRAN


GENRES = {
    "demande_confiee": Genre("Une demande m’est confiée", "user-round-check", "demande.lire", Canal.COURRIEL),
    "mention": Genre("Un collègue me cite dans une note", "at-sign", "demande.lire", Canal.COURRIEL),
    "reponse_client": Genre(
        "Un client répond à une demande dont j’ai la charge", "mail", "demande.lire", Canal.COURRIEL
    ),
    "demande_suivie": Genre("Une demande que je suis avance ou reçoit une note", "bell-ring", "demande.lire"),
    "intervention": Genre(
        "Une intervention m’est confiée, change de date ou est annulée",
        "calendar-days",
        "planning.lire",
        Canal.COURRIEL,
    ),
    "preparation_cloturee": Genre("Une préparation est clôturée sur place", "flag", "demande.lire"),
    "devis_signe": Genre("Un de mes devis est signé", "signature", "devis.lire", Canal.COURRIEL),
    "devis_refuse": Genre("Un de mes devis est refusé", "circle-x", "devis.lire"),
    "question_devis": Genre(
        "Un client pose une question sur un de mes devis", "message-circle-question-mark", "devis.lire"
    ),
    "devis_a_approuver": Genre("Un devis attend mon accord", "shield-check", "marge.approuver", Canal.COURRIEL),
    "encours_a_approuver": Genre(
        "Un devis au-delà de l’encours d’un client attend mon accord",
        "shield-alert",
        "encours.approuver",
        Canal.COURRIEL,
    ),
    "devis_approuve": Genre("Mon devis est approuvé ou refusé", "stamp", "devis.lire", Canal.COURRIEL),
    "devis_non_parti": Genre(
        "Un devis que j’envoie n’est pas parti, ou revient", "mail-warning", "devis.lire", Canal.COURRIEL
    ),
    "commande_a_approuver": Genre(
        "Une commande attend mon accord", "shield-question-mark", "commande.approuver", Canal.COURRIEL
    ),
    "commande_decidee": Genre("Ma commande est approuvée ou refusée", "stamp", "achat.lire", Canal.COURRIEL),
    "facture_bloquee": Genre(
        "Une facture fournisseur est bloquée", "receipt-text", "facture_fournisseur.liberer", Canal.COURRIEL
    ),
    "commande_en_retard": Genre("Une commande fournisseur est en retard", "alarm-clock", "achat.lire"),
    "webhook_arrete": Genre("Un webhook est arrêté", "unplug", "administration", Canal.COURRIEL),
    "facture_impayee": Genre("Une facture client n’est pas payée à l’échéance", "hourglass", "facture.lire"),
}
RESUME = "notif.resume"
RESUME_LE = "notif.resume_le"
HEURE_DU_RESUME = 7
# What waits or is late concerns whoever works on it: the roles of that job.
METIERS = {
    "commande_en_retard": "achats",
    "facture_impayee": "administratif",
    "preparation_cloturee": "administratif",
}


def cle(genre: str) -> str:
    """The name of the preference of a kind."""
    return f"notif.{genre}"


def canal(genre: str, choisi: str | None) -> Canal:
    """How somebody who chose `choisi` receives `genre`; an unknown choice is none."""
    return Canal(choisi) if choisi in set(Canal) else GENRES[genre].defaut
