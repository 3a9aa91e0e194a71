"""Tables of notifications, and what the gateway keeps of demandes and due dates to know whom to tell."""

from datetime import date
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from gateway.base import Base
from shared.database.columns import Identifie, Instant


class Notification(Identifie, Base):
    """Something somebody was told; a fact tells a person once, however often it arrives."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("compte_id", "cause"),
        Index("ix_notification_compte", "compte_id", "id"),
        Index("ix_notification_non_lue", "compte_id", "id", postgresql_where=text("lue_le IS NULL")),
        Index("ix_notification_attente", "lien", postgresql_where=text("lue_le IS NULL")),
    )

    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"))
    cause: Mapped[str]  # the fact, or the due date, that made it
    genre: Mapped[str]
    titre: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    lien: Mapped[str]
    cree_le: Mapped[Instant]
    lue_le: Mapped[Instant | None]
    courriel_le: Mapped[Instant | None]


class DemandeConnue(Base):
    """Who is in charge of a demande and who follows it."""

    __tablename__ = "demande_connue"

    demande_id: Mapped[UUID] = mapped_column(primary_key=True)
    numero: Mapped[str]
    objet: Mapped[str]
    responsable_id: Mapped[UUID | None]
    abonne_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    seq: Mapped[int] = mapped_column(BigInteger)
    abonnes_seq: Mapped[int] = mapped_column(BigInteger, default=0)


class Echeance(Base):
    """Something expected on a day: the delivery of an order, the payment of an invoice.

    `dite_le`: nobody is to be told any more, because it was said or because it came (a late fact must not wait for it again).
    """

    __tablename__ = "echeance"
    __table_args__ = (Index("ix_echeance_a_dire", "le", postgresql_where=text("dite_le IS NULL")),)

    objet_id: Mapped[UUID] = mapped_column(primary_key=True)
    genre: Mapped[str]
    numero: Mapped[str]
    tiers_nom: Mapped[str]
    le: Mapped[date]
    dite_le: Mapped[Instant | None]
    seq: Mapped[int] = mapped_column(BigInteger)
