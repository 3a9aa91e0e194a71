"""What the columns of a file of tiers mean: their names, the words a cell may hold, how a row completes a file. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shared.kernel.nombre import lire_nombre
from shared.kernel.text import normaliser_recherche

Cle = Literal["code", "siret", "siren", "email", "nom", ""]


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column of the file: its key, its heading, other headings that mean the same."""

    cle: str
    libelle: str
    synonymes: tuple[str, ...] = ()


COLONNES = (
    Colonne("code", "Code", ("code tiers", "code client", "reference", "numero client")),
    Colonne("nom", "Nom", ("raison sociale", "societe", "client", "name", "denomination")),
    Colonne("roles", "Type", ("role", "roles", "categorie")),
    Colonne("siren", "SIREN"),
    Colonne("siret", "SIRET", ("n siret",)),
    Colonne("tva_intracom", "TVA intracommunautaire", ("tva", "numero de tva", "n tva")),
    Colonne("regime_tva", "Régime de TVA", ("regime",)),
    Colonne("email", "E-mail", ("mail", "courriel", "adresse mail", "e mail")),
    Colonne("email_facturation", "E-mail de facturation", ("mail facturation", "mail compta")),
    Colonne("telephone", "Téléphone", ("tel", "phone", "telephone fixe", "portable")),
    Colonne("adresse", "Adresse", ("rue", "adresse 1", "voie")),
    Colonne("code_postal", "Code postal", ("cp", "postal")),
    Colonne("ville", "Ville", ("commune", "localite")),
    Colonne("pays", "Pays"),
    Colonne("canal_envoi", "Envoi des factures", ("canal", "envoi")),
    Colonne("est_public", "Client public", ("public", "secteur public")),
    Colonne("service_chorus", "Code service Chorus", ("service chorus",)),
    Colonne("plafond_encours_ht", "Plafond d’encours HT", ("plafond", "encours autorise", "plafond encours")),
    Colonne("delai_paiement_jours", "Délai de paiement (jours)", ("delai", "delai de paiement")),
    Colonne("notes", "Notes", ("note", "commentaire", "observations")),
)
LIBELLES = {c.cle: c.libelle for c in COLONNES}
REFUSEES = {  # by the code of a refusal, the column it is about
    **{"siren_invalide": "siren", "siret_invalide": "siret", "siret_deja_connu": "siret"},
    **{"tva_invalide": "tva_intracom", "courriel_invalide": "email", "telephone_invalide": "telephone"},
}
ADRESSE = ("adresse", "code_postal", "ville", "pays")
MOTS: dict[str, dict[str, str]] = {
    "regime_tva": {
        **{"france": "france", "export": "export", "intracom": "intracom", "intracommunautaire": "intracom"},
        **{"autoliquidation": "autoliquidation", "franchise": "franchise", "franchise en base": "franchise"},
    },
    "canal_envoi": {
        **{"mail": "mail", "e mail": "mail", "courriel": "mail", "chorus": "chorus", "chorus pro": "chorus"},
        **{"papier": "papier", "courrier": "papier"},
    },
    "est_public": {
        "oui": "oui",
        "o": "oui",
        "1": "oui",
        "vrai": "oui",
        "x": "oui",
        "non": "",
        "n": "",
        "0": "",
        "faux": "",
    },
}


def connue(cle: str) -> str:
    """`cle`, when it names a column; ValueError otherwise."""
    if cle not in LIBELLES:
        raise ValueError("colonne inconnue")
    return cle


class CelluleRefusee(ValueError):
    """A cell says something its column does not take: (column, sentence)."""


def normale(cle: str, valeur: str) -> str:
    """A value of the key without what only its writing changes."""
    propre = valeur.strip()
    if cle in ("siret", "siren"):
        return "".join(propre.split())
    return propre.upper() if cle == "code" else propre.lower() if cle == "email" else propre


def doubles(rangees: Sequence[Sequence[str]], colonnes: Mapping[int, str], cle: str) -> dict[int, tuple[str, int]]:
    """The lines of a file whose key was on a line before: {line: (column, that line)}; without a key, whose e-mail was.

    `rangees` are those under the headings, which are line 1.
    """
    vue = cle or "email"
    premieres: dict[str, int] = {}
    repetees: dict[int, tuple[str, int]] = {}
    for numero, rangee in enumerate(rangees, 2):
        valeur = normale(vue, lire(rangee, colonnes).get(vue, ""))
        if valeur and premieres.setdefault(valeur, numero) != numero:
            repetees[numero] = (vue, premieres[valeur])
    return repetees


def proposer(entetes: Sequence[str]) -> dict[int, str]:
    """The column each heading most likely is; headings not understood are left out, each column is taken once."""
    noms = {_mot(n): c.cle for c in COLONNES for n in (c.libelle, c.cle, *c.synonymes)}
    proposees: dict[int, str] = {}
    for rang, entete in enumerate(entetes):
        cle = noms.get(_mot(entete))
        if cle and cle not in proposees.values():
            proposees[rang] = cle
    return proposees


def lire(rangee: Sequence[str], colonnes: Mapping[int, str]) -> dict[str, str]:
    """The cells of a row by column, without those left empty."""
    return {cle: rangee[rang] for rang, cle in colonnes.items() if rang < len(rangee) and rangee[rang]}


def completer(
    fiche: Mapping[str, Any], cellules: Mapping[str, str], genre: Callable[[str], str] = str.lower
) -> dict[str, Any]:
    """The file once the row is applied: an empty cell keeps what is there; raises CelluleRefusee.

    `genre` gives the code of a kind of tiers out of the word that names it.
    """
    saisie = dict(fiche)
    for cle, texte in cellules.items():
        if cle == "code" or cle in ADRESSE:
            continue
        saisie[cle] = _valeur(cle, texte, genre)
    adresse = {cle: cellules[cle] for cle in ADRESSE if cle in cellules}
    if adresse:
        principale, *autres = [*fiche.get("adresses", []), {}][: max(1, len(fiche.get("adresses", [])))]
        saisie["adresses"] = [{**principale, **_adresse(adresse)}, *autres]
    return saisie


def _valeur(cle: str, texte: str, genre: Callable[[str], str]) -> Any:
    if cle == "roles":
        return [genre(m) for m in re.split(r"[,;/|+·]", texte) if m.strip()]
    if cle in MOTS:
        lu = MOTS[cle].get(_mot(texte))
        if lu is None:
            raise CelluleRefusee(LIBELLES[cle], f"« {texte} » n’est pas une valeur de cette colonne.")
        return lu == "oui" if cle == "est_public" else lu
    if cle in ("plafond_encours_ht", "delai_paiement_jours"):
        return _nombre(texte)
    return texte.removeprefix("'") if texte.startswith("'") else texte


def _nombre(texte: str) -> str:
    """« 1 000,00 € » as "1000.00"; left as typed when it is not a number, for the service to refuse."""
    try:
        lu = lire_nombre(texte)
    except ValueError:
        return texte
    return "" if lu is None else f"{lu:f}"


def _adresse(cellules: Mapping[str, str]) -> dict[str, Any]:
    adresse: dict[str, Any] = {c: cellules[c] for c in ("code_postal", "ville") if c in cellules}
    if "adresse" in cellules:
        lignes = re.split(r"[\n|]", cellules["adresse"])
        adresse["lignes"] = [ligne.strip() for ligne in lignes if ligne.strip()][:4]
    if "pays" in cellules:
        pays = cellules["pays"]
        adresse["pays"] = "FR" if _mot(pays) == "france" else pays.upper()
    return adresse


def _mot(texte: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", normaliser_recherche(texte)))
