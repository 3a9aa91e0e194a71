"""When a proposition needs an approval. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
    """What a proposition promises: its largest discount, on which line, and its taux de marque."""

    remise: Decimal
    remise_sur: str
    taux_marque: Decimal | None


def depassements(faits: Faits, seuil: Seuil, *, couts: bool) -> list[str]:
    """Why an approval is needed, in French; figures of margin only for who may see costs."""
    raisons = []
    if seuil.remise_max is not None and faits.remise > seuil.remise_max:
        maximum = _pourcent(seuil.remise_max)
        raisons.append(f"remise de {_pourcent(faits.remise)} sur « {faits.remise_sur} » (maximum {maximum})")
    if seuil.marque_min is not None and faits.taux_marque is not None and faits.taux_marque < seuil.marque_min:
        chiffres = f" de {_pourcent(faits.taux_marque)} (minimum {_pourcent(seuil.marque_min)})" if couts else ""
        raisons.append(f"taux de marque{chiffres}" if chiffres else "marge inférieure au minimum")
    return raisons


def _pourcent(valeur: Decimal) -> str:
    return f"{valeur.normalize():f}".replace(".", ",") + "\u00a0%"
