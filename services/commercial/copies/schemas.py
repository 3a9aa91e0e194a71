"""What the API gives of the copies."""

from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel


class LigneProduit(BaseModel):
    """A product found for a line; the cost is null without `couts.voir`."""

    id: UUID
    reference: str
    designation: str
    famille: str
    unite: str
    nature: str
    est_stockable: bool
    prix_achat_ht: Decimal | None
    prix_vente_ht: Decimal | None
    taux_tva: Decimal
    fournisseur_nom: str | None
    stock: Decimal


class LigneCollaborateur(BaseModel):
    """Somebody who can be in charge of an etude."""

    id: UUID
    nom: str


class LigneDemande(BaseModel):
    """A demande an etude can be made from."""

    id: UUID
    numero: str
    objet: str
    tiers_id: UUID
    tiers_nom: str
