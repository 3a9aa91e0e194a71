"""What the API gives of a fil de vie."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Evenement(BaseModel):
    """One event; `lien` is the page of the document it is about, `montant_ht` None without `couts.voir`.

    `est_du_remplace`: it happened to the object this one replaces.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    le: datetime
    source: str
    type: str
    titre: str
    detail: str
    lien: str | None
    montant_ht: Decimal | None
    par_nom: str
    est_du_remplace: bool = False


class VueCorrection(BaseModel):
    """What a unit cost, and costs since the supplier's invoice was accepted; empty number: that invoice was refused."""

    le: datetime
    par_nom: str
    facture_fournisseur: str
    affaire_fournisseur_id: UUID
    affaire_numero: str
    cout_avant_ht: Decimal
    cout_ht: Decimal


class Bilan(BaseModel):
    """What an object cost and brought, euros HT, as far as it is known.

    `minutes` were spent on the object alone, `minutes_projet` on its project, shared between `partages` objects by what they
    cost; `heures_ht` is the cost of the object's part of both, without the time whose hourly cost nobody gave
    (`minutes_sans_cout`). `marge_ht`: the sale less the landed cost and the hours; None until it is sold. `corrections`: what
    accepted invoices made a unit cost, the last one first.
    """

    cout_ht: Decimal
    vente_ht: Decimal | None
    minutes: int
    minutes_projet: int
    partages: int
    minutes_sans_cout: int
    heures_ht: Decimal
    marge_ht: Decimal | None
    corrections: list[VueCorrection]
