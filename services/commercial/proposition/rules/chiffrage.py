"""Prices, margins and totals of a proposition. Pure.

Source: seed, "une proposition est une suite de lignes": purchase cost, margin, fixed price, discount. The price
is the fixed price if set, else cost and margin, to the cent; the discount comes after. The margin typed is a taux
de marge (on cost) or a taux de marque (on price), as the company chose; both are always shown. Without fixed price
nor margin a line has no price at all, and counts nowhere: its cost is not one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

from services.commercial.errors import ChoixImpossible, MargeImpossible, MontantTropGrand, PrixAFixer, TauxTvaInconnu
from shared.kernel.money import CENT, CENT_POUR_CENT, ZERO, Totaux, arrondi, contributions_ht, total_ligne_ht, totaux

Convention = Literal["marge", "marque"]
LIGNES_MAX = 1000
TAUX_REDUITS = (Decimal("5.5"), Decimal(10))
PRODUITS_MAX = 5000
CITEES = 3
MONTANT_MAX = Decimal("99999999999.99")
# The rates a French invoice may carry, overseas and Corsica included (rules BR-FR of the e-invoicing reform).
EN_MILLIEMES = (0, 9, 10.5, 17.5, 21, 55, 70, 85, 92, 96, 100, 130, 196, 200, 206)
TAUX_USUEL = Decimal(20)
REGIMES_SANS_TVA = frozenset({"intracom", "export", "autoliquidation", "franchise"})
TAUX_TVA = frozenset(Decimal(str(taux)) / 10 for taux in EN_MILLIEMES)


class Genre(StrEnum):
    """What a row of a proposition is; a `saut` begins a new page of the paper and is nothing else."""

    LIGNE = "ligne"
    SECTION = "section"
    COMMENTAIRE = "commentaire"
    SAUT = "saut"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProduitCache:
    """A product needed to deliver a line, for the whole line; its unit cost was copied when it was added.

    `quantite_dite` for `dite_pour` of the line: what was said, when the quantity followed the line's since.
    """

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    note: str = ""
    cout_ht: Decimal = ZERO
    est_stockable: bool = True
    quantite_dite: Decimal | None = None
    dite_pour: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """A row. Prices per unit in euros HT; `marge`, `remise` and `taux_tva` in percent.

    An option, or a variant (lines of one `variante`, of which exactly one is kept), counts only when `est_retenue`.
    `deee_ht` and `copie_privee_ht` are what each unit bears of these contributions: they add to the line, in the base of
    its VAT, without margin nor discount (`shared.kernel.money.contributions_ht`).
    The prices of the lines under a section with `a_prix_masques` are not shown to the client, its subtotal is.
    `produit_id` is the article it sells when it came from the catalogue, `prix_convenu_ht` the price it then took.
    When its quantity changes, those of its hidden products follow, if `caches_suivent`.
    A copy keeps in `origine_id` the first line it descends from, by which two versions are compared.
    """

    id: UUID
    genre: Genre = Genre.LIGNE
    designation: str
    description: str = ""
    quantite: Decimal = Decimal(1)
    unite: str = "u"
    cout_ht: Decimal = ZERO
    marge: Decimal = ZERO
    prix_fixe_ht: Decimal | None = None
    remise: Decimal = ZERO
    taux_tva: Decimal = TAUX_USUEL
    deee_ht: Decimal = ZERO
    copie_privee_ht: Decimal = ZERO
    nature: Literal["bien", "service"] = "bien"
    maintenance_souhaitee: bool = False
    est_option: bool = False
    variante: str = ""
    est_retenue: bool = True
    a_prix_masques: bool = False
    caches_suivent: bool = True
    origine_id: UUID | None = None
    produit_id: UUID | None = None
    prix_convenu_ht: Decimal | None = None
    produits: tuple[ProduitCache, ...] = ()

    @property
    def lignee(self) -> UUID:
        """What it shares with its copies."""
        return self.origine_id or self.id

    @property
    def est_negative(self) -> bool:
        """It takes away from the total: only a price typed can be below zero."""
        return self.genre is Genre.LIGNE and self.prix_fixe_ht is not None and self.prix_fixe_ht < 0

    @property
    def est_a_taux_reduit(self) -> bool:
        """Works of a dwelling: the client certifies that they may bear this rate (BOI-LETTRE-000280)."""
        return self.taux_tva in TAUX_REDUITS

    @property
    def contributions(self) -> tuple[Decimal, Decimal]:
        """DEEE and copie privée of a unit; a line that takes away takes them away too."""
        return (-self.deee_ht, -self.copie_privee_ht) if self.est_negative else (self.deee_ht, self.copie_privee_ht)

    @property
    def est_au_choix(self) -> bool:
        """The client decides whether it counts."""
        return self.genre is Genre.LIGNE and (self.est_option or bool(self.variante))

    @property
    def est_a_fixer(self) -> bool:
        """Nobody gave it a price. Sold at what it costs, or for nothing, it has a fixed one that says so."""
        return self.genre is Genre.LIGNE and self.prix_fixe_ht is None and self.marge == 0

    @property
    def suit_le_tarif(self) -> bool:
        """Its price is the one agreed for its article: nobody typed another."""
        return (
            self.produit_id is not None and self.prix_fixe_ht is not None and self.prix_fixe_ht == self.prix_convenu_ht
        )

    @property
    def compte(self) -> bool:
        """Priced, and part of what is sold."""
        return self.genre is Genre.LIGNE and (self.est_retenue or not self.est_au_choix)


@dataclass(frozen=True, slots=True)
class ChiffresLigne:
    """What a line gives: unit price, totals, and how its cost compares with its hidden products.

    `total_ht` holds the contributions, which are no margin: what is sold is `vente_ht`. A line without price (`prix_ht`
    None) has its costs and nothing else.
    """

    prix_ht: Decimal | None
    total_ht: Decimal
    cout_total_ht: Decimal
    cout_cache_ht: Decimal
    deee_ht: Decimal = ZERO
    copie_privee_ht: Decimal = ZERO

    @property
    def vente_ht(self) -> Decimal:
        """The total without contributions: what a margin is measured on."""
        return self.total_ht - self.deee_ht - self.copie_privee_ht

    @property
    def est_a_fixer(self) -> bool:
        """It has no price yet: it adds nothing to the totals, sold nor spent."""
        return self.prix_ht is None

    @property
    def alerte(self) -> bool:
        """The hidden products cost more than the line declares."""
        return self.cout_cache_ht > self.cout_total_ht


@dataclass(frozen=True, slots=True)
class Chiffres:
    """What a proposition gives; `nb_a_fixer` lines have no price and count nowhere."""

    lignes: tuple[ChiffresLigne, ...]
    nb_a_fixer: int
    totaux: Totaux
    cout_ht: Decimal
    cout_cache_ht: Decimal
    deee_ht: Decimal
    copie_privee_ht: Decimal


RIEN = ChiffresLigne(ZERO, ZERO, ZERO, ZERO)


def prix_calcule(cout_ht: Decimal, marge: Decimal, convention: Convention) -> Decimal:
    """The unit price, to the cent, that gives `marge` percent on `cout_ht`."""
    if convention == "marge":
        return arrondi(cout_ht * (CENT_POUR_CENT + marge) / CENT_POUR_CENT)
    if marge >= CENT_POUR_CENT:
        raise MargeImpossible
    return arrondi(cout_ht * CENT_POUR_CENT / (CENT_POUR_CENT - marge))


def prix_ht(ligne: Ligne, convention: Convention) -> Decimal | None:
    """The unit price before discount: the fixed one wins over the computed one; None when there is neither."""
    if ligne.prix_fixe_ht is not None:
        return ligne.prix_fixe_ht
    return None if ligne.est_a_fixer else prix_calcule(ligne.cout_ht, ligne.marge, convention)


def cout_couvrant(cout_cache_ht: Decimal, quantite: Decimal) -> Decimal:
    """The unit cost, to the cent, that declares all what the hidden products of a line cost."""
    return (cout_cache_ht / quantite).quantize(CENT, ROUND_CEILING)


def taux_marge(vente_ht: Decimal, cout_ht: Decimal) -> Decimal | None:
    """The margin in percent of the cost; None when nothing was paid."""
    return arrondi((vente_ht - cout_ht) * CENT_POUR_CENT / cout_ht) if cout_ht else None


def taux_marque(vente_ht: Decimal, cout_ht: Decimal) -> Decimal | None:
    """The margin in percent of the selling price; None when nothing is sold."""
    return arrondi((vente_ht - cout_ht) * CENT_POUR_CENT / vente_ht) if vente_ht else None


def marque_de_marge(marge: Decimal) -> Decimal:
    """The taux de marque equal to a taux de marge above -100 %."""
    return CENT_POUR_CENT * marge / (CENT_POUR_CENT + marge)


def marge_de_marque(marque: Decimal) -> Decimal:
    """The taux de marge equal to a taux de marque below 100 %."""
    return CENT_POUR_CENT * marque / (CENT_POUR_CENT - marque)


def chiffrer_ligne(ligne: Ligne, convention: Convention) -> ChiffresLigne:
    """Unit price and totals of a row; a section or a comment gives nothing."""
    if ligne.genre is not Genre.LIGNE:
        return RIEN
    prix = prix_ht(ligne, convention)
    cache = sum((p.quantite * p.cout_ht for p in ligne.produits), ZERO)
    couts = arrondi(ligne.quantite * ligne.cout_ht), arrondi(cache)
    if prix is None:
        return ChiffresLigne(None, ZERO, *couts)
    deee_ht, copie_privee_ht = contributions_ht(ligne.quantite, *ligne.contributions)
    vente = total_ligne_ht(ligne.quantite, prix, ligne.remise)
    return ChiffresLigne(prix, vente + deee_ht + copie_privee_ht, *couts, deee_ht, copie_privee_ht)


def selon_regime(lignes: Sequence[Ligne], regime_tva: str) -> list[Ligne]:
    """The same lines, at 0 % when the client's regime bears no French VAT (its mention is printed instead)."""
    if regime_tva not in REGIMES_SANS_TVA:
        return list(lignes)
    return [replace(ligne, taux_tva=ZERO) for ligne in lignes]


