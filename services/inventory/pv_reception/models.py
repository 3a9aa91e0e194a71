"""The table of the PV. What was signed never changes; only the stored file is added to it."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from services.inventory.piece.models import PieceDeFeuille
from shared.contracts.inventory import PvReceptionSigne
from shared.database.columns import Aggregate, Instant


class PvReception(PieceDeFeuille, Aggregate, Base):
    """What the client received and signed. `contenu` is the text of the moment; `photos` those it shows,
    {"sha256", "nom", "objet"}; `document_sha256` its exact PDF."""

    __tablename__ = "pv_reception"
    __table_args__ = (Index("ix_pv_reception_signe_le", "signe_le", "id"),)

    contenu: Mapped[list[dict[str, Any]]]
    photos: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    reserves: Mapped[str] = mapped_column(default="")
    signe_par: Mapped[str]
    qualite: Mapped[str] = mapped_column(default="")
    trace: Mapped[str] = mapped_column(info={"audit": False})
    signe_le: Mapped[Instant]
    recueilli_par: Mapped[str]
    document_sha256: Mapped[str | None]
    document_nom: Mapped[str] = mapped_column(default="")

    def signer(self, historique_ids: tuple[UUID, ...]) -> PvReceptionSigne:
        """The fact that the client received the work."""
        return PvReceptionSigne(
            pv_id=self.id,
            numero=self.numero,
            feuille_id=self.feuille_id,
            demande_id=self.demande_id,
            affaire_id=self.affaire_id,
            tiers_id=self.tiers_id,
            signe_par=self.signe_par,
            signe_le=self.signe_le,
            a_reserves=bool(self.reserves),
            historique_ids=historique_ids,
        )
