"""Table of interventions and their verbs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from services.demandes.errors import SignatureIncomplete
from services.demandes.intervention import rules
from services.demandes.intervention.rules import EtatIntervention
from shared.contracts.demandes import (
    InterventionAnnulee,
    InterventionDemarree,
    InterventionPlanifiee,
    InterventionTerminee,
)
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
    signe_par: Mapped[str] = mapped_column(default="")
    trace: Mapped[str] = mapped_column(default="", info={"audit": False})

    def planifier(
        self, tiers_nom: str, objet: str, precedents: Sequence[UUID] = (), debut_precedent: datetime | None = None
    ) -> InterventionPlanifiee:
        """It has a date and people, for the first time or again (who was to go, and when, is told too)."""
        return InterventionPlanifiee(
            intervention_id=self.id,
            demande_id=self.demande_id,
            tiers_id=self.tiers_id,
            debut=self.debut,
            fin=self.fin,
            collaborateur_ids=tuple(self.collaborateur_ids),
            equipe_id=self.equipe_id,
            nature=self.nature,
            tiers_nom=tiers_nom,
            objet=objet,
            precedents=tuple(precedents),
            debut_precedent=debut_precedent,
        )

    def demarrer(self, le: datetime) -> InterventionDemarree:
        """The technician is on his way."""
        self.etat = rules.passer(self.etat, EtatIntervention.DEMARREE)
        self.demarre_le = le
        return InterventionDemarree(intervention_id=self.id, demande_id=self.demande_id, demarre_le=le)

    def terminer(self, le: datetime, compte_rendu: str, signe_par: str = "", trace: str = "") -> InterventionTerminee:
        """The intervention ended; the client signed what was done, or was not there: SignatureIncomplete in between."""
        if bool(signe_par) != bool(trace):
            raise SignatureIncomplete
        self.signe_par, self.trace = signe_par, trace
        self.etat = rules.passer(self.etat, EtatIntervention.TERMINEE)
        self.termine_le, self.compte_rendu = le, compte_rendu
        return InterventionTerminee(
            intervention_id=self.id, demande_id=self.demande_id, termine_le=le, compte_rendu=compte_rendu
        )

    def annuler(self, motif: str, tiers_nom: str, objet: str, *, reste_planifiee: bool) -> InterventionAnnulee:
        """It will not take place; the demande is to be planned again, unless it has another intervention."""
        self.etat = rules.passer(self.etat, EtatIntervention.ANNULEE)
        self.compte_rendu = motif
        return InterventionAnnulee(
            intervention_id=self.id,
            demande_id=self.demande_id,
            tiers_id=self.tiers_id,
            tiers_nom=tiers_nom,
            objet=objet,
            debut=self.debut,
            collaborateur_ids=tuple(self.collaborateur_ids),
            motif=motif,
            reste_planifiee=reste_planifiee,
        )
