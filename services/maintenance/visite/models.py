"""Tables of the visit and its verbs."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.maintenance.base import Base
from services.maintenance.visite import rules
from services.maintenance.visite.rules import EtatVisite
from shared.contracts.maintenance import RemarqueVisite, VisiteDue, VisiteRealisee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche


class Visite(Aggregate, Cherchable, Base):
    """A preventive visit of a contract; the database holds one per contract and period."""

    __tablename__ = "visite"
    __table_args__ = (
        UniqueConstraint("contrat_id", "periode"),
        Index("ix_visite_recherche", "recherche", postgresql_using="gin"),
        Index("ix_visite_echeance", "etat", "date_prevue", "id"),
        Index("ix_visite_tiers", "tiers_id", "date_prevue", "id"),
        Index("ix_visite_date", "date_prevue", "id"),
    )

    contrat_id: Mapped[UUID]
    contrat_numero: Mapped[str]
    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    periode: Mapped[str]
    date_prevue: Mapped[date]
    etat: Mapped[EtatVisite] = mapped_column(enum_texte(EtatVisite), default=EtatVisite.PROGRAMMEE)
    declenchee_le: Mapped[Instant | None]
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    demande_numero: Mapped[str | None]
    planifiee_le: Mapped[date | None]
    intervenant: Mapped[str] = mapped_column(default="")
    effectuee_le: Mapped[date | None]
    realisee_le: Mapped[date | None]
    realisee_par: Mapped[str] = mapped_column(default="")
    compte_rendu: Mapped[str] = mapped_column(default="")

    releves: Mapped[list["Releve"]] = relationship(
        lazy="raise", order_by="Releve.rang", cascade="all, delete-orphan", passive_deletes=True
    )

    def nommer(self, tiers_nom: str, objet: str) -> None:
        """Who and what it is for, as the contract says."""
        self.tiers_nom, self.objet = tiers_nom, objet
        self.recherche_texte = texte_recherche(tiers_nom, objet, self.contrat_numero)

    def declencher(self, le: datetime) -> VisiteDue:
        """It is time to plan it: a demande will be opened."""
        self.etat = rules.passer(self.etat, EtatVisite.DUE)
        self.declenchee_le = le
        return VisiteDue(
            visite_id=self.id,
            contrat_id=self.contrat_id,
            contrat_numero=self.contrat_numero,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            periode=self.periode,
            date_prevue=self.date_prevue,
            objet=self.objet,
        )

    def planifier(self, le: date, intervenant: str) -> None:
        """It has a date and somebody to go."""
        self.etat = rules.passer(self.etat, EtatVisite.PLANIFIEE)
        self.planifiee_le, self.intervenant = le, intervenant or self.intervenant

    def deprogrammer(self) -> None:
        """Its date and its person are taken back: it is due again."""
        self.etat = rules.passer(self.etat, EtatVisite.DUE)
        self.planifiee_le, self.intervenant = None, ""

    def effectuer(self, le: date) -> None:
        """The intervention ended; the readings are awaited."""
        self.etat = rules.passer(self.etat, EtatVisite.EFFECTUEE)
        self.effectuee_le = le

    def realiser(self, le: date, par: str, compte_rendu: str, designations: Mapping[UUID, str]) -> VisiteRealisee:
        """The readings are recorded: the visit is over, what it noticed is told with the name of each object."""
        self.etat = rules.passer(self.etat, EtatVisite.REALISEE)
        self.realisee_le, self.realisee_par, self.compte_rendu = le, par, compte_rendu
        self.effectuee_le = self.effectuee_le or le
        return VisiteRealisee(
            visite_id=self.id,
            contrat_id=self.contrat_id,
            tiers_id=self.tiers_id,
            realisee_le=le,
            demande_id=self.demande_id,
            tiers_nom=self.tiers_nom,
            remarques=tuple(
                RemarqueVisite(
                    equipement_id=r.equipement_id,
                    designation=designations[r.equipement_id],
                    genre=rules.SIGNALES[r.genre],
                    texte=r.remarque,
                )
                for r in self.releves
                if r.remarque and r.genre in rules.SIGNALES
            ),
        )

    def annuler(self) -> None:
        """The contract ended before it."""
        self.etat = rules.passer(self.etat, EtatVisite.ANNULEE)


class Releve(Identifie, Base):
    """One object ticked for a visit, and what was read on site. `genre` says what the remark asks for."""

    __tablename__ = "releve"
    __table_args__ = (UniqueConstraint("visite_id", "equipement_id"),)

    visite_id: Mapped[UUID] = mapped_column(ForeignKey("visite.id", ondelete="CASCADE"))
    equipement_id: Mapped[UUID] = mapped_column(ForeignKey("equipement.id"), index=True)
    rang: Mapped[int]
    compteur: Mapped[str] = mapped_column(default="")
    utilisateur: Mapped[str] = mapped_column(default="")
    remarque: Mapped[str] = mapped_column(default="")
    genre: Mapped[str] = mapped_column(default="info")
