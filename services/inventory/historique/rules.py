"""Where an object may be, how receptions become objects, what an object still needs before it leaves. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from services.inventory.errors import QuantiteRefusee, SeriesIncoherentes
from services.inventory.type_produit.rules import Action, Champ, manquants
from shared.kernel.money import repartir
from shared.kernel.nombre import ecrire_quantite

UN = Decimal(1)
ZERO = Decimal(0)
DIX_DECIMALES = Decimal("1e-10")
UNITES_AU_PLUS = 2000


class Genre(StrEnum):
    """The kinds of place a movement starts from or ends at."""

    FOURNISSEUR = "fournisseur"
    INVENTAIRE = "inventaire"
    DEPOT = "depot"
    FEUILLE = "feuille"
    CLIENT = "client"
    REBUT = "rebut"
    TRANSIT = "transit"


class EtatHistorique(StrEnum):
    """Where the object is now."""

    EN_STOCK = "en_stock"
    EN_PREPARATION = "en_preparation"
    INSTALLE = "installe"
    SORTI = "sorti"
    EN_TRANSIT = "en_transit"
    RETOURNE = "retourne"


ETAT_DU_LIEU = {
    Genre.DEPOT: EtatHistorique.EN_STOCK,
    Genre.FEUILLE: EtatHistorique.EN_PREPARATION,
    Genre.CLIENT: EtatHistorique.INSTALLE,
    Genre.REBUT: EtatHistorique.SORTI,
    Genre.INVENTAIRE: EtatHistorique.SORTI,
    Genre.TRANSIT: EtatHistorique.EN_TRANSIT,
    Genre.FOURNISSEUR: EtatHistorique.RETOURNE,
}
MOTS = {
    EtatHistorique.EN_STOCK: "en stock",
    EtatHistorique.EN_PREPARATION: "en préparation pour un autre projet",
    EtatHistorique.INSTALLE: "chez un client",
    EtatHistorique.SORTI: "sorti du stock",
    EtatHistorique.EN_TRANSIT: "en transit entre deux dépôts",
    EtatHistorique.RETOURNE: "retourné au fournisseur",
}


# What did not leave for good: its serial number is its own.
VIVANTS = frozenset(
    {
        EtatHistorique.EN_STOCK,
        EtatHistorique.EN_PREPARATION,
        EtatHistorique.EN_TRANSIT,
        EtatHistorique.INSTALLE,
    }
)


# Off any feuille, the workshop has nothing more to say of these.
PARTIS = frozenset({EtatHistorique.INSTALLE, EtatHistorique.SORTI})


@dataclass(frozen=True, slots=True)
class Lieu:
    """One end of a movement: a depot, a feuille, a client, a supplier. `libelle` is what people read.

    `nature` is that of the stock it is part of; empty for what is no depot.
    """

    genre: Genre
    libelle: str
    id: UUID | None = None
    nature: str = ""


@dataclass(frozen=True, slots=True)
class Unite:
    """What one historique will hold when goods arrive."""

    quantite: Decimal
    numero_serie: str | None = None


def unites(quantite: Decimal, series: Sequence[str], *, est_unitaire: bool) -> list[Unite]:
    """How a received quantity becomes historiques: one per unit (with its serial), or one traceable quantity.

    A fraction left after the whole units is kept as a quantity of its own: nothing received is lost.
    """
    propres = [s.strip() for s in series if s.strip()]
    if len(propres) > quantite:
        raise SeriesIncoherentes(series=len(propres), quantite=ecrire_quantite(quantite))
    if not est_unitaire and not propres:
        return [Unite(quantite)]
    entieres = int(quantite)
    if entieres > UNITES_AU_PLUS:
        raise QuantiteRefusee(minimum=1, maximum=UNITES_AU_PLUS)
    series_completes = [*propres, *[None] * (entieres - len(propres))]
    objets = [Unite(UN, serie) for serie in series_completes]
    reste = quantite - entieres
    return [*objets, Unite(reste)] if reste > ZERO else objets


def couts_unitaires(total_ht: Decimal, quantites: Sequence[Decimal]) -> list[Decimal]:
    """The unit cost of each of these objects, so that what they cost sums exactly to `total_ht`, cent by cent."""
    parts = zip(repartir(total_ht, quantites), quantites, strict=True)
    return [(part / quantite).quantize(DIX_DECIMALES, ROUND_HALF_UP) for part, quantite in parts]


def code_etiquette(saisie: str) -> str:
    """The label code in what was scanned (the whole address) or typed (spaces, dashes, lower case)."""
    bout = saisie.strip().rstrip("/").rpartition("/")[2].partition("?")[0]
    return re.sub(r"[\s\-.]", "", bout).upper()


def series_possibles(saisie: str) -> list[str]:
    """The serial numbers what was scanned or typed may be, in upper case: as it stands, and without its blanks."""
    exact = saisie.strip().upper()
    return list(dict.fromkeys((exact, "".join(exact.split()))))


class EtatPreparation(StrEnum):
    """What the workshop still has to do, shown as the colour of the chip."""

    A_CONFIGURER = "a_configurer"
    A_FAIRE = "a_faire"
    PRET = "pret"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What an object asks for before it leaves, and what is done."""

    champs_manquants: tuple[Champ, ...]
    actions_restantes: tuple[Action, ...]
    etiquette_manquante: bool
    total: int

    @property
    def faites(self) -> int:
        """Steps done, out of `total`."""
        reste = len(self.champs_manquants) + len(self.actions_restantes) + int(self.etiquette_manquante)
        return self.total - reste

    @property
    def etat(self) -> EtatPreparation:
        """The colour: configuration first, then operations and label."""
        if self.champs_manquants:
            return EtatPreparation.A_CONFIGURER
        if self.actions_restantes or self.etiquette_manquante:
            return EtatPreparation.A_FAIRE
        return EtatPreparation.PRET


def preparer(
    formulaire: Sequence[Champ],
    remplis: Iterable[str],
    operations: Sequence[Action],
    faites: Iterable[str],
    *,
    etiquette_requise: bool,
    a_etiquette: bool,
) -> Preparation:
    """What an object still needs: required fields, workshop operations, label."""
    cochees = set(faites)
    requis = sum(1 for champ in formulaire if champ.requis)
    return Preparation(
        champs_manquants=manquants(formulaire, remplis),
        actions_restantes=tuple(a for a in operations if a.cle not in cochees),
        etiquette_manquante=etiquette_requise and not a_etiquette,
        total=requis + len(operations) + int(etiquette_requise),
    )
