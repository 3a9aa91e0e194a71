"""What the hidden products of a line become when its quantity changes. Pure.

The proportion is that of what somebody said: `quantite_dite` of the product for `dite_pour` of the line. It is kept
while the quantity is typed figure by figure, through zero and back, so that nothing is lost to rounding on the way.
"""

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from services.commercial.proposition.rules.chiffrage import Ligne, ProduitCache

MILLIEME = Decimal("0.001")
UNITE = Decimal(1)
QUANTITE_MAX = Decimal("999999.999")


def suivre(avant: Ligne, quantite: Decimal) -> tuple[ProduitCache, ...]:
    """The hidden products of `avant` for another quantity of it; as they are when the line says they do not follow."""
    if quantite == avant.quantite:
        return avant.produits
    if not avant.caches_suivent:
        return tuple(dire(produit) for produit in avant.produits)
    return tuple(_suivre(produit, avant.quantite, quantite) for produit in avant.produits)


def dire(produit: ProduitCache) -> ProduitCache:
    """Its quantity is what somebody now says for the line as it stands."""
    return replace(produit, quantite_dite=None, dite_pour=None)


def _suivre(produit: ProduitCache, avant: Decimal, apres: Decimal) -> ProduitCache:
    dite = produit.quantite if produit.quantite_dite is None else produit.quantite_dite
    pour = avant if produit.dite_pour is None else produit.dite_pour
    if not pour:
        return dire(produit)  # said for none: no proportion is known
    return replace(produit, quantite=_part(dite, pour, apres), quantite_dite=dite, dite_pour=pour)


def _part(dite: Decimal, pour: Decimal, quantite: Decimal) -> Decimal:
    """Whole articles stay whole, rounded up: what is delivered never lacks a piece."""
    pas = UNITE if dite == dite.to_integral_value() else MILLIEME
    return min((dite * quantite / pour).quantize(pas, ROUND_CEILING), QUANTITE_MAX)
