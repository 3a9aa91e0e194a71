"""When a proposition needs an approval. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class EtatApprobation(StrEnum):
    """Where a request is."""

    DEMANDEE = "demandee"
    ACCORDEE = "accordee"
    REFUSEE = "refusee"


@dataclass(frozen=True, slots=True)
class Seuil:
    """The largest discount and the smallest taux de marque, in percent; None for no limit."""

    remise_max: Decimal | None = None
    marque_min: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Faits:
    """What a proposition promises: its largest discount, on which line, and its taux de marque.

    `marque_selon` says why that rate is not the one shown under the lines; "" when it is.
    """

    remise: Decimal
    remise_sur: str
    taux_marque: Decimal | None
    marque_selon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A proposition as the guard knows it; an approval is for one `revision`."""

    proposition_id: UUID
    demande_id: UUID
    revision: int
    numero: str
    tiers_nom: str
    faits: Faits


def depassements(faits: Faits, seuil: Seuil, *, couts: bool) -> list[str]:
    """Why an approval is needed, in French; figures of margin only for who may see costs."""
    raisons = []
    if seuil.remise_max is not None and faits.remise > seuil.remise_max:
        maximum = _pourcent(seuil.remise_max)
        raisons.append(f"remise de {_pourcent(faits.remise)} sur « {faits.remise_sur} » (maximum {maximum})")
    if seuil.marque_min is not None and faits.taux_marque is not None and faits.taux_marque < seuil.marque_min:
        selon = f", {faits.marque_selon}" if faits.marque_selon else ""
        chiffres = f"taux de marque de {_pourcent(faits.taux_marque)}{selon} (minimum {_pourcent(seuil.marque_min)})"
        raisons.append(chiffres if couts else "marge inférieure au minimum")
    return raisons


def _pourcent(valeur: Decimal) -> str:
    return f"{valeur.normalize():f}".replace(".", ",") + "\u00a0%"
