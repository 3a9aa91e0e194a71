"""Table of interventions and their verbs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from services.demandes.intervention import rules
from services.demandes.intervention.rules import EtatIntervention
from shared.contracts.demandes import InterventionDemarree, InterventionPlanifiee, InterventionTerminee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Instant


class Intervention(Aggregate, Base):
    """A demande with a date and people."""

    __tablename__ = "intervention"
    __table_args__ = (
        Index("ix_intervention_debut", "debut", "id"),
        Index("ix_intervention_fin", "fin"),
        Index("ix_intervention_personnes", "collaborateur_ids", postgresql_using="gin"),
    )

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"), index=True)
    tiers_id: Mapped[UUID]
    nature: Mapped[str] = mapped_column(default="installation")
    etat: Mapped[EtatIntervention] = mapped_column(enum_texte(EtatIntervention), default=EtatIntervention.PLANIFIEE)
    debut: Mapped[Instant]
    fin: Mapped[Instant]
    collaborateur_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    equipe_id: Mapped[UUID | None] = mapped_column(index=True)
    consignes: Mapped[str] = mapped_column(default="")
    demarre_le: Mapped[Instant | None]
    termine_le: Mapped[Instant | None]
    compte_rendu: Mapped[str] = mapped_column(default="")

    def planifier(self) -> InterventionPlanifiee:
        """It has a date and people, for the first time or again."""
        return InterventionPlanifiee(
            intervention_id=self.id,
            demande_id=self.demande_id,
            tiers_id=self.tiers_id,
            debut=self.debut,
            fin=self.fin,
            collaborateur_ids=tuple(self.collaborateur_ids),
            equipe_id=self.equipe_id,
            nature=self.nature,
        )

    def demarrer(self, le: datetime) -> InterventionDemarree:
        """The technician is on his way."""
        self.etat = rules.passer(self.etat, EtatIntervention.DEMARREE)
        self.demarre_le = le
        return InterventionDemarree(intervention_id=self.id, demande_id=self.demande_id, demarre_le=le)

    def terminer(self, le: datetime, compte_rendu: str) -> InterventionTerminee:
        """The intervention ended."""
        self.etat = rules.passer(self.etat, EtatIntervention.TERMINEE)
        self.termine_le, self.compte_rendu = le, compte_rendu
        return InterventionTerminee(
            intervention_id=self.id, demande_id=self.demande_id, termine_le=le, compte_rendu=compte_rendu
        )

    def annuler(self, motif: str) -> None:
        """It will not take place; the demande is to be planned again."""
        self.etat = rules.passer(self.etat, EtatIntervention.ANNULEE)
        self.compte_rendu = motif
