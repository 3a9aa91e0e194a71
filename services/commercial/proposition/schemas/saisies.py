"""What the API takes about propositions."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.commercial.affaire.schemas import RegimeTva
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Genre
from services.commercial.proposition.rules.statuts import CausePerte

Court = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Designation = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Long = Annotated[str, StringConstraints(max_length=5000)]
Quantite = Annotated[Decimal, Field(ge=0, lt=1_000_000, max_digits=9, decimal_places=3)]
Cout = Annotated[Decimal, Field(ge=0, lt=10_000_000, max_digits=11, decimal_places=4)]
Prix = Annotated[Decimal, Field(gt=-10_000_000, lt=10_000_000, max_digits=11, decimal_places=4)]
Marge = Annotated[Decimal, Field(gt=-100, lt=100_000, max_digits=9, decimal_places=4)]
Remise = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]
TauxTva = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Variante = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Motif = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class SaisieProduitCache(BaseModel):
    """A hidden product; `id` keeps one already there. The cost is copied from the product unless given.

    For who sees no cost, a new one that is `copie_de` one of the proposition, or one taken out of it lately, has its cost.
    """

    id: UUID | None = None
    copie_de: UUID | None = None
    produit_id: UUID
    quantite: Quantite = Decimal(1)
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    cout_ht: Cout | None = None


class SaisieLigne(BaseModel):
    """A row as typed. `id` keeps one already there; `produits` absent leaves its hidden products as they are.

    `cout_ht` and `marge` are ignored without `couts.voir`, and so is null: those stored stay, and a new row that is
    `copie_de` one of the proposition, or one taken out of it lately, has those of that row. `produit_id` and
    `prix_convenu_ht`, the article it sells and the price agreed for it, and `caches_suivent` stay as they are when they
    are not said.
    Hidden products that are not said either follow the quantity of the line, if `caches_suivent`.
    """

    id: UUID | None = None
    copie_de: UUID | None = None
    genre: Genre = Genre.LIGNE
    designation: Designation = ""
    description: Long = ""
    quantite: Quantite = Decimal(1)
    unite: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = "u"
    cout_ht: Cout | None = Decimal(0)
    marge: Marge | None = Decimal(0)
    prix_fixe_ht: Prix | None = None
    remise: Remise = Decimal(0)
    taux_tva: TauxTva = Decimal(20)
    deee_ht: Cout = Decimal(0)
    copie_privee_ht: Cout = Decimal(0)
    nature: Literal["bien", "service"] = "bien"
    maintenance_souhaitee: bool = False
    est_option: bool = False
    variante: Variante = ""
    est_retenue: bool = True
    a_prix_masques: bool = False
    caches_suivent: bool = True
    produit_id: UUID | None = None
    prix_convenu_ht: Prix | None = None
    produits: list[SaisieProduitCache] | None = Field(default=None, max_length=500)


class SaisieLignes(BaseModel):
    """The whole content, in order."""

    lignes: list[SaisieLigne] = Field(max_length=chiffrage.LIGNES_MAX)


class RetoucheLigne(BaseModel):
    """Some fields of one row; those absent do not change."""

    designation: Designation | None = None
    description: Long | None = None
    quantite: Quantite | None = None
    unite: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] | None = None
    cout_ht: Cout | None = None
    marge: Marge | None = None
    prix_fixe_ht: Prix | None = None
    remise: Remise | None = None
    taux_tva: TauxTva | None = None
    deee_ht: Cout | None = None
    copie_privee_ht: Cout | None = None
    nature: Literal["bien", "service"] | None = None
    maintenance_souhaitee: bool | None = None
    est_option: bool | None = None
    variante: Variante | None = None
    est_retenue: bool | None = None
    caches_suivent: bool | None = None


class RetoucheProduitCache(BaseModel):
    """Some fields of one hidden product."""

    quantite: Quantite | None = None
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None
    cout_ht: Cout | None = None


class SaisieProposition(BaseModel):
    """What staff type around the lines. Without `regime_tva` the VAT regime stays as it is."""

    libelle: Court = ""
    objet: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    introduction: Long = ""
    conditions: Long = ""
    adresse_code: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    adresse_du_client: bool = False
    valide_jusqu_au: date
    acompte_pourcent: Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)] = Decimal(0)
    livraison_souhaitee: date | None = None
    commercial_id: UUID | None = None
    regime_tva: RegimeTva | None = None


class SaisieCopie(BaseModel):
    """How the copy is named."""

    libelle: Court = ""


class SaisieValidation(BaseModel):
    """A devis signed on paper: by whom and when (now when absent)."""

    signe_par: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]
    qualite: Court = ""
    signe_le: date | None = None
    certifie_taux_reduit: bool = False


class SaisieMotif(BaseModel):
    """Why a proposition is closed."""

    motif: Motif = ""


class SaisieRefusClient(SaisieMotif):
    """Why the client said no."""

    cause: CausePerte = CausePerte.AUTRE


class SaisiePrevision(BaseModel):
    """What the salesman expects: chances in percent and the month it should be signed; null for the usual ones."""

    probabilite: Annotated[int, Field(ge=0, le=100)] | None = None
    cloture_prevue: date | None = None
