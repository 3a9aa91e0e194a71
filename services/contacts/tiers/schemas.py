"""What the API takes and gives about tiers."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from services.contacts.genre.schemas import CodeGenre

Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Rappel = Literal["adresse", "interlocuteur", "telephone", "horaires", "acces", "notes"]


class SaisieAdresse(BaseModel):
    """A coded address; `id` keeps one already there."""

    id: UUID | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)] = (
        "PRINCIPALE"
    )
    lignes: list[Texte] = Field(default_factory=list, max_length=4)
    code_postal: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10)] = ""
    ville: Texte = ""
    pays: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "FR"


class SaisieInterlocuteur(BaseModel):
    """A person at a tiers'; `id` keeps one already there (affaires and sites name people by it)."""

    id: UUID | None = None
    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    prenom: Texte = ""
    fonction: Texte = ""
    email: Texte | None = None
    telephone: Annotated[str, StringConstraints(max_length=40)] | None = None


class SaisieSite(BaseModel):
    """A place of a tiers, `id` keeps one already there; `rappels` says what is shown where it is chosen."""

    id: UUID | None = None
    code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=20)]
    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    adresse_code: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=20)] = ""
    interlocuteur_id: UUID | None = None
    telephone: Annotated[str, StringConstraints(max_length=40)] | None = None
    horaires: Texte = ""
    acces: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    rappels: list[Rappel] = Field(default=["adresse", "interlocuteur", "telephone"], max_length=6)


class SaisieTiers(BaseModel):
    """Everything staff type about a tiers. Limits in euros HT."""

    nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    roles: list[CodeGenre] = Field(default=["prospect"], min_length=1, max_length=10)
    siren: Annotated[str, StringConstraints(max_length=20)] | None = None
    siret: Annotated[str, StringConstraints(max_length=25)] | None = None
    tva_intracom: Annotated[str, StringConstraints(max_length=25)] | None = None
    regime_tva: Literal["france", "intracom", "export", "autoliquidation", "franchise"] = "france"
    email: Texte | None = None
    email_facturation: Texte | None = None
    telephone: Annotated[str, StringConstraints(max_length=40)] | None = None
    est_public: bool = False
    service_chorus: Texte | None = None
    canal_envoi: Literal["mail", "chorus", "papier"] = "mail"
    plafond_encours_ht: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    delai_paiement_jours: Annotated[int, Field(ge=0, le=120)] = 30
    commercial_ids: list[UUID] = Field(default_factory=list, max_length=20)
    groupe_commercial_ids: list[UUID] = Field(default_factory=list, max_length=20)
    notes: Annotated[str, StringConstraints(max_length=5000)] = ""
    adresses: list[SaisieAdresse] = Field(default_factory=list, max_length=50)
    interlocuteurs: list[SaisieInterlocuteur] = Field(default_factory=list, max_length=200)
    sites: list[SaisieSite] = Field(default_factory=list, max_length=50)

    @field_validator("roles")
    @classmethod
    def _genres_connus(cls, roles: list[str], info: ValidationInfo) -> list[str]:
        """Whoever reads many files at once says which kinds exist; else the use case looks."""
        for role in roles:
            if info.context and role not in info.context["genres"]:
                raise ValueError(f"« {role} » n’est pas un type de contact ; corrigez-le, ou ajoutez ce type d’abord.")
        return roles


class VueAdresse(SaisieAdresse):
    """An address as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class VueInterlocuteur(SaisieInterlocuteur):
    """A person as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class VueSite(SaisieSite):
    """A site as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID


class VueTiers(BaseModel):
    """The whole file of a tiers."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    code: str
    nom: str
    roles: list[str]
    siren: str | None
    siret: str | None
    tva_intracom: str | None
    regime_tva: str
    email: str | None
    email_facturation: str | None
    telephone: str | None
    est_public: bool
    service_chorus: str | None
    canal_envoi: str
    plafond_encours_ht: Decimal | None
    delai_paiement_jours: int
    encours_ttc: Decimal
    encours_ht: Decimal
    en_cours_ht: Decimal
    depassement_ht: Decimal
    commercial_ids: list[UUID]
    groupe_commercial_ids: list[UUID]
    notes: str
    absorbe_par_id: UUID | None
    cree_le: datetime
    modifie_le: datetime
    adresses: list[VueAdresse]
    interlocuteurs: list[VueInterlocuteur]
    sites: list[VueSite]


class LigneTiers(BaseModel):
    """A row of the directory."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    code: str
    nom: str
    roles: list[str]
    telephone: str | None
    email: str | None
    ville: str | None
    est_public: bool
    encours_ttc: Decimal
    est_approche: bool = False  # found by forgiving a typing error


class TotauxTiers(BaseModel):
    """How many contacts a search finds and what they owe; those found by forgiving a typing error do not count."""

    nombre: int
    encours_ttc: Decimal


class Doublon(BaseModel):
    """A tiers that looks like the one being typed, and why ("téléphone", "e-mail", "SIREN", "nom")."""

    id: UUID
    code: str
    nom: str
    motif: str
