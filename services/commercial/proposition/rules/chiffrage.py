"""Prices, margins and totals of a proposition. Pure.

Source: seed, "une proposition est une suite de lignes": purchase cost, margin, fixed price, discount. The price
is the fixed price if set, else cost and margin, to the cent; the discount comes after. The margin typed is a taux
de marge (on cost) or a taux de marque (on price), as the company chose; both are always shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.commercial.errors import MargeImpossible, MontantTropGrand, TauxTvaInconnu
from shared.kernel.money import CENT, CENT_POUR_CENT, ZERO, Totaux, arrondi, total_ligne_ht, totaux

Convention = Literal["marge", "marque"]
LIGNES_MAX = 1000
PRODUITS_MAX = 5000
MONTANT_MAX = Decimal("99999999999.99")
# The rates a French invoice may carry, overseas and Corsica included (rules BR-FR of the e-invoicing reform).
EN_MILLIEMES = (0, 9, 10.5, 17.5, 21, 55, 70, 85, 92, 96, 100, 130, 196, 200, 206)
TAUX_TVA = frozenset(Decimal(str(taux)) / 10 for taux in EN_MILLIEMES)


class Genre(StrEnum):
    """What a row of a proposition is."""

    LIGNE = "ligne"
    SECTION = "section"
    COMMENTAIRE = "commentaire"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProduitCache:
    """A product needed to deliver a line, for the whole line; its unit cost was copied when it was added."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    note: str = ""
    cout_ht: Decimal = ZERO
    est_stockable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A row. Prices per unit in euros HT; `marge`, `remise` and `taux_tva` in percent."""

    id: UUID
    genre: Genre = Genre.LIGNE
    designation: str
    description: str = ""
    quantite: Decimal = Decimal(1)
    unite: str = "u"
    cout_ht: Decimal = ZERO
    marge: Decimal = ZERO
    prix_fixe_ht: Decimal | None = None
    remise: Decimal = ZERO
    taux_tva: Decimal = Decimal(20)
    nature: Literal["bien", "service"] = "bien"
    maintenance_souhaitee: bool = False
    produits: tuple[ProduitCache, ...] = ()


@dataclass(frozen=True, slots=True)
class ChiffresLigne:
    """What a line gives: unit price, totals, and how its cost compares with its hidden products."""

    prix_ht: Decimal
    total_ht: Decimal
    cout_total_ht: Decimal
    cout_cache_ht: Decimal

    @property
    def alerte(self) -> bool:
        """The hidden products cost more than the line declares."""
        return self.cout_cache_ht > self.cout_total_ht


@dataclass(frozen=True, slots=True)
class Chiffres:
    """What a proposition gives."""

    lignes: tuple[ChiffresLigne, ...]
    totaux: Totaux
    cout_ht: Decimal
    cout_cache_ht: Decimal


RIEN = ChiffresLigne(ZERO, ZERO, ZERO, ZERO)


def prix_calcule(cout_ht: Decimal, marge: Decimal, convention: Convention) -> Decimal:
    """The unit price, to the cent, that gives `marge` percent on `cout_ht`."""
    if convention == "marge":
        return arrondi(cout_ht * (CENT_POUR_CENT + marge) / CENT_POUR_CENT)
    if marge >= CENT_POUR_CENT:
        raise MargeImpossible
    return arrondi(cout_ht * CENT_POUR_CENT / (CENT_POUR_CENT - marge))


def prix_ht(ligne: Ligne, convention: Convention) -> Decimal:
    """The unit price before discount: the fixed one wins over the computed one."""
    if ligne.prix_fixe_ht is not None:
        return ligne.prix_fixe_ht
    return prix_calcule(ligne.cout_ht, ligne.marge, convention)


def taux_marge(vente_ht: Decimal, cout_ht: Decimal) -> Decimal | None:
    """The margin in percent of the cost; None when nothing was paid."""
    return arrondi((vente_ht - cout_ht) * CENT_POUR_CENT / cout_ht) if cout_ht else None


def taux_marque(vente_ht: Decimal, cout_ht: Decimal) -> Decimal | None:
    """The margin in percent of the selling price; None when nothing is sold."""
    return arrondi((vente_ht - cout_ht) * CENT_POUR_CENT / vente_ht) if vente_ht else None


def marque_de_marge(marge: Decimal) -> Decimal:
    """The taux de marque equal to a taux de marge above -100 %."""
    return CENT_POUR_CENT * marge / (CENT_POUR_CENT + marge)


def marge_de_marque(marque: Decimal) -> Decimal:
    """The taux de marge equal to a taux de marque below 100 %."""
    return CENT_POUR_CENT * marque / (CENT_POUR_CENT - marque)


def chiffrer_ligne(ligne: Ligne, convention: Convention) -> ChiffresLigne:
    """Unit price and totals of a row; a section or a comment gives nothing."""
    if ligne.genre is not Genre.LIGNE:
        return RIEN
    prix = prix_ht(ligne, convention)
    cache = sum((p.quantite * p.cout_ht for p in ligne.produits), ZERO)
    return ChiffresLigne(
        prix,
        total_ligne_ht(ligne.quantite, prix, ligne.remise),
        arrondi(ligne.quantite * ligne.cout_ht),
        arrondi(cache),
    )


def chiffrer(lignes: Sequence[Ligne], convention: Convention) -> Chiffres:
    """Every figure of a proposition; refuses totals that could not be stored."""
    chiffres = tuple(chiffrer_ligne(ligne, convention) for ligne in lignes)
    ventes = [
        (c.total_ht, ligne.taux_tva) for ligne, c in zip(lignes, chiffres, strict=True) if ligne.genre is Genre.LIGNE
    ]
    total = totaux(ventes)
    cout = sum((c.cout_total_ht for c in chiffres), ZERO)
    cache = sum((c.cout_cache_ht for c in chiffres), ZERO)
    if (
        max(abs(total.total_ttc), abs(total.total_ht), cout, cache, *(abs(c.total_ht) for c in chiffres), CENT)
        > MONTANT_MAX
    ):
        raise MontantTropGrand
    return Chiffres(chiffres, total, cout, cache)


def verifier_taux(taux: Decimal) -> Decimal:
    """A VAT rate that exists in France."""
    if taux not in TAUX_TVA:
        raise TauxTvaInconnu(taux=f"{taux.normalize():f}".replace(".", ","))
    return taux


def numeroter(lignes: Iterable[Ligne]) -> list[str]:
    """The number printed before each row: only priced lines count."""
    rang, numeros = 0, []
    for ligne in lignes:
        rang += ligne.genre is Genre.LIGNE
        numeros.append(str(rang) if ligne.genre is Genre.LIGNE else "")
    return numeros


def sections(lignes: Iterable[Ligne]) -> list[str]:
    """The title of the section each row stands in, "" before the first one."""
    courante, titres = "", []
    for ligne in lignes:
        courante = ligne.designation if ligne.genre is Genre.SECTION else courante
        titres.append(courante)
    return titres


def sous_totaux(lignes: Iterable[Ligne], convention: Convention) -> dict[UUID, Decimal]:
    """What the lines of each section add up to, by the id of the section's row."""
    sommes: dict[UUID, Decimal] = {}
    courante: UUID | None = None
    for ligne in lignes:
        if ligne.genre is Genre.SECTION:
            courante = ligne.id
            sommes[courante] = ZERO
        elif courante is not None:
            sommes[courante] += chiffrer_ligne(ligne, convention).total_ht
    return sommes


def besoins(lignes: Iterable[Ligne]) -> dict[UUID, Decimal]:
    """What must be bought or taken from stock to deliver: quantity per product."""
    sommes: dict[UUID, Decimal] = {}
    for produit in (p for ligne in lignes for p in ligne.produits):
        sommes[produit.produit_id] = sommes.get(produit.produit_id, Decimal(0)) + produit.quantite
    return sommes


def lettre(rang: int) -> str:
    """The letter of the proposition of that rank in its etude: A, B... Z, AA."""
    reste, texte = rang, ""
    while reste > 0:
        reste, place = divmod(reste - 1, 26)
        texte = chr(65 + place) + texte
    return texte
