"""Which price is asked for a product: written here once, for every screen and every line. Pure.

Among the prices valid that day whose quantity is reached: those of the marché win over those of the client, those of
the client over the price lists, the lists over the catalogue. In one tarif, the highest quantity reached wins; between
two tarifs of the same rank, the lowest price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.commercial.errors import PrixIncorrect, TarifIncorrect
from shared.kernel.money import CENT_POUR_CENT, ZERO, arrondi, repartir

LIGNES_MAX = 20_000
DIX_MILLIEMES = Decimal("0.0001")
COLONNES = ("reference", "quantite_min", "prix_ht", "remise")


class Origine(StrEnum):
    """Where a price comes from."""

    MARCHE = "marche"
    CLIENT = "client"
    LISTE = "liste"
    CATALOGUE = "catalogue"


class Presentation(StrEnum):
    """How a kit is quoted: one line that hides its parts, or a line by part."""

    LIGNE = "ligne"
    COMPOSANTS = "composants"


RANGS = (Origine.MARCHE, Origine.CLIENT, Origine.LISTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offre:
    """A price of a tarif for one product: a net price, or a percentage off the catalogue's, from a quantity on."""

    origine: Origine
    tarif_id: UUID
    libelle: str
    quantite_min: Decimal
    prix_ht: Decimal | None = None
    remise: Decimal | None = None
    debut: date | None = None
    fin: date | None = None

    def vaut(self, jour: date, quantite: Decimal) -> bool:
        """Whether it holds that day for that quantity."""
        ouverte = (self.debut is None or self.debut <= jour) and (self.fin is None or jour <= self.fin)
        return ouverte and quantite >= self.quantite_min

    def prix(self, catalogue_ht: Decimal | None) -> Decimal | None:
        """What it gives beside the catalogue's price; None when it is a percentage of nothing."""
        if self.prix_ht is not None:
            return self.prix_ht
        if catalogue_ht is None or self.remise is None:
            return None
        return arrondi(catalogue_ht * (CENT_POUR_CENT - self.remise) / CENT_POUR_CENT)


@dataclass(frozen=True, slots=True)
class PrixRetenu:
    """The price to ask, and why: `prix_ht` is None when nobody ever said one."""

    prix_ht: Decimal | None
    origine: Origine
    libelle: str = ""
    quantite_min: Decimal | None = None


def retenir(offres: Iterable[Offre], quantite: Decimal, jour: date, catalogue_ht: Decimal | None) -> PrixRetenu:
    """The price of `quantite` of a product on `jour`."""
    meilleures: dict[UUID, Offre] = {}
    for offre in offres:
        if not offre.vaut(jour, quantite) or offre.prix(catalogue_ht) is None:
            continue
        connue = meilleures.get(offre.tarif_id)
        if connue is None or connue.quantite_min < offre.quantite_min:
            meilleures[offre.tarif_id] = offre
    for rang in RANGS:
        prix = [(offre.prix(catalogue_ht), offre) for offre in meilleures.values() if offre.origine is rang]
        possibles = [(valeur, offre) for valeur, offre in prix if valeur is not None]
        if possibles:
            valeur, offre = min(possibles, key=lambda couple: (couple[0], couple[1].tarif_id))
            return PrixRetenu(valeur, rang, offre.libelle, offre.quantite_min)
    return PrixRetenu(catalogue_ht, Origine.CATALOGUE)


def partager(total_ht: Decimal, parts: Sequence[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """The unit prices of parts, (quantity, catalogue price) each, by which they sell for `total_ht` together.

    Pro rata of what they sell for; what rounding leaves is on the part of the smallest quantity, where a unit price of
    four decimals is the most precise: exact to the cent below a hundred units of it.
    """
    montants = repartir(total_ht, [quantite * prix for quantite, prix in parts])
    unitaires = [(m / quantite).quantize(DIX_MILLIEMES) for m, (quantite, _) in zip(montants, parts, strict=True)]
    vendus = [arrondi(quantite * u) for u, (quantite, _) in zip(unitaires, parts, strict=True)]
    rang = min(range(len(parts)), key=lambda r: parts[r][0])
    reste = total_ht - sum(vendus, ZERO)
    unitaires[rang] = ((vendus[rang] + reste) / parts[rang][0]).quantize(DIX_MILLIEMES) if reste else unitaires[rang]
    return unitaires


def verifier(
    origine: Origine, tiers_id: UUID | None, affaire_id: UUID | None, debut: date | None, fin: date | None
) -> None:
    """A list is for everybody, a client's price for one client, a marché for a client or an affaire; dates in their sense."""
    a_quelqu_un = tiers_id is not None or affaire_id is not None
    justes = {
        Origine.LISTE: not a_quelqu_un,
        Origine.CLIENT: tiers_id is not None and affaire_id is None,
        Origine.MARCHE: a_quelqu_un,
    }
    if not justes.get(origine, False) or (debut is not None and fin is not None and fin < debut):
        raise TarifIncorrect


def verifier_prix(prix_ht: Decimal | None, remise: Decimal | None) -> None:
    """One of the two, not both."""
    if (prix_ht is None) == (remise is None):
        raise PrixIncorrect
