"""What the API takes and gives about boards."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import Carte
from services.demandes.tableau.rules import Couloirs, TriTableau
from services.demandes.type_demande.schemas import Code, Couleur, Icone, Libelle, Service
from shared.web.paging import LIMITE_MAX


class EtatVise(BaseModel):
    """A state of a type, shown in a column."""

    type: Code
    etat: Code


class VueFiltre(BaseModel):
    """What a column keeps of the demandes in its states; null or empty: all of them."""

    model_config = ConfigDict(from_attributes=True)

    urgences: list[Urgence] = Field(default_factory=list, max_length=4)
    sous_contrat: bool | None = None
    agence_id: UUID | None = None
    est_confiee: bool | None = None


class SaisieColonne(BaseModel):
    """A column: one or several states, and which of their demandes it keeps."""

    libelle: Libelle
    couleur: Couleur = "ardoise"
    service: Service = "tous"
    etats: list[EtatVise] = Field(min_length=1, max_length=30)
    filtre: VueFiltre = VueFiltre()


class SaisieTableau(BaseModel):
    """A whole board."""

    code: Code
    libelle: Libelle
    icone: Icone = "square-kanban"
    est_actif: bool = True
    tri: TriTableau = TriTableau.URGENCE
    jours_termines: Annotated[int, Field(ge=0, le=3650)] = 30
    colonnes: list[SaisieColonne] = Field(min_length=1, max_length=40)


class VueTableau(SaisieTableau):
    """A board as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int


class ColonneComptee(BaseModel):
    """A column in the left panel; `nombre` counts its open demandes, `est_finale` when nothing waits there."""

    id: UUID
    libelle: str
    couleur: str
    service: str
    etats: list[EtatVise]
    nombre: int
    est_finale: bool


class EtatSansColonne(EtatVise):
    """A state whose demandes no board shows; `nombre` counts those still open."""

    type_libelle: str
    libelle: str
    nombre: int


class LigneTableau(BaseModel):
    """A board in the left panel; `nombre` counts its open demandes, `par_service` those each service works off.

    `sans_colonne`: states of its types that neither it nor any other board in use shows.
    """

    code: str
    libelle: str
    icone: str
    est_actif: bool
    nombre: int
    par_service: dict[str, int]
    colonnes: list[ColonneComptee]
    sans_colonne: list[EtatSansColonne] = []


class FiltresTableau(BaseModel):
    """What a board may be narrowed to; its order; what its swimlanes are."""

    q: Annotated[str, StringConstraints(max_length=120)] | None = None
    urgentes: bool = False
    en_retard: bool = False
    sous_contrat: bool = False
    responsable_id: UUID | None = None
    tri: TriTableau | None = None
    couloirs: Couloirs | None = None


class FiltresColonne(FiltresTableau):
    """The filters of the board, and the place in the column; `couloir` keeps one swimlane ("aucun": that of nobody)."""

    couloir: UUID | Literal["aucun"] | None = None
    limite: Annotated[int, Field(ge=1, le=LIMITE_MAX)] = 24
    curseur: Annotated[str, Field(max_length=600)] | None = None


class PlaceCherchee(FiltresTableau):
    """The board somebody looks at, as he narrowed it: where is a card on it?"""

    tableau: Annotated[str, StringConstraints(max_length=40)] | None = None


class ColonneVue(BaseModel):
    """A column with its first cards; `curseur_suivant` when there are more."""

    id: UUID
    libelle: str
    couleur: str
    service: str
    etats: list[EtatVise]
    filtre: VueFiltre
    nombre: int
    somme_ht: Decimal
    cartes: list[Carte]
    curseur_suivant: str | None


class Case(BaseModel):
    """Where a swimlane crosses a column; `curseur_suivant` when it holds more cards."""

    colonne_id: UUID
    nombre: int
    cartes: list[Carte]
    curseur_suivant: str | None


class Couloir(BaseModel):
    """A swimlane: of a person (named), of an agency (the reader knows its name), or of neither (`id` none)."""

    id: UUID | None
    nom: str | None
    nombre: int
    somme_ht: Decimal
    cases: list[Case]


class Responsable(BaseModel):
    """Somebody in charge of cards of the board."""

    id: UUID
    nom: str
    nombre: int


class TableauVu(BaseModel):
    """A board as people see it. Counts are of open demandes and ignore the filters; columns follow them.

    With swimlanes the cards are in `couloirs`, by name and that of nobody last, and the columns only count them.
    """

    code: str
    libelle: str
    icone: str
    tri: TriTableau
    nombre: int
    somme_ht: Decimal
    urgentes: int
    en_retard: int
    sous_contrat: int
    responsables: list[Responsable]
    colonnes: list[ColonneVue]
    couloirs: list[Couloir] = []


class CartePlacee(Carte):
    """One card, its column on a board (none when it left it, or its filters), and what it may be laned by."""

    colonne_id: UUID | None
    responsable_id: UUID | None
    agence_id: UUID | None
