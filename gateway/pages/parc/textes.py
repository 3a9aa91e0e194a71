"""The words and colours of maintenance on screen."""

from typing import Any

CONTRATS: dict[str, tuple[str, str]] = {
    "brouillon": ("Brouillon", "ardoise"),
    "actif": ("Actif", "vert"),
    "resilie": ("Résilié", "rose"),
    "termine": ("Terminé", "ardoise"),
}
VISITES: dict[str, tuple[str, str]] = {
    "proposee": ("À l’activation", "ardoise"),
    "programmee": ("Programmée", "ardoise"),
    "due": ("À prévoir", "ambre"),
    "planifiee": ("Planifiée", "bleu"),
    "effectuee": ("Relevés attendus", "violet"),
    "realisee": ("Réalisée", "vert"),
    "annulee": ("Annulée", "rose"),
}
ACCORDS: dict[str, tuple[str, str]] = {
    "a_envoyer": ("Envoi en cours", "bleu"),
    "envoye": ("En attente de réponse", "ambre"),
    "signe": ("Accepté", "vert"),
    "refuse": ("Refusé", "rose"),
    "remplace": ("Remplacé", "ardoise"),
    "echoue": ("Envoi échoué", "orange"),
}
COUVERTURES: dict[str, tuple[str, str, str]] = {
    "contrat": ("succes", "Sous contrat", "Une demande de SAV peut être ouverte tout de suite."),
    "accord": ("succes", "Tarifs acceptés", "Hors contrat : l’intervention sera facturée aux tarifs acceptés."),
    "en_attente": ("alerte", "Réponse attendue", "Les tarifs ont été envoyés ; aucune intervention avant la réponse."),
    "refuse": ("danger", "Tarifs refusés", "Le client a refusé les tarifs : aucune intervention possible."),
    "aucune": ("alerte", "Ni contrat ni tarifs acceptés", "Envoyez les tarifs au client avant toute intervention."),
}
PERIODICITES = (
    (1, "Chaque mois"),
    (2, "Tous les 2 mois"),
    (3, "Chaque trimestre"),
    (4, "Tous les 4 mois"),
    (6, "Chaque semestre"),
    (12, "Chaque année"),
    (24, "Tous les 2 ans"),
    (36, "Tous les 3 ans"),
)
FREQUENCES = ((0, "Aucune visite"), *((n, f"{n} visite{'s' if n > 1 else ''} par an") for n in (1, 2, 3, 4, 6, 12)))
ECHEANCES = (("oui", "À échoir (en début de période)"), ("non", "À échu (en fin de période)"))
GENRES = (("info", "Information"), ("sav", "Demande de SAV"), ("commercial", "Demande commerciale"))
SOURCES = {"atelier": "configuration d’atelier", "visite": "visite", "saisie": "saisie"}

MOTS: dict[str, Any] = {
    "etats_contrat": CONTRATS,
    "etats_visite": VISITES,
    "etats_accord": ACCORDS,
    "couvertures": COUVERTURES,
    "periodicites": PERIODICITES,
    "periodicite": dict(PERIODICITES),
    "frequences": FREQUENCES,
    "modes_echeance": ECHEANCES,
    "genres": GENRES,
    "genre": dict(GENRES),
    "sources": SOURCES,
}
