"""Table of the coverage: one row per client, told as a whole at each change."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.base import Base
from shared.contracts.maintenance import CouvertureModifiee
from shared.database.columns import Aggregate


class Couverture(Aggregate, Base):
    """`contrats` holds, for each contract in force, the objects it covers; `accord_id` the tariffs signed."""

    __tablename__ = "couverture"

    tiers_id: Mapped[UUID] = mapped_column(unique=True)
    contrats: Mapped[dict[str, Any]]
    accord_id: Mapped[UUID | None]

    def couvrir(self, contrat_id: UUID, equipement_ids: Iterable[UUID] | None) -> None:
        """The objects a contract covers from now on; None when it covers no more."""
        autres = {cle: ids for cle, ids in self.contrats.items() if cle != str(contrat_id)}
        if equipement_ids is not None:
            autres[str(contrat_id)] = sorted(str(e) for e in equipement_ids)
        if autres != self.contrats:
            self.contrats = autres

    def oublier(self, equipement_id: UUID) -> None:
        """An object left the parc."""
        texte = str(equipement_id)
        self.contrats = {cle: [e for e in ids if e != texte] for cle, ids in self.contrats.items()}

    def annoncer(self) -> CouvertureModifiee:
        """The whole coverage of the client."""
        couverts = sorted({e for ids in self.contrats.values() for e in ids})
        return CouvertureModifiee(
            tiers_id=self.tiers_id,
            contrat_ids=tuple(UUID(c) for c in sorted(self.contrats)),
            equipement_ids=tuple(UUID(e) for e in couverts),
            accord_id=self.accord_id,
        )
