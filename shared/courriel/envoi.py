"""What every table of mails asked for by staff holds, whatever the mail carries."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shared.database.base import enum_texte
from shared.database.columns import Identifie, Instant


class EtatEnvoi(StrEnum):
    """Where a sending is."""

    DEMANDE = "demande"
    ENVOYE = "envoye"
    ECHEC = "echec"


class EnvoiCourriel(Identifie):
    """One mail. `document_sha256` is the exact file that left; `refus`, the addresses the server did not take."""

    etat: Mapped[EtatEnvoi] = mapped_column(enum_texte(EtatEnvoi), default=EtatEnvoi.DEMANDE)
    destinataires: Mapped[list[str]]
    sujet: Mapped[str]
    message: Mapped[str]
    demande_le: Mapped[Instant]
    demande_par: Mapped[UUID | None]
    demande_par_nom: Mapped[str]
    envoye_le: Mapped[Instant | None]
    document_sha256: Mapped[str | None]
    document_nom: Mapped[str] = mapped_column(default="")
    refus: Mapped[list[str]] = mapped_column(default=list)
    erreur: Mapped[str] = mapped_column(default="")

    def aboutir(self, *, sha256: str, nom: str, refuses: Mapping[str, str], le: datetime) -> None:
        """The mail left with this file; `refuses` says why the server did not take some addresses."""
        self.etat, self.envoye_le, self.erreur = EtatEnvoi.ENVOYE, le, ""
        self.document_sha256, self.document_nom = sha256, nom
        self.refus = [f"{adresse} : {raison}" for adresse, raison in refuses.items()]

    def echouer(self, raison: str) -> None:
        """It will not leave: staff read why and may ask again."""
        self.etat, self.erreur = EtatEnvoi.ECHEC, raison
