"""What a commercial document says, as plain frozen values: the input of `papier.html` and its macros.

There is deliberately no place here for a cost, a margin or a hidden product: what has no field cannot be printed.
Every amount is computed by the service (`shared.kernel.money`); templates only format.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from shared.kernel.money import Totaux


@dataclass(frozen=True, slots=True, kw_only=True)
class Adresse:
    """A postal address as printed; `lignes` are street and complements."""

    nom: str
    contact: str = ""
    lignes: tuple[str, ...] = ()
    code_postal: str = ""
    ville: str = ""
    pays: str = ""
    siren: str = ""
    tva: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Societe:
    """The company that issues: head and foot of each page. `logo` is a data: URI made by `logo.data_uri`."""

    nom: str
    adresse: Adresse
    forme: str = ""
    capital: str = ""
    siren: str = ""
    siret: str = ""
    rcs: str = ""
    naf: str = ""
    tva: str = ""
    telephone: str = ""
    courriel: str = ""
    site: str = ""
    logo: str = ""
    couleur: str = "#0b6e7a"
    assurance: str = ""
    iban: str = ""
    bic: str = ""

    def __post_init__(self) -> None:
        """`couleur` goes into a style: anything but #rrggbb falls back to ours."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.couleur):
            object.__setattr__(self, "couleur", "#0b6e7a")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One priced line. `remise` and `tva` are percents; an option is printed but is not in the totals."""

    genre: ClassVar[str] = "ligne"
    designation: str
    quantite: Decimal
    numero: str = ""
    reference: str = ""
    detail: str = ""
    unite: str = ""
    prix_ht: Decimal | None = None
    remise: Decimal = Decimal(0)
    total_ht: Decimal | None = None
    tva: Decimal | None = None
    option: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Titre:
    """The head of a section of lines, with its subtotal if it is to be shown."""

    genre: ClassVar[str] = "titre"
    texte: str
    total_ht: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte:
    """A free comment between lines; line breaks are kept."""

    genre: ClassVar[str] = "texte"
    texte: str


@dataclass(frozen=True, slots=True)
class Saut:
    """What follows begins on a new page."""

    genre: ClassVar[str] = "saut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """What is taken from the total TTC before the net: a deposit already invoiced, a payment received."""

    libelle: str
    montant_ttc: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Echeance:
    """A share of the amount due at a date."""

    libelle: str
    le: date | None
    montant_ttc: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Papier:
    """A whole document. `reperes` are (label, value) pairs of the reference block; `filigrane` crosses each page."""

    genre: str
    numero: str
    le: date
    societe: Societe
    destinataire: Adresse
    objet: str = ""
    livraison: Adresse | None = None
    livraison_titre: str = "Adresse de livraison"
    reperes: tuple[tuple[str, str], ...] = ()
    introduction: str = ""
    lignes: tuple[Ligne | Titre | Texte | Saut, ...] = ()
    totaux: Totaux | None = None
    deductions: tuple[Deduction, ...] = ()
    net_libelle: str = "Net à payer"
    echeances: tuple[Echeance, ...] = ()
    mentions: tuple[str, ...] = ()
    devise: str = "EUR"
    filigrane: str = ""

    @property
    def pages(self) -> list[list[Ligne | Titre | Texte]]:
        """The lines by page asked for: cut at each break, which prints nothing by itself; one page when there is none."""
        pages: list[list[Ligne | Titre | Texte]] = [[]]
        for ligne in self.lignes:
            if isinstance(ligne, Saut):
                pages.append([])
            else:
                pages[-1].append(ligne)
        return [page for page in pages if page] or [[]]

    @property
    def net_ttc(self) -> Decimal:
        """Total TTC less the deductions."""
        brut = self.totaux.total_ttc if self.totaux else Decimal("0.00")
        return brut - sum((d.montant_ttc for d in self.deductions), Decimal("0.00"))

    @property
    def a_remise(self) -> bool:
        """Whether a discount column is worth its width."""
        return any(isinstance(ligne, Ligne) and ligne.remise for ligne in self.lignes)

    @property
    def a_prix(self) -> bool:
        """Whether lines are priced: a delivery note is not."""
        return any(isinstance(ligne, Ligne) and ligne.prix_ht is not None for ligne in self.lignes)

    @property
    def a_reference(self) -> bool:
        """Whether lines show a product reference."""
        return any(isinstance(ligne, Ligne) and ligne.reference for ligne in self.lignes)
