"""Table of the files of a tiers."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.database.columns import Aggregate


class FichierTiers(Aggregate, Base):
    """Who attached what and when (`cree_le`). `taille` in bytes; `nom` was made harmless by the storage."""

    __tablename__ = "fichier"
    __table_args__ = (Index("ix_fichier_tiers_id", "tiers_id", "cree_le", "id"),)

    tiers_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"))
    nom: Mapped[str]
    type: Mapped[str]
    taille: Mapped[int]
    sha256: Mapped[str]
    depose_par: Mapped[str]
    depose_par_id: Mapped[UUID | None]
