"""Table of imports and their verbs."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from services.contacts.errors import ImportDejaApplique, ImportEnCours
from shared.contracts.contacts import ImportDemande
from shared.database.columns import Aggregate

ERREURS_MAX = 500


class ImportTiers(Aggregate, Base):
    """A file being brought in: "lu", then "essai" and "essaye" as often as wanted, then "application" and "applique".

    `colonnes` maps the rank of a column in the file to its meaning; `cle` is the column that finds an existing tiers.
    """

    __tablename__ = "import_tiers"

    nom: Mapped[str]
    sha256: Mapped[str]
    etat: Mapped[str] = mapped_column(default="lu")
    entetes: Mapped[list[Any]]
    apercu: Mapped[list[Any]]
    colonnes: Mapped[dict[str, Any]]
    cle: Mapped[str] = mapped_column(default="")
    lignes: Mapped[int]
    traitees: Mapped[int] = mapped_column(default=0, info={"audit": False})
    creations: Mapped[int] = mapped_column(default=0)
    modifications: Mapped[int] = mapped_column(default=0)
    nb_erreurs: Mapped[int] = mapped_column(default=0)
    erreurs: Mapped[list[Any]] = mapped_column(default=list, info={"audit": False})
    par: Mapped[str]

    def lancer(self, colonnes: dict[str, str], cle: str, *, est_essai: bool) -> ImportDemande:
        """Start over, for trying or for good."""
        if self.etat in ("essai", "application"):
            raise ImportEnCours
        if self.etat == "applique":
            raise ImportDejaApplique
        self.colonnes, self.cle = colonnes, cle
        self.etat = "essai" if est_essai else "application"
        self.traitees = self.creations = self.modifications = self.nb_erreurs = 0
        self.erreurs = []
        return ImportDemande(import_id=self.id, est_essai=est_essai)

    def noter(self, *, traitees: int, creations: int, modifications: int, erreurs: list[dict[str, Any]]) -> None:
        """Some rows more were done."""
        self.traitees = traitees
        self.creations += creations
        self.modifications += modifications
        self.nb_erreurs += len(erreurs)
        self.erreurs = [*self.erreurs, *erreurs][:ERREURS_MAX]

    def finir(self) -> None:
        """Every row was done."""
        self.etat = "essaye" if self.etat == "essai" else "applique"
