"""What an object's values are called and how they read; what a search looks at. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from shared.kernel.text import normaliser_recherche

LIBELLES = {
    "ip": "Adresse IP",
    "adresse_ip": "Adresse IP",
    "mac": "Adresse MAC",
    "adresse_mac": "Adresse MAC",
    "passerelle": "Passerelle",
    "masque": "Masque",
    "vlan": "VLAN",
    "ssid": "SSID",
    "firmware": "Micrologiciel",
    "compteur": "Compteur",
    "utilisateur": "Utilisateur",
    "nom_machine": "Nom de la machine",
    "numero_ligne": "Numéro de ligne",
}
LONGUEUR_MAX = 500


def libelle(champ: str) -> str:
    """How a field reads on screen: "adresse_ip" is "Adresse IP"."""
    mots = champ.replace("_", " ").strip()
    return LIBELLES.get(champ.lower(), mots[:1].upper() + mots[1:])


def champ(saisie: str, libelles: Mapping[str, str] | None = None) -> str:
    """The stored name of a field typed by hand: "adresse ip" is the known "adresse_ip", any other stays as typed.

    `libelles` is how the workshop calls the fields of the equipment: its words are known too.
    """
    propre = " ".join(saisie.split())
    for connu, nom in (libelles or {}).items():
        if normaliser_recherche(propre) == normaliser_recherche(nom):
            return connu
    cle = re.sub(r"[^a-z0-9]+", "_", normaliser_recherche(propre)).strip("_")
    return cle if cle in LIBELLES else propre


def lisible(valeur: Any) -> str:
    """A configuration value as text; empty when there is nothing to read."""
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case list() | tuple():
            return ", ".join(filter(None, map(lisible, valeur)))[:LONGUEUR_MAX]
        case dict():
            return ", ".join(f"{libelle(str(c))} {lisible(v)}" for c, v in valeur.items() if lisible(v))[:LONGUEUR_MAX]
    return str(valeur).strip()[:LONGUEUR_MAX]


def nouvelles(actuelles: Mapping[str, str], lues: Mapping[str, Any]) -> dict[str, str]:
    """The values that say something the current ones do not."""
    textes = {c: lisible(v) for c, v in lues.items()}
    return {c: v for c, v in textes.items() if v != actuelles.get(c, "")}
