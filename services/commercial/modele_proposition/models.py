"""Table of models."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.database.columns import Aggregate


class ModeleProposition(Aggregate, Base):
    """Lines as the API takes them (`SaisieLigne`), taken and laid down as a whole."""

    __tablename__ = "modele_proposition"
    __table_args__ = (Index("uq_modele_nom", "nom", unique=True, postgresql_where=text("est_actif")),)

    nom: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    lignes: Mapped[list[dict[str, Any]]]
    est_actif: Mapped[bool] = mapped_column(default=True)
