"""What the API takes and gives about types of demande."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.demandes.type_demande.rules import ModeRegle, NatureType

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Libelle = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Icone = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Couleur = Literal["ardoise", "ambre", "turquoise", "violet", "bleu", "cyan", "orange", "rose", "vert"]
Service = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]
FaitType = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_]+\.v[0-9]+$")]


class SaisieEtat(BaseModel):
    """A state. Its place in the list is its place in the circuit."""

    model_config = ConfigDict(from_attributes=True)

    code: Code
    libelle: Libelle
    couleur: Couleur = "ardoise"
    service: Service = "tous"
    est_initial: bool = False
    est_terminal: bool = False
    exige_temps: bool = False
    est_planifiable: bool = False
    est_a_planifier: bool = False
    est_prise: bool = False


class Condition(BaseModel):
    """A value the payload of the fact must hold. `champ` may be a dotted path."""

    champ: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+){0,3}$", max_length=80)]
    valeur: bool | int | Annotated[str, StringConstraints(max_length=80)] | None


class SaisieRegle(BaseModel):
    """Fact X, from one of these states, leads to that one."""

    libelle: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    fait_type: FaitType
    de_etats: list[Code] = Field(min_length=1, max_length=60)
    condition: Condition | None = None
    vers: Code
    mode: ModeRegle = ModeRegle.AUTOMATIQUE


class SaisieType(BaseModel):
    """A whole type of demande. `motifs`: those of its `transitions` where people say why."""

    code: Code
    libelle: Libelle
    icone: Icone = "ticket"
    est_actif: bool = True
    nature: NatureType = NatureType.AUTRE
    exige_couverture: bool = False
    ouverture_fait: FaitType | None = None
    etats: list[SaisieEtat] = Field(min_length=1, max_length=60)
    transitions: dict[Code, list[Code]] = Field(default_factory=dict, max_length=60)
    motifs: dict[Code, list[Code]] = Field(default_factory=dict, max_length=60)
    regles: list[SaisieRegle] = Field(default_factory=list, max_length=200)


class VueEtat(SaisieEtat):
    """A state as stored."""

    id: UUID


class VueRegle(BaseModel):
    """A rule as stored."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    libelle: str
    fait_type: str
    de_etats: list[str]
    condition_champ: str | None
    condition_valeur: Any
    vers: str
    mode: ModeRegle


class LigneType(BaseModel):
    """A type in a list of choices, with its states."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    code: str
    libelle: str
    icone: str
    est_actif: bool
    nature: NatureType
    exige_couverture: bool
    etats: list[VueEtat]


class VueType(LigneType):
    """A whole type as stored."""

    ouverture_fait: str | None
    transitions: dict[str, list[str]]
    motifs: dict[str, list[str]]
    regles: list[VueRegle]


class RetoucheEtat(BaseModel):
    """What can be changed of a state alone; what is not sent stays.

    `vers`: where people may move from it; `motifs`: those where they say why.
    """

    libelle: Libelle
    couleur: Couleur
    service: Service = "tous"
    est_planifiable: bool = False
    est_a_planifier: bool = False
    est_terminal: bool | None = None
    exige_temps: bool | None = None
    est_prise: bool | None = None
    vers: list[Code] | None = Field(None, max_length=60)
    motifs: list[Code] | None = Field(None, max_length=60)


class SaisieEtatFrere(BaseModel):
    """A new state that behaves like another: same moves, same rules, same planning. `comme`: the code of that one."""

    code: Code
    libelle: Libelle
    couleur: Couleur = "ardoise"
    service: Service = "tous"
    comme: Code


class RetoucheRegle(BaseModel):
    """How a rule acts: by itself, as a proposal, not at all."""

    mode: ModeRegle


class FaitSuivi(BaseModel):
    """A fact that rules may wait for; `conditions`: values of it they may ask, by dotted path."""

    type: str
    libelle: str
    conditions: dict[str, str]


class LigneVersion(BaseModel):
    """A circuit that was replaced: by whom, when."""

    model_config = ConfigDict(from_attributes=True)

    version: int
    remplacee_le: datetime
    par_nom: str
    nb_etats: int
    nb_regles: int


class VueDomaine(BaseModel):
    """A subject a demande may be about."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    libelle: str
    icone: str
