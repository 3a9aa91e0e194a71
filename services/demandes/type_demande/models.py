"""Tables of types of demande: states, moves allowed to people, rules applied to facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.demandes.base import Base
from services.demandes.errors import EtatInconnu
from services.demandes.type_demande.rules import ModeRegle, NatureType
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie


class TypeDemande(Aggregate, Base):
    """A kind of demande with its own circuit. `ouverture_fait`: the fact that opens one by itself."""

    __tablename__ = "type_demande"

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str]
    icone: Mapped[str] = mapped_column(default="ticket")
    ordre: Mapped[int] = mapped_column(default=0)
    est_actif: Mapped[bool] = mapped_column(default=True)
    nature: Mapped[NatureType] = mapped_column(enum_texte(NatureType), default=NatureType.AUTRE)
    exige_couverture: Mapped[bool] = mapped_column(default=False)
    ouverture_fait: Mapped[str | None] = mapped_column(index=True)

    etats: Mapped[list["Etat"]] = relationship(lazy="raise", order_by="Etat.ordre", cascade="all, delete-orphan")
    transitions: Mapped[list["Transition"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    regles: Mapped[list["Regle"]] = relationship(lazy="raise", order_by="Regle.ordre", cascade="all, delete-orphan")

    def etat(self, code: str) -> "Etat":
        """The state of that code."""
        trouve = next((e for e in self.etats if e.code == code), None)
        if trouve is None:
            raise EtatInconnu(code=code)
        return trouve

    @property
    def initial(self) -> "Etat":
        """Where a new demande starts."""
        return next(e for e in self.etats if e.est_initial)

    def dedoubler(self, modele: "Etat", nouveau: "Etat") -> None:
        """Put `nouveau` after `modele`: it is reached, left, planned and moved by rules as `modele` is."""
        for drapeau in ("est_terminal", "exige_temps", "est_planifiable", "est_a_planifier"):
            setattr(nouveau, drapeau, getattr(modele, drapeau))
        self.etats.insert(self.etats.index(modele) + 1, nouveau)
        for ordre, etat in enumerate(self.etats):
            etat.ordre = ordre
        voisins = [t for t in self.transitions if modele.code in (t.de, t.vers)]
        copies = [{code: code for code in (t.de, t.vers)} | {modele.code: nouveau.code} for t in voisins]
        self.transitions += [
            Transition(de=mots[t.de], vers=mots[t.vers], motif_demande=t.motif_demande)
            for t, mots in zip(voisins, copies, strict=True)
        ]
        paires = [(modele.code, nouveau.code), (nouveau.code, modele.code)]
        self.transitions += [Transition(de=de, vers=vers, motif_demande=False) for de, vers in paires]
        for regle in self.regles:
            if modele.code in regle.de_etats:
                regle.de_etats = [*regle.de_etats, nouveau.code]

    def suites(self, code: str) -> list["Etat"]:
        """The states people may move to from `code`, in the order of the circuit."""
        permis = {t.vers for t in self.transitions if t.de == code}
        return [e for e in self.etats if e.code in permis]

    def motifs(self, code: str) -> list[str]:
        """Those of the states people may move to from `code` where they must say why."""
        return [t.vers for t in self.transitions if t.de == code and t.motif_demande]


class Etat(Identifie, Base):
    """A state: its colour, the service it waits for, and what it allows."""

    __tablename__ = "etat"
    __table_args__ = (UniqueConstraint("type_id", "code"),)

    type_id: Mapped[UUID] = mapped_column(ForeignKey("type_demande.id"))
    code: Mapped[str]
    libelle: Mapped[str]
    couleur: Mapped[str] = mapped_column(default="ardoise")
    service: Mapped[str] = mapped_column(default="tous")
    ordre: Mapped[int]
    est_initial: Mapped[bool] = mapped_column(default=False)
    est_terminal: Mapped[bool] = mapped_column(default=False)
    exige_temps: Mapped[bool] = mapped_column(default=False)
    est_planifiable: Mapped[bool] = mapped_column(default=False)
    est_a_planifier: Mapped[bool] = mapped_column(default=False)
    est_prise: Mapped[bool] = mapped_column(default=False)


class Transition(Identifie, Base):
    """A move people may make; with `motif_demande`, they say why."""

    __tablename__ = "transition"
    __table_args__ = (UniqueConstraint("type_id", "de", "vers"),)

    type_id: Mapped[UUID] = mapped_column(ForeignKey("type_demande.id"))
    de: Mapped[str]
    vers: Mapped[str]
    motif_demande: Mapped[bool] = mapped_column(default=False)


class Regle(Identifie, Base):
    """Fact X moves demandes of this type from one of `de_etats` to `vers`, by itself or as a proposal."""

    __tablename__ = "regle"

    type_id: Mapped[UUID] = mapped_column(ForeignKey("type_demande.id"), index=True)
    libelle: Mapped[str]
    fait_type: Mapped[str] = mapped_column(index=True)
    de_etats: Mapped[list[str]] = mapped_column(ARRAY(Text))
    condition_champ: Mapped[str | None]
    condition_valeur: Mapped[Any] = mapped_column(JSONB(none_as_null=True), nullable=True)
    vers: Mapped[str]
    mode: Mapped[ModeRegle] = mapped_column(enum_texte(ModeRegle), default=ModeRegle.AUTOMATIQUE)
    ordre: Mapped[int] = mapped_column(default=0)


class VersionType(Identifie, Base):
    """A circuit as it was before somebody changed it: read again, or put back, whole."""

    __tablename__ = "version_type"
    __table_args__ = (UniqueConstraint("type_id", "version"),)

    type_id: Mapped[UUID] = mapped_column(ForeignKey("type_demande.id"))
    version: Mapped[int]
    remplacee_le: Mapped[datetime]
    par_id: Mapped[UUID | None]
    par_nom: Mapped[str]
    contenu: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Domaine(Base):
    """What a demande is about (network, printing...): an icon on its card."""

    __tablename__ = "domaine"

    code: Mapped[str] = mapped_column(primary_key=True)
    libelle: Mapped[str]
    icone: Mapped[str]
    ordre: Mapped[int] = mapped_column(default=0)