def changer_de_regime(lignes: Sequence[Ligne], avant: str, apres: str) -> list[Ligne]:
    """The same lines under another VAT regime: those of a regime without French VAT take the usual rate when they leave it."""
    if avant in REGIMES_SANS_TVA and apres not in REGIMES_SANS_TVA:
        return [replace(ligne, taux_tva=TAUX_USUEL if ligne.genre is Genre.LIGNE else ZERO) for ligne in lignes]
    return selon_regime(lignes, apres)


def chiffrer(lignes: Sequence[Ligne], convention: Convention) -> Chiffres:
    """Every figure of a proposition; refuses totals that could not be stored. Options not kept add nothing, nor does
    what has no price: its cost against no sale would say a margin that is not."""
    chiffres = tuple(chiffrer_ligne(ligne, convention) for ligne in lignes)
    comptees = [(ligne, c) for ligne, c in zip(lignes, chiffres, strict=True) if ligne.compte and not c.est_a_fixer]
    total = totaux([(c.total_ht, ligne.taux_tva) for ligne, c in comptees])
    cout = sum((c.cout_total_ht for _, c in comptees), ZERO)
    cache = sum((c.cout_cache_ht for _, c in comptees), ZERO)
    if (
        max(abs(total.total_ttc), abs(total.total_ht), cout, cache, *(abs(c.total_ht) for c in chiffres), CENT)
        > MONTANT_MAX
    ):
        raise MontantTropGrand
    deee = sum((c.deee_ht for _, c in comptees), ZERO)
    copie_privee = sum((c.copie_privee_ht for _, c in comptees), ZERO)
    return Chiffres(chiffres, sum(c.est_a_fixer for c in chiffres), total, cout, cache, deee, copie_privee)


