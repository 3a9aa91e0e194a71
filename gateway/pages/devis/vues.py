"""Words, colours and small computations the pages of quotes share."""

from typing import Any

from starlette.datastructures import FormData

from gateway.errors import Refus

# statut: (word, colour of its dot)
STATUTS = {
    "brouillon": ("Brouillon", "ardoise"),
    "envoye": ("Envoyée", "bleu"),
    "valide": ("Signée", "vert"),
    "refuse": ("Refusée", "rose"),
    "non_retenu": ("Non retenue", "orange"),
    "expire": ("Expirée", "ambre"),
}
CAUSES = {
    "prix": "Prix trop élevé",
    "delai": "Délai trop long",
    "concurrent": "Concurrent retenu",
    "technique": "Solution inadaptée",
    "projet_abandonne": "Projet abandonné ou reporté",
    "sans_reponse": "Sans réponse",
    "autre": "Autre raison",
}
ETATS_ETUDE = {"en_cours": ("En cours", "bleu"), "gagnee": ("Gagnée", "vert"), "perdue": ("Perdue", "rose")}
ETATS_AFFAIRE = {
    "opportunite": ("Opportunité", "ambre"),
    "affaire": ("Affaire", "vert"),
    "modele": ("Modèle", "violet"),
}
AJOUTE_MAX = 120
ETAPES = (("brouillon", "Brouillon"), ("envoye", "Envoyé"), ("valide", "Signé"), ("feuille", "Feuille de travail"))


def etapes(statut: str) -> list[dict[str, str]]:
    """The status steps: a signed devis is already being prepared."""
    cles = [cle for cle, _ in ETAPES]
    ici = cles.index("feuille") if statut == "valide" else cles.index(statut) if statut in cles else -1
    mots = ("passee", "courante", "a_venir")
    return [
        {"libelle": libelle, "etat": mots[(rang > ici) + (rang >= ici)]} for rang, (_, libelle) in enumerate(ETAPES)
    ]


def gagnee(etude: dict[str, Any] | None) -> bool:
    """A devis of it is signed: only avenants come after."""
    return any(p["statut"] == "valide" and not p["avenant_rang"] for p in (etude["propositions"] if etude else ()))


def onglets(etude: dict[str, Any] | None, proposition: dict[str, Any]) -> list[dict[str, Any]]:
    """One tab per proposition of the etude."""
    soeurs = etude["propositions"] if etude else [proposition]
    return [
        {
            "libelle": f"{p['lettre']} · {_nom(p)}",
            "href": f"/devis/propositions/{p['id']}",
            "actif": p["id"] == proposition["id"],
            "total_ht": p["totaux"]["total_ht"] if "totaux" in p else p["total_ht"],
            "etiquette": {"valide": "signé" if p["avenant_rang"] else "retenue", "envoye": "envoyée"}.get(p["statut"]),
        }
        for p in soeurs
    ]


def _nom(proposition: dict[str, Any]) -> str:
    rang = proposition["avenant_rang"]
    return proposition["libelle"] or (f"Avenant {rang}" if rang else proposition["numero"])


def versions(etude: dict[str, Any], proposition: dict[str, Any]) -> list[dict[str, Any]]:
    """The others of its kind: a devis is not compared with what amends it."""
    est_avenant = proposition["avenant_rang"] is not None
    autres = (p for p in etude["propositions"] if p["id"] != proposition["id"])
    return [p for p in autres if (p["avenant_rang"] is not None) == est_avenant]


def comparable(etude: dict[str, Any] | None, proposition: dict[str, Any]) -> tuple[str, str] | None:
    """Word and address of what it is compared with: its previous version, else the next; None when it is alone."""
    url = f"/devis/propositions/{proposition['id']}/comparer"
    soeurs = versions(etude, proposition) if etude else []
    if any(p["rang"] < proposition["rang"] for p in soeurs):
        return "Comparer avec la version précédente", url
    return ("Comparer avec la version suivante", f"{url}?avec={soeurs[0]['id']}") if soeurs else None


def deja(form: FormData) -> list[str]:
    """What was already added from this dialog."""
    return [str(nom)[:AJOUTE_MAX] for nom in form.getlist("ajoutes")]


def ajoute(contenu: dict[str, Any]) -> str:
    """The line just added, the last one, with how many."""
    ligne = contenu["lignes"][-1]
    return f"{float(ligne['quantite']):g} × {ligne['designation']}".replace(".", ",", 1)[:AJOUTE_MAX]


def erreurs_de(refus: Refus) -> dict[str, str]:
    """Messages by field; a refusal that names no field goes to the top of the form under ""."""
    return refus.erreurs or {"": refus.detail}
