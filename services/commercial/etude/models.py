"""Table of etudes and its verb."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.contracts.commercial import EtudeCreee
from shared.database.columns import Aggregate
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche


class Etude(Cherchable, Aggregate, Base):
    """What a commercial works on for a demande; its client is the demande's.

    `est_hors_etablissement`: it is concluded at the client's, or anywhere but here (C. conso. L221-1).
    """

    __tablename__ = "etude"
    __table_args__ = (Index("ix_etude_recherche", "recherche", postgresql_using="gin"),)

    numero: Mapped[str] = mapped_column(unique=True)
    objet: Mapped[str]
    demande_id: Mapped[UUID] = mapped_column(index=True)
    demande_numero: Mapped[str]
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    agence_id: Mapped[UUID | None] = mapped_column(index=True)
    commercial_id: Mapped[UUID | None] = mapped_column(index=True)
    notes: Mapped[str] = mapped_column(default="")
    est_hors_etablissement: Mapped[bool] = mapped_column(default=False)

    def indexer(self) -> None:
        """Recompute what searches look at."""
        self.recherche_texte = texte_recherche(self.numero, self.objet, self.tiers_nom, self.demande_numero)

    def creer(self) -> EtudeCreee:
        """The study is opened."""
        self.indexer()
        return EtudeCreee(
            etude_id=self.id,
            demande_id=self.demande_id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            objet=self.objet,
            affaire_id=self.affaire_id,
        )
