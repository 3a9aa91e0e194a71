"""Tables of needs: projections of the sheets of inventory and of the unsigned propositions of commercial."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.purchasing.base import Base
from services.purchasing.besoin.rules import Manque, Rang, rang_de_service
from shared.database.columns import Instant, Quantite
from shared.database.search import Cherchable


class Feuille(Base):
    """The preparation sheet of a signed devis, as purchasing needs to know it."""

    __tablename__ = "feuille"

    feuille_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    demande_id: Mapped[UUID] = mapped_column(index=True)
    proposition_id: Mapped[UUID]
    numero: Mapped[str]
    devis_numero: Mapped[str]
    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    agence_id: Mapped[UUID | None]
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    priorite: Mapped[int]
    zone: Mapped[str] = mapped_column(default="")
    nature_stock: Mapped[str]
    livraison_souhaitee: Mapped[date | None]
    signee_le: Mapped[Instant | None]
    depuis: Mapped[Instant]
    est_terminee: Mapped[bool] = mapped_column(default=False)
    fin_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    commandes_annoncees_le: Mapped[Instant | None]

    @property
    def rang(self) -> Rang:
        """Its place among those who want the same product; a sheet that says no signature counts from when it came."""
        return rang_de_service(self.priorite, self.livraison_souhaitee, self.signee_le or self.depuis, self.feuille_id)


# What `rang_de_service` weighs, as columns: sorting by them is sorting by `Feuille.rang`.
SERVICE = (
    Feuille.priorite,
    Feuille.livraison_souhaitee,
    func.coalesce(Feuille.signee_le, Feuille.depuis),
    Feuille.feuille_id,
)


class Besoin(Cherchable, Base):
    """What one sheet wants of one product. quantite = present + reserve + manquant."""

    __tablename__ = "besoin"
    __table_args__ = (
        UniqueConstraint("feuille_id", "produit_id"),
        Index("ix_besoin_manquant", "produit_id", postgresql_where=text("manquant > 0")),
        Index("ix_besoin_produit_id", "produit_id"),
        Index("ix_besoin_recherche", "recherche", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.feuille_id"))
    produit_id: Mapped[UUID]
    reference: Mapped[str]
    designation: Mapped[str]
    note: Mapped[str]
    quantite: Mapped[Quantite]
    present: Mapped[Quantite]
    reserve: Mapped[Quantite]
    manquant: Mapped[Quantite]


class PropositionPressentie(Base):
    """An unsigned proposition; once signed it weighs no more, whatever arrives late."""

    __tablename__ = "proposition_pressentie"

    proposition_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    demande_id: Mapped[UUID]
    numero: Mapped[str]
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    est_signee: Mapped[bool] = mapped_column(default=False)


class BesoinPressenti(Base):
    """A product an unsigned proposition would need."""

    __tablename__ = "besoin_pressenti"
    __table_args__ = (Index("ix_besoin_pressenti_produit_id", "produit_id"),)

    proposition_id: Mapped[UUID] = mapped_column(
        ForeignKey("proposition_pressentie.proposition_id", ondelete="CASCADE"), primary_key=True
    )
    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantite: Mapped[Quantite]


def manque(besoin: Besoin, feuille: Feuille) -> Manque:
    """The need as the rules weigh it."""
    return Manque(besoin.id, feuille.rang, besoin.manquant, feuille.nature_stock)
