"""States of a negociation, its split between projects, and which competitor is best. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.purchasing.errors import NegociationTransition, RepartitionTropGrande


class EtatNegociation(StrEnum):
    """Life of a negociation."""

    OUVERTE = "ouverte"
    COMMANDEE = "commandee"
    FERMEE = "fermee"


class Avancement(StrEnum):
    """How the supplier is being asked, and where it stands (seed §3: mail, telephone, e-commerce basket)."""

    A_CONTACTER = "a_contacter"
    MAIL = "mail"
    TELEPHONE = "telephone"
    PANIER = "panier"
    DEVIS_RECU = "devis_recu"


LIBELLES = {
    EtatNegociation.OUVERTE: "ouverte",
    EtatNegociation.COMMANDEE: "déjà commandée",
    EtatNegociation.FERMEE: "fermée",
}

TRANSITIONS = {
    EtatNegociation.OUVERTE: {EtatNegociation.COMMANDEE, EtatNegociation.FERMEE},
    EtatNegociation.FERMEE: {EtatNegociation.OUVERTE},
}


def passer(actuel: EtatNegociation, vise: EtatNegociation, designation: str) -> EtatNegociation:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise NegociationTransition(designation=designation, actuel=LIBELLES[actuel], vise=LIBELLES[vise])
    return vise


def verifier_repartition(quantite: Decimal, parts: Iterable[Decimal]) -> None:
    """The shares of the projects never exceed what is negotiated (the rest is for the stock)."""
    reparti = sum(parts, Decimal(0))
    if reparti > quantite:
        raise RepartitionTropGrande(reparti=f"{reparti.normalize():f}", quantite=f"{quantite.normalize():f}")


@dataclass(frozen=True, slots=True)
class Offre:
    """What is compared between competitors of one product."""

    prix_ht: Decimal | None
    delai_jours: int | None


def meilleures(offres: Sequence[Offre]) -> tuple[set[int], set[int]]:
    """Indexes of the cheapest and of the quickest offers, when at least two can be compared."""
    return _minimum([o.prix_ht for o in offres]), _minimum([o.delai_jours for o in offres])


def _minimum(valeurs: Sequence[Decimal | None] | Sequence[int | None]) -> set[int]:
    connues = [v for v in valeurs if v is not None]
    if len(connues) < 2:
        return set()
    plus_petite = min(connues)
    return {rang for rang, valeur in enumerate(valeurs) if valeur == plus_petite}
