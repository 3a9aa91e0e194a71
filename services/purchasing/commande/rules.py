"""Life of an order, its totals, its lateness. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.purchasing.errors import CommandeTransition
from shared.kernel.money import ZERO, total_ligne_ht


class EtatCommande(StrEnum):
    """Life of an order."""

    A_APPROUVER = "a_approuver"
    REFUSEE = "refusee"
    PASSEE = "passee"
    RECUE_PARTIELLE = "recue_partielle"
    CLOTUREE = "cloturee"


LIBELLES = {
    EtatCommande.A_APPROUVER: "à approuver",
    EtatCommande.REFUSEE: "refusée",
    EtatCommande.PASSEE: "passée",
    EtatCommande.RECUE_PARTIELLE: "reçue en partie",
    EtatCommande.CLOTUREE: "clôturée",
}

# Placed and not complete: what may be received.
EN_COURS = frozenset({EtatCommande.PASSEE, EtatCommande.RECUE_PARTIELLE})
# What buyers no longer have to buy: an order that waits for its approval is not bought a second time.
ENGAGEES = EN_COURS | {EtatCommande.A_APPROUVER}

TRANSITIONS = {
    EtatCommande.A_APPROUVER: {EtatCommande.PASSEE, EtatCommande.REFUSEE},
    EtatCommande.PASSEE: {EtatCommande.RECUE_PARTIELLE, EtatCommande.CLOTUREE},
    EtatCommande.RECUE_PARTIELLE: {EtatCommande.RECUE_PARTIELLE, EtatCommande.CLOTUREE},
}


def passer(actuel: EtatCommande, vise: EtatCommande, numero: str) -> EtatCommande:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise CommandeTransition(numero=numero, actuel=LIBELLES[actuel], vise=LIBELLES[vise])
    return vise


def total_ht(lignes: Iterable[tuple[Decimal, Decimal]], frais_ht: Decimal) -> Decimal:
    """(quantity, unit price) lines, each rounded to the cent, plus the fees."""
    return sum((total_ligne_ht(quantite, prix) for quantite, prix in lignes), ZERO) + frais_ht


def est_en_retard(livraison_prevue: date | None, etat: EtatCommande, jour: date) -> bool:
    """Expected before today and still not complete."""
    return livraison_prevue is not None and etat in EN_COURS and livraison_prevue < jour
