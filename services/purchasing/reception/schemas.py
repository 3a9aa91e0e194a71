"""What the API takes and gives about receptions. Prices in euros HT, null without « couts.voir »."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.purchasing.copies.schemas import VueMontant, VuePrix, VueQuantite
from services.purchasing.reception.rules import EtatReception

QuantiteSaisie = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=3)]
QuantitePositive = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=3)]
PrixSaisi = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=4)]
MontantSaisi = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
CleLecture = Annotated[str, StringConstraints(max_length=80)]
Serie = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]

LECTURES_AU_PLUS = 100

Resultat = Literal["attendu", "en_trop", "inconnu"]
Motif = Literal[
    "attendu",
    "serie",
    "surplus",
    "surplus_accepte",
    "surplus_tolere",
    "surplus_refuse",
    "hors_commande",
    "serie_en_double",
    "serie_en_attente",
    "serie_non_annoncee",
    "code_inconnu",
]


class SaisieReception(BaseModel):
    """A reception opened on one or several orders of a supplier."""

    commande_ids: list[UUID] = Field(min_length=1, max_length=50)
    agence_id: UUID | None = None


class SaisieLecture(BaseModel):
    """A code read or typed: EAN, supplier reference, our reference, or a serial number of the current line.

    `accepter` takes in what is not expected; `ligne_id` says which line a serial number belongs to (the last line
    read when absent). `cle` is chosen by who reads: the same code sent again with it is answered, and counts once.
    """

    code: Code
    cle: CleLecture = ""
    quantite: QuantitePositive = Decimal(1)
    accepter: bool = False
    ligne_id: UUID | None = None


class SaisieLectures(BaseModel):
    """Codes read one after another and sent together: each is answered, in this sequence."""

    lectures: list[SaisieLecture] = Field(min_length=1, max_length=LECTURES_AU_PLUS)


class SaisieQuantite(BaseModel):
    """What was counted on a line; the price when the invoice differs from the order.

    `accepter` takes in what exceeds the order: it goes on the surplus line of the product.
    """

    quantite: QuantiteSaisie
    accepter: bool = False
    prix_ht: PrixSaisi | None = None


class SaisieLigne(BaseModel):
    """A product that no line expects: a surplus, or the substitute of an expected line."""

    produit_id: UUID
    quantite: QuantitePositive
    prix_ht: PrixSaisi | None = None
    remplace_ligne_id: UUID | None = None


class SaisieSeries(BaseModel):
    """Serial numbers as a list, as a range, or both.

    `accepter` takes in what exceeds the order: those numbers go on the surplus line of the product.
    """

    numeros: list[Serie] = Field(default_factory=list, max_length=1000)
    debut: Serie | None = None
    fin: Serie | None = None
    accepter: bool = False


class SeriesAnnoncees(BaseModel):
    """The serial numbers a supplier says it sent; none withdraws the list."""

    numeros: list[Serie] = Field(default_factory=list, max_length=2000)


class SaisieValidation(BaseModel):
    """The supplier's papers. `frais_ht` defaults to what the orders announced and nobody received yet."""

    facture_fournisseur: Reference = ""
    date_facture: date | None = None
    bon_livraison: Reference = ""
    frais_ht: MontantSaisi | None = None


class ProjetEnAttente(BaseModel):
    """A project waiting for the product, in the order it will be served; `quantite` is its share of what came."""

    demande_id: UUID
    feuille_id: UUID
    devis_numero: str
    tiers_nom: str
    objet: str
    zone: str
    manquant: VueQuantite
    quantite: VueQuantite


class Destination(BaseModel):
    """Where the unit just read goes: « Palette A3 : Mairie de Lyon (2/5) »; `feuille_id` is null for the stock.

    `zone` is the pallet or crate of the project, whose label can be printed; empty while nobody chose one.
    """

    texte: str
    feuille_id: UUID | None = None
    zone: str = ""


class VueLecture(BaseModel):
    """What the system answers to a code; `annuler` is where a POST undoes it."""

    id: UUID
    code: str
    resultat: Resultat
    motif: Motif
    libelle: str
    detail: str
    quantite: VueQuantite
    numero_serie: str | None
    ligne_id: UUID | None
    produit_id: UUID | None = None
    est_annulee: bool = False
    annuler: str | None = None
    lue_le: datetime
    lue_par: str
    choix: list[Literal["accepter", "substituer", "ignorer"]] = []
    projets: list[ProjetEnAttente] = []
    destination: Destination | None = None


class RefusLecture(BaseModel):
    """Why a code could not be taken at all: a refusal as any other, of this code alone."""

    code: str
    detail: str


class ReponseLecture(BaseModel):
    """The answer to one of the codes sent together: what was read, or why it was not."""

    cle: str
    lecture: VueLecture | None = None
    refus: RefusLecture | None = None


class ReponsesLectures(BaseModel):
    """One answer per code, in the sequence they were sent."""

    lectures: list[ReponseLecture]


class VueLigneReception(BaseModel):
    """A line as stored. `manquent`: serial numbers announced by the supplier and not read, on the whole reception only."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    ligne_commande_id: UUID | None
    commande_id: UUID | None
    commande_numero: str | None
    produit_id: UUID
    remplace_produit_id: UUID | None
    reference: str
    reference_fournisseur: str
    designation: str
    unite: str
    politique_serie: str
    attendue: VueQuantite
    quantite: VueQuantite
    restante: VueQuantite
    est_surplus: bool
    prix_ht: VuePrix | None
    cout_unitaire_ht: VuePrix | None
    nb_series: int = 0
    manquent: list[str] = []
    numeros_serie: list[str] = []


class VueCommandeRecue(BaseModel):
    """An order the reception was opened on."""

    model_config = ConfigDict(from_attributes=True)

    commande_id: UUID
    commande_numero: str


class VueReception(BaseModel):
    """The whole reception. `frais_annonces_ht`: fees of its orders that no reception has taken yet.

    `a_traiter`: while it is open, the codes refused that nobody settled since, the most recent first.
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    version: int
    numero: str
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID
    agence_nom: str = ""
    etat: EtatReception
    facture_fournisseur: str
    date_facture: date | None
    facture_nom: str | None
    bon_livraison: str
    frais_ht: VueMontant | None
    frais_annonces_ht: VueMontant | None = None
    total_ht: VueMontant | None
    ouverte_par: str
    cree_le: datetime
    validee_le: datetime | None
    validee_par: str | None
    commandes: list[VueCommandeRecue]
    lignes: list[VueLigneReception]
    a_traiter: list[VueLecture] = []


class LigneListeReception(BaseModel):
    """A row of the list of receptions."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    numero: str
    fournisseur_id: UUID
    fournisseur_nom: str
    agence_id: UUID
    etat: EtatReception
    facture_fournisseur: str
    bon_livraison: str
    cree_le: datetime
    validee_le: datetime | None
    total_ht: VueMontant | None
    commandes: list[str] = []
    quantite: VueQuantite = Decimal(0)
