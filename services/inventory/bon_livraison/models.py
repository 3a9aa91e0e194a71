"""Tables of the bons de livraison. Nothing in them changes once written, except that an object was given back."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.piece.models import PieceDeFeuille
from shared.contracts.inventory import LivraisonEffectuee
from shared.database.columns import Aggregate, Identifie, Instant, Quantite


class BonLivraison(PieceDeFeuille, Aggregate, Base):
    """What left a feuille for its client, one day, and who received it."""

    __tablename__ = "bon_livraison"
    __table_args__ = (Index("ix_bon_livraison_livre_le", "livre_le", "id"),)

    livre_le: Mapped[Instant]
    livre_par: Mapped[str]
    recu_par: Mapped[str] = mapped_column(default="")

    lignes: Mapped[list["LigneLivree"]] = relationship(
        lazy="raise", order_by="LigneLivree.rang", cascade="all, delete-orphan"
    )

    def livrer(self) -> LivraisonEffectuee:
        """The fact that it was delivered."""
        return LivraisonEffectuee(
            bon_id=self.id,
            numero=self.numero,
            feuille_id=self.feuille_id,
            demande_id=self.demande_id,
            tiers_id=self.tiers_id,
            historique_ids=tuple(ligne.historique_id for ligne in self.lignes),
            livre_le=self.livre_le,
            affaire_id=self.affaire_id,
        )


class LigneLivree(Identifie, Base):
    """An object as it left. An object is out once at a time: it may leave again after it was given back."""

    __tablename__ = "ligne_livree"
    __table_args__ = (
        Index("uq_ligne_livree_dehors", "historique_id", unique=True, postgresql_where=text("rendue_le IS NULL")),
    )

    bon_id: Mapped[UUID] = mapped_column(ForeignKey("bon_livraison.id"), index=True)
    rang: Mapped[int]
    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    ligne_devis: Mapped[str]
    reference: Mapped[str]
    designation: Mapped[str]
    quantite: Mapped[Quantite]
    unite: Mapped[str]
    numero_serie: Mapped[str | None]
    etiquette: Mapped[str | None]
    rendue_le: Mapped[Instant | None]
