"""Table of collaborators and its verb."""

from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.contracts.contacts import SEMAINE_ORDINAIRE, CollaborateurModifie, DemiJournee
from shared.database.columns import Aggregate


class Collaborateur(Aggregate, Base):
    """A member of staff, assigned to demandes, interventions and visits."""

    __tablename__ = "collaborateur"

    nom: Mapped[str]
    prenom: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(unique=True)
    fonction: Mapped[str] = mapped_column(default="")
    telephone: Mapped[str | None]
    agence_id: Mapped[UUID | None] = mapped_column(index=True)
    est_actif: Mapped[bool] = mapped_column(default=True)
    demi_journees: Mapped[list[DemiJournee]] = mapped_column(ARRAY(Text), default=lambda: list(SEMAINE_ORDINAIRE))

    def annoncer(self) -> CollaborateurModifie:
        """The fact that tells who this person is now."""
        return CollaborateurModifie(
            collaborateur_id=self.id,
            nom=self.nom,
            prenom=self.prenom,
            email=self.email,
            fonction=self.fonction,
            telephone=self.telephone,
            agence_id=self.agence_id,
            est_actif=self.est_actif,
            demi_journees=tuple(self.demi_journees),
        )
