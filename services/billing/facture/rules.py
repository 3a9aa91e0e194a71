"""Due dates, the chain of issued invoices, what may follow an issued invoice. Pure."""

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.billing.errors import ReglementTropGrand
from shared.documents.formats import euros
from shared.kernel.money import ZERO


class EtatFacture(StrEnum):
    """Where an issued invoice stands; payment is told by its balance."""

    EMISE = "emise"
    ENVOYEE = "envoyee"
    PAYEE = "payee"


def echeance(emise_le: date, delai_jours: int) -> date:
    """The day payment is due: net days (C. com. L441-10 allows at most 60)."""
    return emise_le + timedelta(days=delai_jours)


def empreinte(precedente: str, contenu: dict[str, Any]) -> str:
    """The link of an invoice in the chain: its content and the previous link (CGI 286 I 3° bis, inalterability)."""
    texte = json.dumps(contenu, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(f"{precedente}\n{texte}".encode()).hexdigest()


def solder(solde_ttc: Decimal, montant_ttc: Decimal) -> Decimal:
    """What remains due after a payment; more than what is due is refused."""
    if montant_ttc > solde_ttc:
        raise ReglementTropGrand(montant=euros(montant_ttc), solde=euros(solde_ttc))
    return solde_ttc - montant_ttc


def etat_apres_reglement(etat: EtatFacture, solde_ttc: Decimal) -> EtatFacture:
    """A settled invoice is paid, whatever it was."""
    return EtatFacture.PAYEE if solde_ttc == ZERO else etat


def est_en_retard(solde_ttc: Decimal, due_le: date, aujourd_hui: date) -> bool:
    """Whether something is still due after its date."""
    return solde_ttc > ZERO and due_le < aujourd_hui
