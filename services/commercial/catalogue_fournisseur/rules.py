"""Reading what suppliers write, rows checked one by one. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from services.commercial.errors import SourceIncorrecte
from shared.kernel.clock import PARIS
from shared.kernel.nombre import lire_nombre

CHAMPS = ("reference", "designation", "prix_achat_ht", "prix_public_ht", "marque", "ean", "famille", "stock")
NOMS = {
    "reference": "Référence",
    "designation": "Désignation",
    "prix_achat_ht": "Prix d’achat HT",
    "prix_public_ht": "Prix public HT",
    "stock": "Stock",
}
REQUIS = ("reference", "designation", "prix_achat_ht")
NOMBRES = ("prix_achat_ht", "prix_public_ht", "stock")
LONGUEURS = {"reference": 80, "designation": 300, "marque": 80, "ean": 20, "famille": 120}
ERREURS_MAX = 100
VARIATIONS_MAX = 100
HEURE_DE_RELEVE = 2  # in Paris: suppliers write their files at midnight
PRIX_MAX = Decimal(10_000_000)
ARTICLES = UUID("6f1e8f52-5d0c-5a0e-9a35-2f6f5b0c7d11")  # the space of the products that articles become
EAN = re.compile(r"\d{8,14}")
MARGE_USUELLE = Decimal(30)


class EtatImport(StrEnum):
    """Where an import is."""

    DEMANDE = "demande"
    FINI = "fini"
    ECHEC = "echec"


@dataclass(frozen=True, slots=True)
class Erreur:
    """A row left out; `ligne` is its number in the file."""

    ligne: int
    message: str


@dataclass(frozen=True, slots=True)
class Variation:
    """A price that an import changed."""

    reference: str
    designation: str
    avant: Decimal
    apres: Decimal

    @property
    def ampleur(self) -> Decimal:
        """How large the change is, beside the price before."""
        return abs(self.apres - self.avant) / self.avant if self.avant else Decimal("Infinity")


def plus_fortes(variations: Sequence[Variation]) -> list[Variation]:
    """Those worth reading: the largest first."""
    return sorted(variations, key=lambda v: (-v.ampleur, v.reference))[:VARIATIONS_MAX]


def est_adresse(source: str) -> bool:
    """Whether a source is an address rather than the name of a file."""
    return source.lower().startswith("https://")


def verifier_source(source: str) -> str:
    """`source`, empty, an HTTPS address, or a file name that stays in its folder; SourceIncorrecte otherwise."""
    propre = source.strip()
    parties = propre.split("/")
    if (
        propre
        and not est_adresse(propre)
        and (propre.startswith("/") or "\\" in propre or ":" in propre or ".." in parties)
    ):
        raise SourceIncorrecte
    return propre


def heure_de_relever(instant: datetime) -> bool:
    """Whether the night is far enough."""
    return instant.astimezone(PARIS).hour >= HEURE_DE_RELEVE


def lire(rangee: Sequence[str], colonnes: Mapping[str, int]) -> dict[str, str | None]:
    """One row as it is stored; ValueError holds the French sentence of what is wrong."""
    valeurs: dict[str, str | None] = {}
    for champ in CHAMPS:
        place = colonnes.get(champ)
        brut = rangee[place].strip() if place is not None and place < len(rangee) else ""
        valeurs[champ] = _nombre(champ, brut) if champ in NOMBRES else brut[: LONGUEURS[champ]]
    for champ in REQUIS:
        if valeurs[champ] in (None, ""):
            raise ValueError(f"« {NOMS[champ]} » est vide")
    return valeurs


def _nombre(champ: str, brut: str) -> str | None:
    try:
        lu = lire_nombre(brut)
    except ValueError:
        raise ValueError(f"« {brut[:40]} » n’est pas un nombre ({NOMS[champ]})") from None
    if lu is None:
        return None
    if not 0 <= lu < PRIX_MAX:
        raise ValueError(f"{NOMS[champ]} hors limites : {brut[:40]}")
    return f"{lu:f}"


def placer(entete: Sequence[str], colonnes: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands from the titles of the file; ValueError names the titles that are missing."""
    titres = {_titre(titre): place for place, titre in reversed(list(enumerate(entete)))}
    absents = [colonnes[champ] for champ in CHAMPS if champ in colonnes and _titre(colonnes[champ]) not in titres]
    if absents:
        raise ValueError(" », « ".join(absents))
    return {champ: titres[_titre(titre)] for champ, titre in colonnes.items()}


def _titre(texte: str) -> str:
    return " ".join(texte.split()).casefold()


def produit_de(fournisseur_id: UUID, reference: str) -> UUID:
    """The product an article becomes when none is it already: the same whoever quotes it first."""
    return uuid5(ARTICLES, f"{fournisseur_id} {reference}")


def ean_lu(ecrit: str) -> str | None:
    """A barcode, when what the supplier wrote is one."""
    lu = ecrit.strip()
    return lu if EAN.fullmatch(lu) else None
