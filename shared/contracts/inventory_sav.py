"""Facts announced by inventory about the parts used on demandes: a file apart, for `inventory.py` is full."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from shared.contracts.base import Cout, Fact


class ConsommationSaisie(Fact, type="inventory.consommation_saisie.v1", key="demande_id"):
    """A part was used on a demande and stays at its client's. `prix_ht` of a unit, 0 with `prix_a_fixer` when nobody
    decided it yet.
    """

    consommation_id: UUID
    demande_id: UUID
    tiers_id: UUID
    historique_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    unite: str = "u"
    numero_serie: str | None = None
    quantite: Decimal
    est_facturable: bool
    prix_ht: Decimal
    taux_tva: Decimal = Decimal(20)
    deee_ht: Decimal = Decimal(0)
    copie_privee_ht: Decimal = Decimal(0)
    cout_ht: Cout
    consommee_par: str
    consommee_le: datetime
    affaire_id: UUID | None = None
    prix_a_fixer: bool = False


class ConsommationAnnulee(Fact, type="inventory.consommation_annulee.v1", key="demande_id"):
    """A part was not used after all: it is back where it was taken."""

    consommation_id: UUID
    demande_id: UUID
    tiers_id: UUID
    historique_id: UUID
    designation: str
    est_facturable: bool
