"""Tables of a demande and its verbs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Computed, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from services.demandes.demande.rules import Cause, Etape, Urgence
from shared.contracts.demandes import DemandeCreee, DemandeModifiee, EtatChange
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche

RANG_URGENCE = "CASE urgence WHEN 'urgente' THEN 0 WHEN 'haute' THEN 1 WHEN 'normale' THEN 2 ELSE 3 END"
LU = {"audit": False}  # read copies and counters: they follow something that is audited elsewhere


class Demande(Aggregate, Cherchable, Base):
    """What somebody asked for. `type_code` and `etat_code` are codes of the configuration."""

    __tablename__ = "demande"
    __table_args__ = (
        Index("ix_demande_tableau", "type_code", "etat_code", "urgence_rang", "cree_le", "id"),
        Index("ix_demande_recherche", "recherche", postgresql_using="gin"),
        Index("ix_demande_responsable", "responsable_id", "est_close"),
        Index("ix_demande_echeance", "echeance", postgresql_where=text("NOT est_close")),
        Index("ix_demande_relance", "prochaine_relance_le", postgresql_where=text("NOT est_close")),
        Index("ix_demande_creation", "cree_le", "id"),
        Index("ix_demande_file", "est_close", "urgence_rang", "cree_le", "id"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    type_id: Mapped[UUID] = mapped_column(ForeignKey("type_demande.id"), index=True)
    type_code: Mapped[str]
    etat_code: Mapped[str]
    etat_depuis: Mapped[Instant] = mapped_column(info=LU)
    est_close: Mapped[bool] = mapped_column(default=False)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str] = mapped_column(info=LU)
    tiers_ville: Mapped[str] = mapped_column(default="", info=LU)
    objet: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    domaine_code: Mapped[str | None] = mapped_column(ForeignKey("domaine.code"), index=True)
    urgence: Mapped[Urgence] = mapped_column(enum_texte(Urgence), default=Urgence.NORMALE)
    urgence_rang: Mapped[int] = mapped_column(SmallInteger, Computed(RANG_URGENCE, persisted=True), info=LU)
    echeance: Mapped[date | None]
    responsable_id: Mapped[UUID | None]
    responsable_nom: Mapped[str | None]
    agence_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("demande.id"), index=True)
    equipement_id: Mapped[UUID | None] = mapped_column(index=True)
    equipement_nom: Mapped[str | None]
    visite_id: Mapped[UUID | None] = mapped_column(unique=True)
    contrat_id: Mapped[UUID | None]
    accord_id: Mapped[UUID | None]
    duree_prevue_minutes: Mapped[int | None]
    personnes_prevues: Mapped[int] = mapped_column(SmallInteger, default=1)
    etat_propose: Mapped[str | None]
    propose_regle_id: Mapped[UUID | None] = mapped_column(info=LU)
    propose_parce_que: Mapped[str | None] = mapped_column(info=LU)
    propose_fait_type: Mapped[str | None] = mapped_column(info=LU)
    propose_fait_id: Mapped[UUID | None] = mapped_column(info=LU)
    montant_ht: Mapped[Montant | None] = mapped_column(info=LU)
    sous_contrat: Mapped[bool] = mapped_column(default=False, info=LU)
    nb_notes: Mapped[int] = mapped_column(default=0, info=LU)
    nb_relances: Mapped[int] = mapped_column(default=0, info=LU)
    derniere_relance_le: Mapped[Instant | None] = mapped_column(info=LU)
    prochaine_relance_le: Mapped[date | None] = mapped_column(info=LU)
    temps_minutes: Mapped[int] = mapped_column(default=0, info=LU)

    def indexer(self) -> None:
        """Recompute what searches look at."""
        self.recherche_texte = texte_recherche(self.numero, self.tiers_nom, self.objet, self.equipement_nom)

    def ouvrir(self, etape: Etape) -> DemandeCreee:
        """The demande exists, in its first state."""
        self.indexer()
        return DemandeCreee(
            demande_id=self.id,
            numero=self.numero,
            type_code=self.type_code,
            etat_code=etape.code,
            etat_libelle=etape.libelle,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            description=self.description,
            urgence=self.urgence.value,
            agence_id=self.agence_id,
            responsable_id=self.responsable_id,
            echeance=self.echeance,
            affaire_id=self.affaire_id,
            parent_id=self.parent_id,
            equipement_id=self.equipement_id,
            visite_id=self.visite_id,
        )

    def passer(self, vers: Etape, *, le: datetime, cause: Cause | None) -> EtatChange:
        """The demande changes state; what was proposed meanwhile is forgotten."""
        de, self.etat_code = self.etat_code, vers.code
        self.etat_depuis, self.est_close = le, vers.est_terminal
        self.oublier_proposition()
        return EtatChange(
            demande_id=self.id,
            numero=self.numero,
            type_code=self.type_code,
            tiers_id=self.tiers_id,
            de=de,
            vers=vers.code,
            vers_libelle=vers.libelle,
            est_automatique=cause is not None,
            regle=cause.regle_libelle if cause else None,
            fait_type=cause.fait_type if cause else None,
            est_terminal=vers.est_terminal,
        )

    def proposer(self, vers: str, cause: Cause) -> DemandeModifiee:
        """A rule suggests a state; somebody will apply or dismiss it."""
        self.etat_propose, self.propose_regle_id = vers, cause.regle_id
        self.propose_parce_que = cause.parce_que
        self.propose_fait_type, self.propose_fait_id = cause.fait_type, cause.fait_id
        return self.modifier()

    def oublier_proposition(self) -> None:
        """Nothing is suggested any more."""
        self.etat_propose = self.propose_regle_id = self.propose_parce_que = None
        self.propose_fait_type = self.propose_fait_id = None

    def modifier(self) -> DemandeModifiee:
        """Something other than the state changed."""
        self.indexer()
        return DemandeModifiee(
            demande_id=self.id,
            numero=self.numero,
            objet=self.objet,
            urgence=self.urgence.value,
            responsable_id=self.responsable_id,
            responsable_nom=self.responsable_nom,
            echeance=self.echeance,
        )


class Passage(Identifie, Base):
    """A move, kept for ever: who or which rule, when, from where to where, why."""

    __tablename__ = "passage"
    __table_args__ = (Index("ix_passage_demande", "demande_id", "le"),)

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"))
    le: Mapped[Instant]
    de: Mapped[str]
    vers: Mapped[str]
    de_libelle: Mapped[str]
    vers_libelle: Mapped[str]
    par_id: Mapped[UUID | None]
    par_nom: Mapped[str]
    motif: Mapped[str] = mapped_column(default="")
    regle_id: Mapped[UUID | None]
    regle_libelle: Mapped[str | None]
    fait_type: Mapped[str | None]
    fait_id: Mapped[UUID | None]
    parce_que: Mapped[str | None]


class Note(Identifie, Base):
    """What somebody wrote on a demande."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_demande", "demande_id", "le"),)

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"))
    le: Mapped[Instant]
    par_id: Mapped[UUID | None]
    par_nom: Mapped[str]
    texte: Mapped[str]


class Relance(Identifie, Base):
    """The client was called back, or will be."""

    __tablename__ = "relance"
    __table_args__ = (Index("ix_relance_demande", "demande_id", "le"),)

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"))
    le: Mapped[Instant]
    par_id: Mapped[UUID | None]
    par_nom: Mapped[str]
    canal: Mapped[str]
    compte_rendu: Mapped[str] = mapped_column(default="")
    prochaine_le: Mapped[date | None]
