"""Table of the kinds of tiers."""

from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from services.contacts.errors import GenreFixe
from services.contacts.genre import rules
from shared.database.columns import Aggregate


class GenreTiers(Aggregate, Base):
    """A kind of tiers: client, sous-traitant… Tiers name it by `code`, which never changes."""

    __tablename__ = "genre_tiers"

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str] = mapped_column(unique=True)
    ton: Mapped[str] = mapped_column(default="neutre")
    rang: Mapped[int] = mapped_column(default=0)
    est_actif: Mapped[bool] = mapped_column(default=True)

    @property
    def est_fixe(self) -> bool:
        """Whether the product acts upon it."""
        return self.code in rules.FIXES

    def modifier(self, libelle: str, ton: str, *, est_actif: bool) -> None:
        """Another name or look; one that is closed stays on those who have it, and is not offered any more."""
        if self.est_fixe and not est_actif:
            raise GenreFixe(libelle=self.libelle)
        self.libelle, self.ton, self.est_actif = libelle, ton, est_actif
