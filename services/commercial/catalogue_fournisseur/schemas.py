"""What the API takes and gives about suppliers' catalogues."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.commercial.catalogue_fournisseur.rules import CHAMPS, MARGE_USUELLE, REQUIS, EtatImport

Titre = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class SaisieProfil(BaseModel):
    """The title, in the supplier's files, of the column of each field; where the file of the night is."""

    colonnes: dict[str, Titre] = Field(max_length=len(CHAMPS))
    source: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""

    @model_validator(mode="after")
    def _connues(self) -> Self:
        """Every required field has a column, and nothing else is asked for."""
        if set(self.colonnes) - set(CHAMPS) or set(REQUIS) - set(self.colonnes):
            raise ValueError(f"Colonnes attendues : {', '.join(REQUIS)} ; possibles : {', '.join(CHAMPS)}.")
        return self


class VueProfil(BaseModel):
    """How the files of a supplier are read, where they come from, and the last day they were fetched."""

    colonnes: dict[str, str] = {}
    source: str = ""
    releve_le: date | None = None


class VueImport(BaseModel):
    """An import, or a trial, and what came of it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    fournisseur_id: UUID
    etat: EtatImport
    est_essai: bool
    fichier_nom: str
    demande_le: datetime
    demande_par: str
    fini_le: datetime | None
    nb_lignes: int
    nb_nouvelles: int
    nb_modifiees: int
    nb_erreurs: int
    nb_hausses: int
    nb_baisses: int
    nb_absentes: int
    variations: list[dict[str, Any]]
    source: str
    erreurs: list[dict[str, Any]]
    erreur: str


class VueReference(BaseModel):
    """A supplier's article, as a picker shows it."""

    fournisseur_id: UUID
    fournisseur_nom: str
    reference: str
    designation: str
    marque: str
    prix_achat_ht: Decimal | None
    prix_public_ht: Decimal | None
    stock: Decimal | None


class SaisieDepuisCatalogue(BaseModel):
    """An article of a supplier to quote. Without `couts.voir`, `marge` is ignored: the usual one hides the cost."""

    fournisseur_id: UUID
    reference: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    quantite: Annotated[Decimal, Field(gt=0, lt=1_000_000, max_digits=9, decimal_places=3)] = Decimal(1)
    marge: Annotated[Decimal, Field(gt=-100, lt=1000, max_digits=7, decimal_places=2)] = MARGE_USUELLE
