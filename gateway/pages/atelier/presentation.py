"""How the workshop looks: words and colours of states, icons of the fil de vie."""

from typing import Any

Json = dict[str, Any]

# state: (word, tone)
ETATS_FEUILLE = {
    "ouverte": ("En préparation", "accent"),
    "prete": ("Prête", "succes"),
    "cloturee": ("Clôturée", "violet"),
    "validee": ("Validée", "neutre"),
}
ETATS_OBJET = {
    "en_stock": ("En stock", "succes"),
    "en_preparation": ("En préparation", "accent"),
    "installe": ("Chez le client", "violet"),
    "sorti": ("Sorti du stock", "neutre"),
    "en_transit": ("En transit", "alerte"),
    "retourne": ("Chez le fournisseur", "alerte"),
}
PICTOGRAMMES_OBJET = {
    "en_stock": "warehouse",
    "en_preparation": "wrench",
    "installe": "building-2",
    "sorti": "trash-2",
    "en_transit": "truck",
    "retourne": "undo-2",
}
PREPARATIONS = {
    "a_configurer": ("À configurer", "settings-2"),
    "a_faire": ("À faire", "circle-dashed"),
    "pret": ("Prêt", "circle-check"),
}
FAITS = {
    "mouvement": "arrow-right-left",
    "configuration": "settings-2",
    "etiquette": "qr-code",
    "feuille": "clipboard-check",
    "livraison": "truck",
    "retour": "undo-2",
    "echange": "replace",
    "photo": "camera",
    "document": "file-text",
    "pv": "signature",
    "facture": "receipt-euro",
    "parc": "boxes",
    "contrat": "shield-check",
    "visite": "calendar-check",
    "demande": "ticket",
    "negociation": "messages-square",
    "commande": "shopping-cart",
    "cout": "receipt-euro",
    "vente": "receipt-text",
    "temps": "clock",
}
MASQUE = "••••••••"  # how a page shows a secret it does not hold
PISTES = {
    "etiquette": "Étiquette",
    "numero_serie": "Numéro de série",
    "facture_fournisseur": "Facture fournisseur",
    "emplacement": "Emplacement",
}
ETAPES = (
    ("ouverte", "En préparation"),
    ("prete", "Toutes les colonnes vertes"),
    ("cloturee", "Préparation clôturée"),
    ("validee", "Validée"),
)


def etapes(feuille: Json) -> list[Json]:
    """The life of a feuille, as steps."""
    rangs = [cle for cle, _ in ETAPES]
    ici = rangs.index(feuille["etat"])
    steps = [
        {"libelle": libelle, "etat": "courante" if rang == ici else ("passee" if rang < ici else "a_venir")}
        for rang, (_, libelle) in enumerate(ETAPES)
    ]
    if ici > 1 and a_finir(feuille):
        steps[1]["etat"] = "a_venir"
    return steps


def a_finir(feuille: Json) -> list[Json]:
    """The columns that are not green."""
    return [colonne for colonne in feuille["colonnes"] if not colonne["est_verte"]]


def reserve(feuille: Json) -> bool:
    """Whether stock kept for the feuille can be brought to it."""
    return any(float(a["reserve"]) > 0 for c in feuille["colonnes"] for a in c["attendus"])


def sans_etiquette(feuille: Json) -> list[str]:
    """The objects that should carry a label and do not."""
    return [
        o["id"]
        for c in feuille["colonnes"]
        for o in c["objets"]
        if o["etiquette"] is None and float(o["quantite"]) == 1 and (o["etiquette_requise"] or o["est_visible_parc"])
    ]


def provenances(feuille: Json) -> list[Json]:
    """One object per supplier invoice the objects came with, in alphabetical order of the invoices."""
    par_facture = {(o["facture_fournisseur"], o["reception_id"]): o for c in feuille["colonnes"] for o in c["objets"]}
    return [par_facture[cle] for cle in sorted(par_facture, key=str) if cle[0]]
