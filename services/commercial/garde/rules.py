"""When a proposition needs an approval. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.documents.formats import pourcentage

MARGE, ENCOURS = "marge.approuver", "encours.approuver"
DROITS = (MARGE, ENCOURS)
# The same words below and above the limit: who sees no cost would find it by trying prices. See docs/decisions/0066.
SANS_COUTS = "marge à vérifier"
REFUS_PAR_JOUR = 5


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Regle:
    """The limits of somebody, of those who hold a role, or (neither) of the company; `approbateurs` decide, all when none.

    `encours_bloque`: beyond the credit limit of a client an approval is needed; said by the company for everybody.
    """

    seuil: Seuil
    encours_bloque: bool = False
    personne_id: UUID | None = None
    role: str | None = None
    approbateurs: frozenset[UUID] = frozenset()


def applicable(regles: Sequence[Regle]) -> Regle | None:
    """Among those that concern one person: their own, else those of their roles, the widest of each, else the company's."""
    siennes = [regle for regle in regles if regle.personne_id is not None]
    roles = [regle for regle in regles if regle.role is not None]
    societe = [regle for regle in regles if regle.personne_id is None and regle.role is None]
    retenues = siennes or roles or societe
    if not retenues:
        return None
    remises, marques = [r.seuil.remise_max for r in retenues], [r.seuil.marque_min for r in retenues]
    seuil = Seuil(
        None if None in remises else max(r for r in remises if r is not None),
        None if None in marques else min(m for m in marques if m is not None),
    )
    tous = any(not regle.approbateurs for regle in retenues)
    designes = frozenset[UUID]().union(*(regle.approbateurs for regle in retenues))
    bloque = any(regle.encours_bloque for regle in societe)
    return Regle(seuil=seuil, encours_bloque=bloque, approbateurs=frozenset() if tous else designes)


@dataclass(frozen=True, slots=True)
class Encours:
    """What a client would owe with this proposition signed, and its limit, HT."""

    atteint_ht: Decimal
    plafond_ht: Decimal


@dataclass(frozen=True, slots=True)
class Faits:
    """What a proposition promises: its largest discount, on which line, and its taux de marque.

    `marque_selon` says why that rate is not the one shown under the lines; "" when it is. `encours`: none without limit.
    """

    remise: Decimal
    remise_sur: str
    taux_marque: Decimal | None
    marque_selon: str = ""
    encours: Encours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A proposition as the guard knows it; an approval is for one `revision`."""

    proposition_id: UUID
    demande_id: UUID
    revision: int
    numero: str
    tiers_nom: str
    faits: Faits


def depassements(faits: Faits, regle: Regle, *, couts: bool, marge_tenue: bool | None = None) -> dict[str, list[str]]:
    """Why an approval is needed, in French, by the right that grants it; figures of margin only for who may see costs.

    `marge_tenue` says whether the margin holds it back, where its limit exists; None asks the facts.
    """
    par_droit = {
        ENCOURS: encours_depasse(faits) if regle.encours_bloque else [],
        MARGE: _remise(faits, regle.seuil) + _sous_la_marge(faits, regle.seuil, couts=couts, tenue=marge_tenue),
    }
    return {droit: raisons for droit, raisons in par_droit.items() if raisons}


def _remise(faits: Faits, seuil: Seuil) -> list[str]:
    if seuil.remise_max is None or faits.remise <= seuil.remise_max:
        return []
    maximum = pourcentage(seuil.remise_max)
    return [f"remise de {pourcentage(faits.remise)} sur « {faits.remise_sur} » (maximum {maximum})"]


def _sous_la_marge(faits: Faits, seuil: Seuil, *, couts: bool, tenue: bool | None) -> list[str]:
    if seuil.marque_min is None:
        return []
    if not couts or faits.taux_marque is None:
        sous = faits.taux_marque is not None and faits.taux_marque < seuil.marque_min
        return [SANS_COUTS] if (sous if tenue is None else tenue) else []
    if faits.taux_marque >= seuil.marque_min:
        return []
    selon = f", {faits.marque_selon}" if faits.marque_selon else ""
    return [f"taux de marque de {pourcentage(faits.taux_marque)}{selon} (minimum {pourcentage(seuil.marque_min)})"]


def encours_depasse(faits: Faits) -> list[str]:
    """The credit limit of the client passed once this is signed, in French."""
    encours = faits.encours
    if encours is None or encours.atteint_ht <= encours.plafond_ht:
        return []
    return [
        f"encours du client porté à {_euros(encours.atteint_ht)} HT par ce devis (plafond {_euros(encours.plafond_ht)} HT)"
    ]


def _euros(valeur: Decimal) -> str:
    return f"{valeur:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"
