"""Table of what clients answered by their link."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.contracts.commercial import ReponseClientRecue
from shared.database.base import enum_texte
from shared.database.columns import Identifie, Instant


class GenreReponse(StrEnum):
    """What a client may do with a link."""

    ACCORD = "accord"
    REFUS = "refus"
    QUESTION = "question"


class ReponseClient(Identifie, Base):
    """One answer. `avise_le`: when staff were told by mail; `erreur`: why they could not be."""

    __tablename__ = "reponse_client"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    lien_id: Mapped[UUID] = mapped_column(ForeignKey("lien_signature.id"), index=True)
    genre: Mapped[GenreReponse] = mapped_column(enum_texte(GenreReponse))
    nom: Mapped[str]
    texte: Mapped[str]
    recue_le: Mapped[Instant]
    avise_le: Mapped[Instant | None]
    erreur: Mapped[str] = mapped_column(default="")

    def annoncer(
        self, demande_id: UUID, *, numero: str, tiers_nom: str, objet: str, commercial_id: UUID | None
    ) -> ReponseClientRecue:
        """Work for our own jobs."""
        return ReponseClientRecue(
            proposition_id=self.proposition_id,
            demande_id=demande_id,
            reponse_id=self.id,
            genre=self.genre.value,
            numero=numero,
            nom=self.nom,
            tiers_nom=tiers_nom,
            objet=objet,
            commercial_id=commercial_id,
        )

    def aviser(self, *, le: datetime, erreur: str) -> None:
        """Staff were told, or will not be."""
        self.avise_le, self.erreur = le, erreur
