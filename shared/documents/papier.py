"""What a commercial document says, as plain frozen values: the input of `papier.html` and its macros.

There is deliberately no place here for a cost, a margin or a hidden product: what has no field cannot be printed.
Every amount is computed by the service (`shared.kernel.money`); templates only format.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from shared.kernel.money import ZERO, Totaux, contributions_ht

DEEE = "Éco-participation DEEE"
COPIE_PRIVEE = "Rémunération pour copie privée"


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
class Contribution:
    """What the law wants shown beside a price: DEEE or copie privée, by unit and for the line, in euros HT."""

    libelle: str
    unitaire_ht: Decimal
    total_ht: Decimal


def contributions(quantite: Decimal, deee_ht: Decimal, copie_privee_ht: Decimal) -> tuple[Contribution, ...]:
    """Those a line bears, from what one unit does."""
    unitaires = (deee_ht, copie_privee_ht)
    lues = zip((DEEE, COPIE_PRIVEE), unitaires, contributions_ht(quantite, *unitaires), strict=True)
    return tuple(
        Contribution(libelle=nom, unitaire_ht=unitaire, total_ht=total) for nom, unitaire, total in lues if unitaire
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One priced line. `remise` and `tva` are percents; an option is printed but is not in the totals.

    `contributions` add to `total_ht`, each on a row of its own under the line. `a_fixer` says that its price is still to come.
    """

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
    a_fixer: bool = False
    contributions: tuple[Contribution, ...] = ()
    series: tuple[str, ...] = ()
    garantie: str = ""


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
    """A whole document. `reperes` are (label, value) pairs of the reference block; `filigrane` crosses each page.

    `entete` and `pied` are words of the company under its name and at the foot of each page; `sans` names the columns
    left out, among numero, prix, remise and tva.
    """

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
    entete: str = ""
    pied: str = ""
    sans: frozenset[str] = frozenset()

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
    def contributions(self) -> tuple[tuple[str, Decimal], ...]:
        """What the totals hold of each contribution, options apart."""
        sommes: dict[str, Decimal] = {}
        for ligne in self.lignes:
            for c in ligne.contributions if isinstance(ligne, Ligne) and not ligne.option else ():
                sommes[c.libelle] = sommes.get(c.libelle, ZERO) + c.total_ht
        return tuple(sommes.items())

    @property
    def a_remise(self) -> bool:
        """Whether a discount column is worth its width."""
        return "remise" not in self.sans and any(isinstance(x, Ligne) and x.remise for x in self.lignes)

    @property
    def a_unitaire(self) -> bool:
        """Whether unit prices have their column."""
        return "prix" not in self.sans

    @property
    def a_taux(self) -> bool:
        """Whether VAT rates have their column; the totals say them anyway."""
        return "tva" not in self.sans

    @property
    def a_prix(self) -> bool:
        """Whether lines are priced, or will be: a delivery note is not."""
        lignes = (ligne for ligne in self.lignes if isinstance(ligne, Ligne))
        return any(ligne.prix_ht is not None or ligne.contributions or ligne.a_fixer for ligne in lignes)

    @property
    def nb_a_fixer(self) -> int:
        """How many lines the totals leave aside: a draft may have some, what is sent has none."""
        return sum(isinstance(ligne, Ligne) and ligne.a_fixer for ligne in self.lignes)

    @property
    def a_reference(self) -> bool:
        """Whether lines show a product reference."""
        return any(isinstance(ligne, Ligne) and ligne.reference for ligne in self.lignes)
