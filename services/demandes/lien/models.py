"""Tables of what other services made for a demande."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from shared.database.columns import Instant, Montant


class Lien(Base):
    """An object of another service (étude, devis, feuille, facture...), as last announced."""

    __tablename__ = "demande_lien"
    __table_args__ = (Index("ix_demande_lien_objet", "objet_id"),)

    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"), primary_key=True)
    objet_type: Mapped[str] = mapped_column(primary_key=True)
    objet_id: Mapped[UUID] = mapped_column(primary_key=True)
    service: Mapped[str]
    numero: Mapped[str | None]
    libelle: Mapped[str | None]
    montant: Mapped[Montant | None]
    est_cout: Mapped[bool] = mapped_column(default=False)
    etat: Mapped[str]
    cree_le: Mapped[Instant]
    le: Mapped[Instant]
    seq: Mapped[int] = mapped_column(BigInteger)


class Evenement(Base):
    """A fact that concerned a demande, as its page tells it."""

    __tablename__ = "evenement"
    __table_args__ = (Index("ix_evenement_demande", "demande_id", "le"),)

    fait_id: Mapped[UUID] = mapped_column(primary_key=True)
    demande_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"), primary_key=True)
    le: Mapped[Instant]
    fait_type: Mapped[str]
    titre: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    par_nom: Mapped[str]
    objet_type: Mapped[str | None]
    objet_id: Mapped[UUID | None]
    numero: Mapped[str | None]