def verifier_chiffrees(lignes: Iterable[Ligne], numero: str) -> None:
    """PrixAFixer while a line has no price, even one the client may leave aside: he reads what it would cost."""
    if a_fixer := [ligne.designation or "sans désignation" for ligne in lignes if ligne.est_a_fixer]:
        autres = f" et {len(a_fixer) - CITEES} autres" if len(a_fixer) > CITEES else ""
        raise PrixAFixer(numero=numero, lignes=", ".join(f"« {nom} »" for nom in a_fixer[:CITEES]) + autres)


def verifier_taux(taux: Decimal) -> Decimal:
    """A VAT rate that exists in France."""
    if taux not in TAUX_TVA:
        raise TauxTvaInconnu(taux=f"{taux.normalize():f}".replace(".", ","))
    return taux


def numeroter(lignes: Iterable[Ligne]) -> list[str]:
    """The number printed before each row: only priced lines count."""
    rang, numeros = 0, []
    for ligne in lignes:
        rang += ligne.genre is Genre.LIGNE
        numeros.append(str(rang) if ligne.genre is Genre.LIGNE else "")
    return numeros


def sections(lignes: Iterable[Ligne]) -> list[str]:
    """The title of the section each row stands in, "" before the first one."""
    courante, titres = "", []
    for ligne in lignes:
        courante = ligne.designation if ligne.genre is Genre.SECTION else courante
        titres.append(courante)
    return titres


