"""Words, colours and small computations the pages of quotes share."""

from typing import Any

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
ETATS_ETUDE = {"en_cours": ("En cours", "bleu"), "gagnee": ("Gagnée", "vert"), "perdue": ("Perdue", "rose")}
ETATS_AFFAIRE = {
    "opportunite": ("Opportunité", "ambre"),
    "affaire": ("Affaire", "vert"),
    "modele": ("Modèle", "violet"),
}
ETAPES = (("brouillon", "Brouillon"), ("envoye", "Envoyé"), ("valide", "Signé"), ("feuille", "Feuille de travail"))


def etapes(statut: str) -> list[dict[str, str]]:
    """The status steps: a signed devis is already being prepared."""
    cles = [cle for cle, _ in ETAPES]
    ici = cles.index("feuille") if statut == "valide" else cles.index(statut) if statut in cles else -1
    mots = ("passee", "courante", "a_venir")
    return [
        {"libelle": libelle, "etat": mots[(rang > ici) + (rang >= ici)]} for rang, (_, libelle) in enumerate(ETAPES)
    ]


def onglets(etude: dict[str, Any] | None, proposition: dict[str, Any]) -> list[dict[str, Any]]:
    """One tab per proposition of the etude."""
    soeurs = etude["propositions"] if etude else [proposition]
    return [
        {
            "libelle": f"{p['lettre']} · {p['libelle'] or p['numero']}",
            "href": f"/devis/propositions/{p['id']}",
            "actif": p["id"] == proposition["id"],
            "etiquette": {"valide": "retenue", "envoye": "envoyée"}.get(p["statut"]),
        }
        for p in soeurs
    ]


def erreurs_de(refus: Refus) -> dict[str, str]:
    """Messages by field; a refusal that names no field goes to the top of the form under ""."""
    return refus.erreurs or {"": refus.detail}
