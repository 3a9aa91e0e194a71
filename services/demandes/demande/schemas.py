"""What the API takes and gives about demandes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.demandes.demande.rules import Urgence
from services.demandes.lien.schemas import VueLien
from services.demandes.type_demande.rules import NatureType
from shared.web.paging import LIMITE_MAX

Objet = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Texte = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Motif = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
DureeMinutes = Annotated[int, Field(ge=15, le=30 * 24 * 60)]


class SaisieSuivi(BaseModel):
    """What can be changed of a demande at any time."""

    objet: Objet
    description: Texte = ""
    domaine_code: Code | None = None
    urgence: Urgence = Urgence.NORMALE
    echeance: date | None = None
    responsable_id: UUID | None = None
    duree_prevue_minutes: DureeMinutes | None = None
    personnes_prevues: Annotated[int, Field(ge=1, le=50)] = 1


class SaisieDemande(SaisieSuivi):
    """A new demande. `tiers_nom` is used while the fact of a just created tiers has not arrived."""

    type_code: Code
    tiers_id: UUID
    tiers_nom: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None
    agence_id: UUID | None = None
    affaire_id: UUID | None = None
    equipement_id: UUID | None = None
    parent_id: UUID | None = None


class SaisieFille(SaisieSuivi):
    """A child demande: same client, its own type and circuit."""

    type_code: Code
    equipement_id: UUID | None = None


class SaisieRemplacement(BaseModel):
    """Equipment found beyond repair: what was seen becomes a demande of sale."""

    constat: Texte = ""


class SaisiePassage(BaseModel):
    """A move made by somebody; `responsable_id`, when sent, puts somebody else in charge with the same gesture.

    `sinon`: other states that would do, tried in that order when the circuit does not allow the first one.
    """

    vers: Code
    sinon: list[Code] = Field(default_factory=list, max_length=30)
    motif: Motif = ""
    responsable_id: UUID | None = None


class SaisieNote(BaseModel):
    """A note."""

    texte: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]


class SaisieAssignation(BaseModel):
    """The person in charge; none leaves the demande to everybody."""

    responsable_id: UUID | None


class SaisiePrise(BaseModel):
    """Taking charge; `confirmee`: even from a colleague."""

    confirmee: bool = False


class SaisieUrgence(BaseModel):
    """How fast it must be worked off."""

    urgence: Urgence


class SaisieRelance(BaseModel):
    """The client was called; when to call again."""

    canal: Literal["appel", "mail", "visite"] = "appel"
    compte_rendu: Motif = ""
    prochaine_le: date | None = None


class Filtres(BaseModel):
    """What a list may be narrowed to. `attente_jours`: in its state for longer than that; `miennes`: of who asks."""

    q: Annotated[str, StringConstraints(max_length=120)] | None = None
    type_code: Annotated[str, StringConstraints(max_length=40)] | None = None
    etat_code: Annotated[str, StringConstraints(max_length=40)] | None = None
    urgence: Urgence | None = None
    responsable_id: UUID | None = None
    miennes: bool = False
    en_retard: bool = False
    sous_contrat: bool = False
    ouvertes: bool | None = None
    tiers_id: UUID | None = None
    affaire_id: UUID | None = None
    equipement_id: UUID | None = None
    attente_jours: Annotated[int, Field(ge=0, le=3650)] | None = None
    a_relancer: bool = False

    @property
    def ne_vise_que_les_ouvertes(self) -> bool:
        """Lateness, waiting and calls to make only mean something while a demande is open."""
        return self.en_retard or self.a_relancer or self.attente_jours is not None


class FiltresListe(Filtres):
    """The same with the order and the page."""

    tri: Literal["urgence", "anciennete", "-anciennete", "echeance", "client"] = "urgence"
    limite: Annotated[int, Field(ge=1, le=LIMITE_MAX)] = 50
    curseur: Annotated[str, StringConstraints(max_length=600)] | None = None


class Resume(BaseModel):
    """A demande in one line, as a parent, a child or a list names it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    type_code: str
    etat_code: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    urgence: Urgence
    echeance: date | None
    responsable_id: UUID | None
    responsable_nom: str | None
    est_close: bool
    cree_le: datetime


class Fille(Resume):
    """A child demande: where it stands, as its parent shows it."""

    etat_libelle: str
    etat_couleur: str


class LigneDemande(Resume):
    """A row of the list."""

    domaine_code: str | None
    icone: str
    etat_libelle: str
    etat_couleur: str
    etat_depuis: datetime
    montant_ht: Decimal | None
    sous_contrat: bool
    nb_notes: int
    nb_relances: int
    derniere_relance_le: datetime | None
    prochaine_relance_le: date | None


class Carte(BaseModel):
    """A card of a board; its icon is that of its subject, else of its type."""

    id: UUID
    version: int
    numero: str
    type_code: str
    etat_code: str
    domaine_code: str | None
    urgence: Urgence
    tiers_nom: str
    objet: str
    responsable_nom: str | None
    cree_le: datetime
    echeance: date | None
    sous_contrat: bool
    nb_notes: int
    montant_ht: Decimal | None
    etat_propose: str | None
    icone: str


class EtatVu(BaseModel):
    """A step of the circuit, as the page of a demande shows it."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    libelle: str
    couleur: str
    service: str
    est_terminal: bool
    exige_temps: bool
    est_planifiable: bool


class Proposition(BaseModel):
    """A state a rule suggests."""

    vers: str
    vers_libelle: str
    regle_id: UUID | None
    parce_que: str | None


class VueDemande(Resume):
    """A demande with its circuit, its family and the objects made for it."""

    tiers_ville: str
    description: str
    domaine_code: str | None
    agence_id: UUID | None
    affaire_id: UUID | None
    equipement_id: UUID | None
    equipement_nom: str | None
    visite_id: UUID | None
    contrat_id: UUID | None
    accord_id: UUID | None
    duree_prevue_minutes: int | None
    personnes_prevues: int
    montant_ht: Decimal | None
    sous_contrat: bool
    nb_notes: int
    nb_relances: int
    derniere_relance_le: datetime | None
    prochaine_relance_le: date | None
    temps_minutes: int
    etat_depuis: datetime
    modifie_le: datetime
    type_libelle: str
    type_icone: str
    type_nature: NatureType
    etat: EtatVu
    etats: list[EtatVu]
    possibles: list[str]
    motifs: list[str]
    proposition: Proposition | None
    parent: Resume | None
    filles: list[Fille]
    liens: list[VueLien]
