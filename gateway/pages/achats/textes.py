"""The words and colours of purchasing on screen."""

from typing import Any

AVANCEMENTS = (
    ("a_contacter", "À contacter"),
    ("mail", "Demandé par e-mail"),
    ("telephone", "Demandé par téléphone"),
    ("panier", "Panier e-commerce"),
    ("devis_recu", "Devis reçu"),
)
BESOINS: dict[str, tuple[str, str, str]] = {
    "a_acheter": ("À acheter", "danger", "circle-alert"),
    "en_negociation": ("En négociation", "alerte", "messages-square"),
    "en_commande": ("En commande", "accent", "truck"),
    "en_stock": ("En stock", "succes", "circle-check"),
}
COMMANDES: dict[str, tuple[str, str]] = {
    "a_approuver": ("À approuver", "orange"),
    "refusee": ("Refusée", "rose"),
    "passee": ("Passée", "bleu"),
    "recue_partielle": ("Reçue en partie", "ambre"),
    "cloturee": ("Clôturée", "vert"),
}
RECEPTIONS: dict[str, tuple[str, str]] = {
    "ouverte": ("En cours", "ambre"),
    "validee": ("Validée", "vert"),
    "abandonnee": ("Abandonnée", "ardoise"),
}
NEGOCIATIONS: dict[str, tuple[str, str]] = {
    "ouverte": ("En cours", "ambre"),
    "commandee": ("Commandée", "vert"),
    "fermee": ("Fermée", "ardoise"),
    "non_retenue": ("Non retenue", "rose"),
}
ENVOIS: dict[str, tuple[str, str, str]] = {
    "demande": ("En cours d’envoi", "alerte", "loader"),
    "envoye": ("Envoyé", "succes", "circle-check"),
    "echec": ("Non envoyé", "danger", "circle-alert"),
}
LECTURES: dict[str, tuple[str, str, str]] = {
    "attendu": ("Attendu", "succes", "circle-check"),
    "en_trop": ("En trop", "alerte", "triangle-alert"),
    "inconnu": ("Inconnu", "danger", "circle-alert"),
}
FILTRES_BESOINS = (("a_acheter", "À acheter"), ("manquants", "Manquants"), ("tous", "Tous"))

MOTS: dict[str, Any] = {
    "avancements": AVANCEMENTS,
    "avancement": dict(AVANCEMENTS),
    "etats_besoin": BESOINS,
    "etats_commande": COMMANDES,
    "etats_reception": RECEPTIONS,
    "etats_negociation": NEGOCIATIONS,
    "etats_envoi": ENVOIS,
    "resultats": LECTURES,
}
