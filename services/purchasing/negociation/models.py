"""Tables of a negociation and its verbs."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.purchasing.base import Base
from services.purchasing.errors import NegociationFigee
from services.purchasing.negociation import rules
from services.purchasing.negociation.rules import Avancement, EtatNegociation
from shared.contracts.purchasing import NegociationOuverte
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Prix, Quantite


class Negociation(Aggregate, Base):
    """A supplier, a product, a quantity, a price: what will prefill the order and the reception.

    `retenue_ailleurs`: the order placed with another supplier for the same needs.
    """

    __tablename__ = "negociation"
    __table_args__ = (
        Index("ix_negociation_fournisseur", "fournisseur_id", "etat", "id"),
        Index("ix_negociation_produit", "produit_id", "etat"),
        Index("ix_negociation_etat", "etat", "id"),
    )

    produit_id: Mapped[UUID]
    reference: Mapped[str]
    designation: Mapped[str]
    unite: Mapped[str] = mapped_column(default="u")
    fournisseur_id: Mapped[UUID]
    fournisseur_nom: Mapped[str]
    reference_fournisseur: Mapped[str] = mapped_column(default="")
    quantite: Mapped[Quantite]
    prix_ht: Mapped[Prix | None]
    prix_le: Mapped[Instant | None]
    prix_demande_le: Mapped[Instant | None]
    delai_jours: Mapped[int | None]
    avancement: Mapped[Avancement] = mapped_column(enum_texte(Avancement), default=Avancement.A_CONTACTER)
    note: Mapped[str] = mapped_column(default="")
    etat: Mapped[EtatNegociation] = mapped_column(enum_texte(EtatNegociation), default=EtatNegociation.OUVERTE)
    retenue_ailleurs_id: Mapped[UUID | None] = mapped_column(index=True)
    retenue_ailleurs: Mapped[str] = mapped_column(default="")

    parts: Mapped[list["PartNegociation"]] = relationship(
        lazy="raise", order_by="PartNegociation.rang", cascade="all, delete-orphan"
    )

    def ouvrir(self) -> NegociationOuverte:
        """The supplier is being asked."""
        self.etat = EtatNegociation.OUVERTE
        return NegociationOuverte(
            negociation_id=self.id,
            produit_id=self.produit_id,
            fournisseur_id=self.fournisseur_id,
            quantite=self.quantite,
            prix_ht=self.prix_ht,
            demande_ids=tuple(dict.fromkeys(part.demande_id for part in self.parts)),
            designation=self.designation,
            fournisseur_nom=self.fournisseur_nom,
        )

    def exiger_ouverte(self) -> None:
        """Refuse any change once ordered or closed."""
        if self.etat is not EtatNegociation.OUVERTE:
            raise NegociationFigee(designation=self.designation, actuel=rules.LIBELLES[self.etat])

    def fixer_prix(self, prix_ht: Decimal | None, le: datetime) -> None:
        """The price found, dated the day it was found."""
        if prix_ht != self.prix_ht:
            self.prix_ht, self.prix_le = prix_ht, le if prix_ht is not None else None

    def verifier_repartition(self) -> None:
        """Refuse shares that exceed the quantity."""
        rules.verifier_repartition(self.designation, self.quantite, (part.quantite for part in self.parts))

    def noter_demande(self, le: datetime) -> None:
        """The supplier was asked by mail; how far it went already is not undone."""
        self.prix_demande_le = le
        if self.avancement is Avancement.A_CONTACTER:
            self.avancement = Avancement.MAIL

    def passer(self, vise: EtatNegociation) -> None:
        """Closed, reopened or ordered."""
        self.etat = rules.passer(self.etat, vise, self.designation)
        self.retenue_ailleurs_id, self.retenue_ailleurs = None, ""

    def ecarter(self, commande_id: UUID, numero: str) -> None:
        """The same was ordered from somebody else: its price stays to be read."""
        self.passer(EtatNegociation.NON_RETENUE)
        self.retenue_ailleurs_id, self.retenue_ailleurs = commande_id, numero

    def rendre(self) -> None:
        """Its order was refused: it is pending again."""
        self.etat = rules.rendre(self.etat, self.designation)


class PartNegociation(Identifie, Base):
    """The share of one project in a grouped negociation."""

    __tablename__ = "part_negociation"

    negociation_id: Mapped[UUID] = mapped_column(ForeignKey("negociation.id"), index=True)
    besoin_id: Mapped[UUID] = mapped_column(ForeignKey("besoin.id"), index=True)
    demande_id: Mapped[UUID] = mapped_column(index=True)
    rang: Mapped[int]
    quantite: Mapped[Quantite]
