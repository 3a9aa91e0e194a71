"""The configuration form as data: what a field is, how a typed value is read, what is missing. Pure."""

import ipaddress
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal
from urllib.parse import urlsplit

from services.inventory.errors import ConfigurationRefusee, FormulaireIncorrect

TypeChamp = Literal["texte", "texte_long", "nombre", "booleen", "choix", "date", "adresse_ip", "adresse_mac", "url"]
DemandePhoto = Literal["aucune", "possible", "requise"]
CLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGUEUR_MAX = 500
LONGUEUR_TEXTE_LONG = 4000
MASQUE = "••••••••"
PROPRES_A_L_OBJET = frozenset({"adresse_ip", "adresse_mac"})


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of the form. `secret` values are encrypted at rest and never leave in clear by themselves.

    `commun` says whether twins share its value; None leaves it to what the field is.
    """

    cle: str
    libelle: str
    type: TypeChamp = "texte"
    requis: bool = False
    secret: bool = False
    options: tuple[str, ...] = ()
    unite: str = ""
    aide: str = ""
    commun: bool | None = None

    @property
    def titre(self) -> str:
        """How it reads away from its form: "Capacité (To)"."""
        return f"{self.libelle} ({self.unite})" if self.unite else self.libelle

    @property
    def se_recopie(self) -> bool:
        """Whether a twin takes its value over: neither an address nor a secret, unless the form says so."""
        return not self.secret and self.type not in PROPRES_A_L_OBJET if self.commun is None else self.commun


@dataclass(frozen=True, slots=True)
class Action:
    """A workshop operation to tick ("Firmware mis à jour"), and whether a photo shows that it was done."""

    cle: str
    libelle: str
    photo: DemandePhoto = "aucune"


def champs(brut: Iterable[Mapping[str, Any]]) -> tuple[Champ, ...]:
    """The fields of a form as stored."""
    return tuple(Champ(**{**c, "options": tuple(c.get("options", ()))}) for c in brut)


def actions(brut: Iterable[Mapping[str, Any]]) -> tuple[Action, ...]:
    """The workshop operations as stored."""
    return tuple(Action(**a) for a in brut)


def verifier_formulaire(formulaire: Sequence[Champ], operations: Sequence[Action]) -> None:
    """Refuse a form whose keys clash, or a choice without options."""
    for quoi, cles in (("champs", [c.cle for c in formulaire]), ("opérations", [a.cle for a in operations])):
        doubles = {cle for cle in cles if cles.count(cle) > 1}
        if doubles:
            raise FormulaireIncorrect(raison=f"deux {quoi} portent la clé « {min(doubles)} »")
        mauvaise = next((cle for cle in cles if not CLE.fullmatch(cle)), None)
        if mauvaise is not None:
            raise FormulaireIncorrect(raison=f"la clé « {mauvaise} » doit être en minuscules sans espace ni accent")
    for champ in formulaire:
        if champ.type == "choix" and not champ.options:
            raise FormulaireIncorrect(raison=f"le champ « {champ.libelle} » n’a aucun choix")
        if champ.secret and champ.type not in ("texte", "texte_long"):
            raise FormulaireIncorrect(raison=f"seul un texte peut être secret, pas « {champ.libelle} »")


def _texte(_champ: Champ, brut: Any) -> str:
    return str(brut)


def _nombre(_champ: Champ, brut: Any) -> str:
    propre = re.sub(r"\s", "", str(brut)).replace(",", ".")
    valeur = Decimal(propre)
    if not valeur.is_finite():
        raise ValueError
    return format(valeur.normalize(), "f")


def _booleen(_champ: Champ, brut: Any) -> bool:
    if isinstance(brut, bool):
        return brut
    return {"1": True, "oui": True, "true": True, "on": True, "0": False, "non": False, "false": False}[
        str(brut).strip().lower()
    ]


def _choix(champ: Champ, brut: Any) -> str:
    if str(brut) not in champ.options:
        raise ValueError
    return str(brut)


def _date(_champ: Champ, brut: Any) -> str:
    return date.fromisoformat(str(brut)).isoformat()


def _ip(_champ: Champ, brut: Any) -> str:
    return str(ipaddress.ip_address(str(brut).strip()))


def _mac(_champ: Champ, brut: Any) -> str:
    chiffres = re.sub(r"[^0-9a-fA-F]", "", str(brut)).upper()
    if len(chiffres) != 12 or re.search(r"[^0-9a-fA-F:.\- ]", str(brut)):
        raise ValueError
    return ":".join(chiffres[i : i + 2] for i in range(0, 12, 2))


def _url(_champ: Champ, brut: Any) -> str:
    parties = urlsplit(str(brut).strip())
    if parties.scheme not in ("http", "https") or not parties.netloc:
        raise ValueError
    return parties.geturl()


LECTEURS: dict[str, tuple[Any, str]] = {
    "texte": (_texte, "Texte attendu."),
    "texte_long": (_texte, "Texte attendu."),
    "nombre": (_nombre, "Nombre attendu, par exemple 12,5."),
    "booleen": (_booleen, "Répondez par oui ou non."),
    "choix": (_choix, "Choisissez l’une des valeurs proposées."),
    "date": (_date, "Date attendue, par exemple 2026-03-17."),
    "adresse_ip": (_ip, "Adresse IP attendue, par exemple 192.168.1.20."),
    "adresse_mac": (_mac, "Adresse MAC attendue, par exemple 00:1A:2B:3C:4D:5E."),
    "url": (_url, "Adresse web attendue, commençant par https://."),
}


def lire(champ: Champ, brut: Any) -> str | bool | None:
    """The stored form of a typed value, None when it was emptied; ValueError with the sentence to show."""
    if brut is None or (isinstance(brut, str) and not brut.strip()):
        return None
    maximum = LONGUEUR_TEXTE_LONG if champ.type == "texte_long" else LONGUEUR_MAX
    if isinstance(brut, str) and len(brut) > maximum:
        raise ValueError(f"{maximum} caractères au plus.")
    lecteur, phrase = LECTEURS[champ.type]
    try:
        valeur: str | bool = lecteur(champ, brut.strip() if isinstance(brut, str) else brut)
    except (ValueError, KeyError, InvalidOperation) as error:
        raise ValueError(phrase) from error
    return valeur


def ecrire(champ: Champ, valeur: str | bool | None) -> str | bool | None:
    """A stored value as people read it away from its form: a comma in numbers, days as 17/03/2026."""
    if isinstance(valeur, str) and champ.type == "nombre":
        return valeur.replace(".", ",")
    if isinstance(valeur, str) and champ.type == "date":
        return f"{date.fromisoformat(valeur):%d/%m/%Y}"
    return valeur


def lire_valeurs(formulaire: Sequence[Champ], saisie: Mapping[str, Any]) -> dict[str, str | bool | None]:
    """Every typed value of `saisie`, read; ConfigurationRefusee with one sentence per wrong field.

    A secret sent back masked was not retyped: it is left as it is.
    """
    connus = {champ.cle: champ for champ in formulaire}
    valeurs: dict[str, str | bool | None] = {}
    erreurs = []
    for cle, brut in saisie.items():
        champ = connus.get(cle)
        if champ is None:
            erreurs.append({"champ": cle, "message": "Ce champ n’existe pas dans ce type de produit."})
        elif not (champ.secret and brut == MASQUE):
            try:
                valeurs[cle] = lire(champ, brut)
            except ValueError as error:
                erreurs.append({"champ": cle, "message": str(error)})
    if erreurs:
        raise ConfigurationRefusee(erreurs=erreurs)
    return valeurs


def manquants(formulaire: Sequence[Champ], remplis: Iterable[str]) -> tuple[Champ, ...]:
    """The required fields that hold nothing yet."""
    presents = set(remplis)
    return tuple(champ for champ in formulaire if champ.requis and champ.cle not in presents)
