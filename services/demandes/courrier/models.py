"""Tables of received mails and of their files."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from services.demandes.courrier.rules import EtatCourrier
from shared.database.base import enum_texte
from shared.database.columns import Identifie, Instant


class CourrierRecu(Identifie, Base):
    """A mail, kept once whatever the number of times it is read."""

    __tablename__ = "courrier_recu"
    __table_args__ = (
        Index("ix_courrier_recu_a_rattacher", "id", postgresql_where=text("etat = 'a_rattacher'")),
        Index("ix_courrier_recu_de", "de", "recu_le"),
    )

    message_id: Mapped[str] = mapped_column(unique=True)
    recu_le: Mapped[Instant]
    de: Mapped[str]
    nom: Mapped[str]
    sujet: Mapped[str]
    texte: Mapped[str]
    etat: Mapped[EtatCourrier] = mapped_column(enum_texte(EtatCourrier))
    motif: Mapped[str] = mapped_column(default="")
    demande_id: Mapped[UUID | None] = mapped_column(ForeignKey("demande.id"), index=True)


class PieceRecue(Identifie, Base):
    """A file that came with a mail; one that was refused keeps its name and why."""

    __tablename__ = "piece_recue"

    courrier_id: Mapped[UUID] = mapped_column(ForeignKey("courrier_recu.id"), index=True)
    nom: Mapped[str]
    type: Mapped[str] = mapped_column(default="")
    taille: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str] = mapped_column(default="")
    refus: Mapped[str] = mapped_column(default="")
