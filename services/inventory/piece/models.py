"""The columns of a paper of a feuille, copied from it once: the paper says what was true that day."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class PieceDeFeuille:
    """What a feuille was about when the paper was written; `Feuille.rattachement` gives these values."""

    numero: Mapped[str] = mapped_column(unique=True)
    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"), index=True)
    feuille_numero: Mapped[str]
    devis_numero: Mapped[str]
    demande_id: Mapped[UUID] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    objet: Mapped[str]
