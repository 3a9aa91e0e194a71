"""What inventory announces about what objects cost: a file apart, for `inventory.py` is full."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from shared.contracts.base import Cout, Fact, Part


class CoutObjet(Part):
    """What a unit of an object cost so far, and costs from now on, its share of the fees in it."""

    historique_id: UUID
    quantite: Decimal
    cout_avant_ht: Cout
    cout_ht: Cout


class CoutsEtablis(Fact, type="inventory.couts_etablis.v1", key="reception_id"):
    """The supplier's invoice of a reception says what its objects cost; empty number: it was refused."""

    reception_id: UUID
    affaire_fournisseur_id: UUID
    affaire_numero: str
    fournisseur_nom: str
    facture_fournisseur: str
    date_facture: date | None = None
    acceptee_par: str
    objets: tuple[CoutObjet, ...]