def masquees(lignes: Iterable[Ligne]) -> set[UUID]:
    """The lines whose prices the client does not read: those of such sections, except what he chooses by its price."""
    trouvees: set[UUID] = set()
    masque = False
    for ligne in lignes:
        if ligne.genre is Genre.SECTION:
            masque = ligne.a_prix_masques
        elif masque and ligne.genre is Genre.LIGNE and not ligne.est_au_choix:
            trouvees.add(ligne.id)
    return trouvees


def sous_totaux(lignes: Iterable[Ligne], convention: Convention) -> dict[UUID, Decimal]:
    """What the lines of each section add up to, by the id of the section's row."""
    sommes: dict[UUID, Decimal] = {}
    courante: UUID | None = None
    for ligne in lignes:
        if ligne.genre is Genre.SECTION:
            courante = ligne.id
            sommes[courante] = ZERO
        elif courante is not None and ligne.compte:
            sommes[courante] += chiffrer_ligne(ligne, convention).total_ht
    return sommes


def besoins(lignes: Iterable[Ligne]) -> dict[UUID, Decimal]:
    """What must be bought or taken from stock to deliver: quantity per product."""
    sommes: dict[UUID, Decimal] = {}
    for produit in (p for ligne in lignes if ligne.compte for p in ligne.produits):
        sommes[produit.produit_id] = sommes.get(produit.produit_id, Decimal(0)) + produit.quantite
    return sommes


def normaliser(lignes: Sequence[Ligne]) -> list[Ligne]:
    """Firm lines are kept, and exactly one of each variant: the first said to be, else the first."""
    retenues: dict[str, UUID] = {}
    for ligne in sorted((ligne for ligne in lignes if ligne.variante), key=lambda ligne: not ligne.est_retenue):
        retenues.setdefault(ligne.variante, ligne.id)
    return [_retenir(ligne, retenues) for ligne in lignes]


def _retenir(ligne: Ligne, retenues: dict[str, UUID]) -> Ligne:
    voulu = ligne.est_retenue
    if ligne.variante:
        voulu = retenues[ligne.variante] == ligne.id
    elif not ligne.est_option:
        voulu = True
    return ligne if voulu == ligne.est_retenue else replace(ligne, est_retenue=voulu)


def choisir(lignes: Sequence[Ligne], choix: Collection[UUID]) -> list[Ligne]:
    """The lines as the client wants them: `choix` are the optional ones kept, one of each variant at most."""
    au_choix = {ligne.id: ligne.variante for ligne in lignes if ligne.est_au_choix}
    variantes = [au_choix[id_] for id_ in choix if au_choix.get(id_)]
    if set(choix) - au_choix.keys() or len(set(variantes)) != len(variantes):
        raise ChoixImpossible
    voulues = (replace(ligne, est_retenue=ligne.id in choix) if ligne.est_au_choix else ligne for ligne in lignes)
    return normaliser(list(voulues))


def a_taux_reduit(lignes: Iterable[Ligne]) -> bool:
    """Whether something that counts bears a reduced VAT rate."""
    return any(ligne.compte and ligne.est_a_taux_reduit for ligne in lignes)


def lettre(rang: int) -> str:
    """The letter of the proposition of that rank in its etude: A, B... Z, AA."""
    reste, texte = rang, ""
    while reste > 0:
        reste, place = divmod(reste - 1, 26)
        texte = chr(65 + place) + texte
    return texte
