"""How much of a credit is still awaited. Pure."""

from decimal import Decimal
from enum import StrEnum

from services.billing.errors import AvoirFournisseurTropGrand
from shared.documents.formats import euros


class EtatAvoir(StrEnum):
    """What came of a credit a supplier promised."""

    ATTENDU = "attendu"
    RECU_EN_PARTIE = "recu_en_partie"
    RECU = "recu"


def etat(attendu_ht: Decimal, reste_ht: Decimal) -> EtatAvoir:
    """By what is still awaited."""
    if not reste_ht:
        return EtatAvoir.RECU
    return EtatAvoir.ATTENDU if reste_ht == attendu_ht else EtatAvoir.RECU_EN_PARTIE


def recevoir(reste_ht: Decimal, montant_ht: Decimal) -> Decimal:
    """What is still awaited once a credit note came; a supplier does not credit more than it announced."""
    if montant_ht > reste_ht:
        raise AvoirFournisseurTropGrand(montant=euros(montant_ht), reste=euros(reste_ht))
    return reste_ht - montant_ht
