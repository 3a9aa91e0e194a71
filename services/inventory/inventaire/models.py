"""Tables of a stock count and its verbs. A count moves nothing: validated, it asks for movements."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.depot.models import Depot, Emplacement
from services.inventory.errors import InventaireFerme
from services.inventory.inventaire import rules
from services.inventory.inventaire.rules import EtatInventaire, Raison
from services.inventory.produit.models import Produit
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Quantite


class Inventaire(Aggregate, Base):
    """The count of a depot, or of one of its places."""

    __tablename__ = "inventaire"
    __table_args__ = (Index("ix_inventaire_etat", "etat", "id"),)

    numero: Mapped[str] = mapped_column(unique=True)
    depot_id: Mapped[UUID] = mapped_column(ForeignKey("depot.id"), index=True)
    emplacement_id: Mapped[UUID | None] = mapped_column(ForeignKey("emplacement.id"), index=True)
    motif: Mapped[str]
    est_aveugle: Mapped[bool] = mapped_column(default=False)
    etat: Mapped[EtatInventaire] = mapped_column(enum_texte(EtatInventaire), default=EtatInventaire.OUVERT)
    ouvert_par: Mapped[str]
    compte_par: Mapped[str | None]
    compte_le: Mapped[Instant | None]
    valide_par: Mapped[str | None]
    valide_le: Mapped[Instant | None]

    depot: Mapped[Depot] = relationship(lazy="raise")
    emplacement: Mapped[Emplacement | None] = relationship(lazy="raise")
    lignes: Mapped[list["LigneInventaire"]] = relationship(lazy="raise", cascade="all, delete-orphan")
    pointages: Mapped[list["Pointage"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    def exiger_ouvert(self) -> None:
        """InventaireFerme once the count is over."""
        if self.etat is not EtatInventaire.OUVERT:
            raise InventaireFerme(numero=self.numero, actuel=rules.MOTS[self.etat])

    def passer(self, vise: EtatInventaire) -> None:
        """Counted, reopened, validated or given up."""
        self.etat = rules.passer(self.etat, vise, self.numero)

    def ligne(self, produit_id: UUID, nature: str) -> "LigneInventaire":
        """The line of a product, added to the sheet when nobody expected it there."""
        for ligne in self.lignes:
            if ligne.produit_id == produit_id and ligne.nature == nature:
                return ligne
        neuve = LigneInventaire(produit_id=produit_id, nature=nature, comptee=None, raison=None, note="")
        self.lignes.append(neuve)
        return neuve


class LigneInventaire(Identifie, Base):
    """What was counted of a product in a nature; None while nobody counted it.

    `attendue` is what the movements said when the difference was settled.
    """

    __tablename__ = "ligne_inventaire"
    __table_args__ = (
        UniqueConstraint("inventaire_id", "produit_id", "nature"),
        CheckConstraint("comptee >= 0", name="comptee_positive"),
    )

    inventaire_id: Mapped[UUID] = mapped_column(ForeignKey("inventaire.id"))
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    nature: Mapped[str]
    comptee: Mapped[Quantite | None]
    attendue: Mapped[Quantite | None]
    raison: Mapped[Raison | None] = mapped_column(enum_texte(Raison))
    note: Mapped[str] = mapped_column(default="")

    produit: Mapped[Produit] = relationship(lazy="raise")

    def ajouter(self, quantite: Decimal) -> None:
        """One more (or one less) was seen."""
        self.comptee = max((self.comptee or Decimal(0)) + quantite, Decimal(0))


class Pointage(Identifie, Base):
    """An object really seen there, scanned once."""

    __tablename__ = "pointage"
    __table_args__ = (UniqueConstraint("inventaire_id", "historique_id"),)

    inventaire_id: Mapped[UUID] = mapped_column(ForeignKey("inventaire.id"))
    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    est_ailleurs: Mapped[bool] = mapped_column(default=False)
    par_nom: Mapped[str]
    le: Mapped[Instant]
