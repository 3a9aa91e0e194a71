"""Tables of a transfer and its verbs."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.depot.models import Depot
from services.inventory.errors import LigneTransfertInconnue
from services.inventory.historique.rules import Genre, Lieu
from services.inventory.transfert import rules
from services.inventory.transfert.rules import EtatTransfert, Issue
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Quantite


class Transfert(Aggregate, Base):
    """Goods on their way between two depots."""

    __tablename__ = "transfert"
    __table_args__ = (Index("ix_transfert_etat", "etat", "id"),)

    numero: Mapped[str] = mapped_column(unique=True)
    de_depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"), index=True)
    vers_depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"), index=True)
    motif: Mapped[str]
    etat: Mapped[EtatTransfert] = mapped_column(enum_texte(EtatTransfert), default=EtatTransfert.ENVOYE)
    envoye_par: Mapped[str]
    envoye_le: Mapped[Instant]
    recu_par: Mapped[str | None]
    recu_le: Mapped[Instant | None]

    de_depot: Mapped[Depot] = relationship(lazy="raise", foreign_keys=de_depot_id)
    vers_depot: Mapped[Depot] = relationship(lazy="raise", foreign_keys=vers_depot_id)
    lignes: Mapped[list["LigneTransfert"]] = relationship(
        lazy="raise", order_by="LigneTransfert.rang", cascade="all, delete-orphan"
    )

    @property
    def lieu(self) -> Lieu:
        """The transfer as one end of a movement."""
        return Lieu(Genre.TRANSIT, f"En transit {self.de_depot.nom} → {self.vers_depot.nom}", self.id)

    def ligne(self, ligne_id: UUID) -> "LigneTransfert":
        """One of its lines; LigneTransfertInconnue."""
        trouvee = next((x for x in self.lignes if x.id == ligne_id), None)
        if trouvee is None:
            raise LigneTransfertInconnue(numero=self.numero)
        return trouvee

    def constater(self) -> None:
        """Received whole, or with a difference; closed once every difference is settled."""
        if self.etat is EtatTransfert.ENVOYE:
            complet = all(x.manquante == 0 for x in self.lignes)
            self.etat = rules.passer(self.etat, EtatTransfert.RECU if complet else EtatTransfert.ECART, self.numero)
        elif all(x.manquante == 0 or x.issue is not None for x in self.lignes):
            self.etat = rules.passer(self.etat, EtatTransfert.CLOS, self.numero)


class LigneTransfert(Identifie, Base):
    """An object, or a quantity, as it was sent and as it arrived."""

    __tablename__ = "ligne_transfert"

    transfert_id: Mapped[UUID] = mapped_column(ForeignKey("transfert.id"), index=True)
    rang: Mapped[int]
    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    reference: Mapped[str]
    designation: Mapped[str]
    unite: Mapped[str]
    numero_serie: Mapped[str | None]
    quantite: Mapped[Quantite]
    recue: Mapped[Quantite | None]
    issue: Mapped[Issue | None] = mapped_column(enum_texte(Issue))
    issue_motif: Mapped[str] = mapped_column(default="")

    @property
    def manquante(self) -> Decimal:
        """What was sent and not seen on arrival."""
        return self.quantite - (self.recue or Decimal(0))
