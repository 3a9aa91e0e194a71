"""An answer of the directory, read without trust: what is missing or odd gives an empty field, never an error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

OUVERT = "A"


@dataclass(frozen=True, slots=True)
class Etablissement:
    """A place of a company, with the name of the company."""

    siren: str
    siret: str
    nom: str
    lignes: list[str]
    code_postal: str
    ville: str
    est_ouvert: bool

    @property
    def tva_intracom(self) -> str:
        """ "FR", a key of two digits and the SIREN."""
        return f"FR{stdnum_siren.to_tva(self.siren)}"


def lire(reponse: Any, cherche: str, combien: int) -> list[Etablissement]:
    """The companies of an answer: of each, the place whose SIRET was asked, else its head office."""
    resultats = reponse.get("results") if isinstance(reponse, Mapping) else None
    lus = [_lire(r, cherche) for r in resultats or () if isinstance(r, Mapping)]
    return [lu for lu in lus if lu is not None][:combien]


def _lire(resultat: Mapping[str, Any], cherche: str) -> Etablissement | None:
    siren = _texte(resultat, "siren")
    lieu = _lieu(resultat, cherche)
    siret = _texte(lieu, "siret")
    if not stdnum_siren.is_valid(siren) or not stdnum_siret.is_valid(siret) or not siret.startswith(siren):
        return None
    code_postal = _texte(lieu, "code_postal")[:10]
    etats = (_texte(resultat, "etat_administratif"), _texte(lieu, "etat_administratif"))
    return Etablissement(
        siren=siren,
        siret=siret,
        nom=(_texte(resultat, "nom_raison_sociale") or _texte(resultat, "nom_complet"))[:200],
        lignes=_rue(_texte(lieu, "adresse"), code_postal),
        code_postal=code_postal,
        ville=_texte(lieu, "libelle_commune")[:100],
        est_ouvert=all(etat in ("", OUVERT) for etat in etats),
    )


def _lieu(resultat: Mapping[str, Any], cherche: str) -> Mapping[str, Any]:
    autres: Any = resultat.get("matching_etablissements")
    lieux: Iterable[Any] = (resultat.get("siege"), *(autres if isinstance(autres, list) else ()))
    connus = [lieu for lieu in lieux if isinstance(lieu, Mapping)]
    demande = next((lieu for lieu in connus if lieu.get("siret") == cherche), None)
    return demande or (connus[0] if connus else {})


def _rue(adresse: str, code_postal: str) -> list[str]:
    """What comes before the town: the directory writes the whole address on one line."""
    rue = adresse.partition(f" {code_postal} ")[0] if code_postal else adresse
    return [rue.strip()[:200]] if rue.strip() else []


def _texte(source: Mapping[str, Any], cle: str) -> str:
    valeur = source.get(cle)
    return " ".join(valeur.split()) if isinstance(valeur, str) else ""
