"""Table of the presentations: a change is another row, so that what was printed with one prints the same again."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.presentation.rules import Colonne
from services.commercial.presentation.rules import Presentation as Valeurs
from shared.database.columns import Identifie, Instant


class Presentation(Identifie, Base):
    """Version `rang` of how devis look, for an agency or (None) for the whole company. Never updated."""

    __tablename__ = "presentation"
    __table_args__ = (
        Index("uq_presentation_rang", "agence_id", "rang", unique=True, postgresql_nulls_not_distinct=True),
    )

    agence_id: Mapped[UUID | None]
    rang: Mapped[int]
    textes: Mapped[dict[str, Any]]
    logo: Mapped[str] = mapped_column(default="", info={"audit": False})
    cgv_sha256: Mapped[str] = mapped_column(default="")
    cgv_nom: Mapped[str] = mapped_column(default="")
    cree_le: Mapped[Instant]
    cree_par: Mapped[str]

    @property
    def valeurs(self) -> Valeurs:
        """As the rules read it."""
        textes = {**self.textes, "sans": frozenset(Colonne(nom) for nom in self.textes["sans"])}
        return Valeurs(**textes, logo=self.logo, cgv_sha256=self.cgv_sha256, cgv_nom=self.cgv_nom)
