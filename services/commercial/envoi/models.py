"""Tables of sendings and their links."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.contracts.commercial import EnvoiDevisDemande
from shared.database.base import enum_texte
from shared.database.columns import Identifie, Instant


class EtatEnvoi(StrEnum):
    """Where a sending is."""

    DEMANDE = "demande"
    ENVOYE = "envoye"
    ECHEC = "echec"


class Envoi(Identifie, Base):
    """One mail asked for by staff. `document_sha256` is the exact file that left, `revision` the text it says."""

    __tablename__ = "envoi"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    etat: Mapped[EtatEnvoi] = mapped_column(enum_texte(EtatEnvoi), default=EtatEnvoi.DEMANDE)
    destinataires: Mapped[list[str]]
    sujet: Mapped[str]
    message: Mapped[str]
    demande_le: Mapped[Instant]
    demande_par: Mapped[UUID | None]
    demande_par_nom: Mapped[str]
    revision: Mapped[int | None]
    envoye_le: Mapped[Instant | None]
    document_sha256: Mapped[str | None]
    document_nom: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="")
    refus: Mapped[list[str]] = mapped_column(default=list)
    erreur: Mapped[str] = mapped_column(default="")

    def demander(self, demande_id: UUID) -> EnvoiDevisDemande:
        """Work for our own jobs."""
        return EnvoiDevisDemande(proposition_id=self.proposition_id, demande_id=demande_id, envoi_id=self.id)

    def aboutir(self, *, sha256: str, nom: str, message_id: str, refus: list[str], le: datetime) -> None:
        """The mail left with this file; `refus` are addresses the server did not take."""
        self.etat, self.envoye_le, self.erreur = EtatEnvoi.ENVOYE, le, ""
        self.document_sha256, self.document_nom = sha256, nom
        self.message_id, self.refus = message_id, refus

    def echouer(self, raison: str) -> None:
        """It will not leave: staff read why and may ask again."""
        self.etat, self.erreur = EtatEnvoi.ECHEC, raison


class LienSignature(Identifie, Base):
    """A link mailed to a client. Only its fingerprint is kept: what is stored cannot open the page."""

    __tablename__ = "lien_signature"

    envoi_id: Mapped[UUID] = mapped_column(ForeignKey("envoi.id"), index=True)
    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    empreinte: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    cree_le: Mapped[Instant]
    remplace_le: Mapped[Instant | None]
