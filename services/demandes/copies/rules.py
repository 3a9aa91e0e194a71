"""The gate of a SAV: under contract, or tariffs signed, or nothing. Pure.

Source: seed, Circuit SAV §1: "Validation contractuelle/tarifaire avant toute intervention".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

REFUSES = "les tarifs d’intervention ont été refusés"
RIEN_DE_SIGNE = "ni contrat ni tarifs signés"


@dataclass(frozen=True, slots=True)
class Contrat:
    """What the gate needs to know of a contract."""

    contrat_id: UUID
    etat: str
    debut: date
    fin: date | None
    equipement_ids: tuple[UUID, ...]

    def court(self, jour: date) -> bool:
        """Whether it is in force on `jour`."""
        return self.etat == "actif" and self.debut <= jour and (self.fin is None or jour <= self.fin)


@dataclass(frozen=True, slots=True)
class Accord:
    """What the gate needs to know of a tariff agreement; without equipment it holds for all of them."""

    accord_id: UUID
    etat: str
    equipement_id: UUID | None


@dataclass(frozen=True, slots=True)
class Couverture:
    """The decision: a contract, else an agreement, else the reason of the refusal."""

    contrat_id: UUID | None = None
    accord_id: UUID | None = None
    motif: str = ""

    @property
    def est_acquise(self) -> bool:
        """Whether an intervention may start."""
        return self.contrat_id is not None or self.accord_id is not None


def decider(
    contrats: Iterable[Contrat],
    accords: Iterable[Accord],
    couverts: Iterable[UUID],
    couverts_par: Iterable[UUID],
    equipement_id: UUID | None,
    jour: date,
) -> Couverture:
    """`couverts`: equipment maintenance says is under contract; `couverts_par`: the contracts it names."""
    en_cours = [c for c in contrats if c.court(jour)]
    utiles = [c for c in en_cours if equipement_id is None or equipement_id in c.equipement_ids]
    if utiles:
        return Couverture(contrat_id=utiles[0].contrat_id)
    declare = next(iter(couverts_par), None)
    if declare is not None and (equipement_id is None or equipement_id in set(couverts)):
        return Couverture(contrat_id=declare)
    de_lui = [a for a in accords if a.equipement_id in (None, equipement_id)]
    signe = next((a for a in de_lui if a.etat == "signe"), None)
    if signe is not None:
        return Couverture(accord_id=signe.accord_id)
    return Couverture(motif=REFUSES if any(a.etat == "refuse" for a in de_lui) else RIEN_DE_SIGNE)
