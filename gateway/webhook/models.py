"""Tables of webhooks, and of what each is to be told."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gateway.base import Base
from gateway.webhook.rules import Etat
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant

# Written as they are in the indexes: a parameter would hide them from the planner.
EN_ATTENTE = text("etat = 'attente'")
ABANDONNES = text("etat = 'abandonne'")


class Webhook(Aggregate, Base):
    """An address told of facts. `compte_id` answers for it: what he may no longer read does not leave."""

    __tablename__ = "webhook"

    libelle: Mapped[str]
    adresse: Mapped[str]
    faits: Mapped[list[str]] = mapped_column(ARRAY(Text))
    avec_couts: Mapped[bool] = mapped_column(default=False)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"))
    secret: Mapped[str] = mapped_column(info={"secret": True})
    ancien_secret: Mapped[str | None] = mapped_column(info={"secret": True})
    ancien_jusqu_au: Mapped[Instant | None]
    est_actif: Mapped[bool] = mapped_column(default=True)
    motif_arret: Mapped[str] = mapped_column(default="")
    # How it goes, written by whoever sends: neither a change of the record nor a trace of the journal.
    echoue_depuis: Mapped[Instant | None] = mapped_column(info={"audit": False})
    reussi_le: Mapped[Instant | None] = mapped_column(info={"audit": False})

    def arreter(self, motif: str = "") -> None:
        """Nothing is sent any more; what waits is kept."""
        self.est_actif, self.motif_arret = False, motif

    def reprendre(self) -> None:
        """Send again, what waited first."""
        self.est_actif, self.motif_arret, self.echoue_depuis = True, "", None


class EnvoiWebhook(Identifie, Base):
    """A fact for an address. `fait_id` is the `webhook-id` of every try; `cle` holds facts of one record in order."""

    __tablename__ = "envoi_webhook"
    __table_args__ = (
        UniqueConstraint("webhook_id", "fait_id"),
        Index("ix_envoi_webhook_liste", "webhook_id", "id"),
        Index("ix_envoi_webhook_du", "webhook_id", "prochain_le", postgresql_where=EN_ATTENTE),
        Index("ix_envoi_webhook_rang", "webhook_id", "cle", "seq", postgresql_where=EN_ATTENTE),
        Index("ix_envoi_webhook_range", "webhook_id", postgresql_where=ABANDONNES),
        Index("ix_envoi_webhook_cree_le", "cree_le"),
    )

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    fait_id: Mapped[UUID]
    type: Mapped[str]
    cle: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
    demande_id: Mapped[UUID | None]
    contenu: Mapped[dict[str, Any]] = mapped_column(JSONB)
    survenu_le: Mapped[Instant]
    cree_le: Mapped[Instant]
    etat: Mapped[Etat] = mapped_column(enum_texte(Etat), default=Etat.ATTENTE)
    tentatives: Mapped[int] = mapped_column(default=0)
    prochain_le: Mapped[Instant]
    tente_le: Mapped[Instant | None]
    code: Mapped[int | None]
    reponse: Mapped[str] = mapped_column(default="")
    duree_ms: Mapped[int | None]
