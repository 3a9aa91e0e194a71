"""Table of teams and its verb."""

from uuid import UUID

from sqlalchemy import Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.contracts.contacts import EquipeModifiee
from shared.database.columns import Aggregate


class Equipe(Aggregate, Base):
    """Collaborators who go together on an intervention."""

    __tablename__ = "equipe"

    nom: Mapped[str] = mapped_column(unique=True)
    agence_id: Mapped[UUID | None]
    membre_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    est_active: Mapped[bool] = mapped_column(default=True)

    def annoncer(self) -> EquipeModifiee:
        """The fact that tells what this team is now."""
        return EquipeModifiee(
            equipe_id=self.id,
            nom=self.nom,
            agence_id=self.agence_id,
            membre_ids=tuple(self.membre_ids),
            est_active=self.est_active,
        )
