"""What was ordered, what was received and what is billed, side by side: what holds a supplier invoice. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.billing.errors import AchatTransition
from shared.kernel.money import ZERO, repartir, total_ligne_ht
from shared.kernel.nombre import ecrire_euros, ecrire_quantite

CENT = Decimal(100)
DIXIEME = Decimal("0.1")


class EtatAchat(StrEnum):
    """Where a supplier invoice stands. BLOQUEE: it differs from what was ordered and received, and nobody let it through."""

    A_CONTROLER = "a_controler"
    BLOQUEE = "bloquee"
    CONTROLEE = "controlee"


E = EtatAchat
# A hold is lifted by whoever may, or by an invoice that the supplier corrected and that is checked again. An invoice that we refuse
# leaves the affaire to wait for another; a credit note that we refuse may leave it on hold again.
TRANSITIONS: dict[EtatAchat, frozenset[EtatAchat]] = {
    E.A_CONTROLER: frozenset({E.BLOQUEE, E.CONTROLEE}),
    E.BLOQUEE: frozenset({E.BLOQUEE, E.CONTROLEE, E.A_CONTROLER}),
    E.CONTROLEE: frozenset({E.A_CONTROLER, E.BLOQUEE}),
}
MOTS = {E.A_CONTROLER: "à contrôler", E.BLOQUEE: "bloquée", E.CONTROLEE: "contrôlée"}


def passer(actuel: EtatAchat, vise: EtatAchat, *, numero: str) -> EtatAchat:
    """The new state; AchatTransition when a supplier invoice does not go that way."""
    if vise not in TRANSITIONS[actuel]:
        raise AchatTransition(numero=numero, actuel=MOTS[actuel], vise=MOTS[vise])
    return vise


@dataclass(frozen=True, slots=True)
class Rapprochement:
    """A line as ordered (no price: nobody ordered it), received and billed."""

    designation: str
    prix_commande_ht: Decimal | None
    recue: Decimal
    facturee: Decimal
    prix_facture_ht: Decimal
    est_hors_tolerance: bool


def ecarts(lignes: Iterable[Rapprochement], *, quantite_pct: Decimal, prix_pct: Decimal) -> list[str]:
    """What costs us more than the tolerances allow, a sentence each; what costs less holds nothing."""
    phrases = []
    for ligne in lignes:
        if depasse(ligne.facturee, ligne.recue, quantite_pct):
            phrases.append(_phrase(ligne, f"{ecrire_quantite(ligne.facturee)} facturés pour {_recus(ligne.recue)}"))
        if ligne.prix_commande_ht is not None and depasse(ligne.prix_facture_ht, ligne.prix_commande_ht, prix_pct):
            phrases.append(_phrase(ligne, _prix(ligne.prix_facture_ht, ligne.prix_commande_ht)))
        if ligne.est_hors_tolerance:
            phrases.append(_phrase(ligne, f"{_recus(ligne.recue)} au-delà de ce que tolèrent les commandes"))
    return phrases


def est_compensee(lignes: Iterable[Rapprochement], du_ht: Decimal, frais_ht: Decimal, prix_pct: Decimal) -> bool:
    """Whether credit notes bring what is owed back to what was received, at the prices ordered, with its fees."""
    convenus = (
        total_ligne_ht(ligne.recue, ligne.prix_facture_ht if ligne.prix_commande_ht is None else ligne.prix_commande_ht)
        for ligne in lignes
    )
    return not depasse(du_ht, sum(convenus, frais_ht), prix_pct)


def ecart_frais(facture_ht: Decimal, annonce_ht: Decimal, prix_pct: Decimal) -> list[str]:
    """The fees billed beyond those of the reception."""
    if not depasse(facture_ht, annonce_ht, prix_pct):
        return []
    return [f"Frais : {ecrire_euros(facture_ht)} facturés pour {ecrire_euros(annonce_ht)} annoncés"]


def depasse(facture: Decimal, convenu: Decimal, pct: Decimal) -> bool:
    """Whether what is billed is more than what was agreed and `pct` percent of it."""
    return (facture - convenu) * CENT > convenu * pct


def couts(lignes: Sequence[Rapprochement], *, frais_ht: Decimal, credits_ht: Decimal) -> list[Decimal]:
    """What each received line costs, to the cent: what came at the price billed, its share of the fees less the credits.

    Credits first take back what was billed and never came; what is left of them lowers what everything cost. What is
    billed beyond what came is no cost of the goods.
    """
    valeurs = [total_ligne_ht(ligne.recue, ligne.prix_facture_ht) for ligne in lignes]
    en_trop = sum((total_ligne_ht(ligne.facturee, ligne.prix_facture_ht) for ligne in lignes), ZERO) - sum(
        valeurs, ZERO
    )
    remise = max(ZERO, credits_ht - max(ZERO, en_trop))
    parts = repartir(frais_ht - remise, valeurs)
    return [valeur + part for valeur, part in zip(valeurs, parts, strict=True)]


def _recus(quantite: Decimal) -> str:
    return f"{ecrire_quantite(quantite)} reçu{'s' if quantite >= 2 else ''}"


def _prix(facture_ht: Decimal, commande_ht: Decimal) -> str:
    hausse = ""
    if commande_ht > ZERO:
        pourcent = ((facture_ht - commande_ht) * CENT / commande_ht).quantize(DIXIEME)
        hausse = f" (+{ecrire_quantite(pourcent)} %)"
    return f"{ecrire_euros(facture_ht)} pour {ecrire_euros(commande_ht)} commandés{hausse}"


def _phrase(ligne: Rapprochement, ecart: str) -> str:
    return f"« {ligne.designation} » : {ecart}"
