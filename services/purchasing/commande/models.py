"""Tables of an order and its verbs."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.purchasing.base import Base
from services.purchasing.besoin.rules import decouper
from services.purchasing.commande import rules
from services.purchasing.commande.rules import EtatCommande
from services.purchasing.errors import CommandeEnAttente, CommandeFigee, CommandeRefusee
from shared.contracts.purchasing import (
    CommandeCloturee,
    CommandeDecidee,
    CommandePassee,
    CommandeSoumise,
    LigneCommandee,
    PartDemande,
)
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant, Prix, Quantite
from shared.database.search import Cherchable
from shared.kernel.money import ZERO


class Commande(Aggregate, Cherchable, Base):
    """A purchase order. `total_ht` includes the fees; `frais_factures_ht` is their part already received."""

    __tablename__ = "commande"
    __table_args__ = (
        Index("ix_commande_fournisseur", "fournisseur_id", "etat", "id"),
        Index("ix_commande_etat", "etat", "livraison_prevue", "id"),
        Index("ix_commande_numero_fournisseur", "numero_fournisseur"),
        Index("ix_commande_recherche", "recherche", postgresql_using="gin"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    numero_fournisseur: Mapped[str] = mapped_column(default="")
    fournisseur_id: Mapped[UUID]
    fournisseur_nom: Mapped[str]
    agence_id: Mapped[UUID | None]
    livraison_prevue: Mapped[date | None]
    frais_ht: Mapped[Montant] = mapped_column(default=ZERO)
    frais_factures_ht: Mapped[Montant] = mapped_column(default=ZERO)
    total_ht: Mapped[Montant] = mapped_column(default=ZERO)
    note: Mapped[str] = mapped_column(default="")
    etat: Mapped[EtatCommande] = mapped_column(enum_texte(EtatCommande), default=EtatCommande.PASSEE)
    passee_par: Mapped[str]
    envoyee_le: Mapped[Instant | None]
    demandeur_id: Mapped[UUID | None]
    limite_ht: Mapped[Montant | None]
    decidee_par: Mapped[str | None]
    decidee_le: Mapped[Instant | None]
    motif_refus: Mapped[str] = mapped_column(default="")
    cloturee_le: Mapped[Instant | None]

    lignes: Mapped[list["LigneCommande"]] = relationship(
        lazy="raise", order_by="LigneCommande.rang", cascade="all, delete-orphan"
    )

    def calculer(self) -> None:
        """Totals follow the lines and the fees."""
        self.total_ht = rules.total_ht(((ligne.quantite, ligne.prix_ht) for ligne in self.lignes), self.frais_ht)

    def passer(self) -> CommandePassee:
        """The order is placed."""
        self.etat = EtatCommande.PASSEE
        self.calculer()
        return CommandePassee(
            commande_id=self.id,
            numero=self.numero,
            numero_fournisseur=self.numero_fournisseur,
            fournisseur_id=self.fournisseur_id,
            fournisseur_nom=self.fournisseur_nom,
            agence_id=self.agence_id,
            livraison_prevue=self.livraison_prevue,
            frais_ht=self.frais_ht,
            total_ht=self.total_ht,
            lignes=tuple(ligne.contrat() for ligne in self.lignes),
            demande_ids=self.demande_ids(),
        )

    def exiger_ouverte(self) -> None:
        """Refuse any change once everything is received, given up or refused."""
        if self.etat in (EtatCommande.CLOTUREE, EtatCommande.REFUSEE):
            raise CommandeFigee(numero=self.numero, actuel=rules.LIBELLES[self.etat])

    @property
    def est_en_cours(self) -> bool:
        """Placed, not complete."""
        return self.etat in rules.EN_COURS

    def exiger_passee(self) -> None:
        """Refuse what only concerns orders the supplier may know of."""
        if self.etat is EtatCommande.A_APPROUVER:
            raise CommandeEnAttente(numero=self.numero)
        if self.etat is EtatCommande.REFUSEE:
            raise CommandeRefusee(numero=self.numero)

    def attendre(self, limite_ht: Decimal, demandeur_id: UUID | None) -> CommandeSoumise:
        """Above what its author places alone: it waits for an approver."""
        self.etat, self.limite_ht, self.demandeur_id = EtatCommande.A_APPROUVER, limite_ht, demandeur_id
        return CommandeSoumise(
            commande_id=self.id,
            numero=self.numero,
            fournisseur_nom=self.fournisseur_nom,
            demandeur_id=demandeur_id,
        )

    def decider(self, *, par: str, le: datetime, motif_refus: str = "") -> CommandeDecidee:
        """Approved, or refused with a reason."""
        vise = EtatCommande.REFUSEE if motif_refus else EtatCommande.PASSEE
        self.etat = rules.passer(self.etat, vise, self.numero)
        self.decidee_par, self.decidee_le, self.motif_refus = par, le, motif_refus
        return CommandeDecidee(
            commande_id=self.id,
            numero=self.numero,
            est_accordee=not motif_refus,
            motif_refus=motif_refus,
            decidee_par=par,
            demandeur_id=self.demandeur_id,
        )

    def recevoir(self, le: datetime) -> CommandeCloturee | None:
        """After goods came in: closed when nothing remains, else partly received."""
        if all(ligne.restante <= 0 for ligne in self.lignes):
            return self.cloturer(le)
        self.etat = rules.passer(self.etat, EtatCommande.RECUE_PARTIELLE, self.numero)
        return None

    def cloturer(self, le: datetime) -> CommandeCloturee:
        """Everything was received, or the rest is given up."""
        self.etat = rules.passer(self.etat, EtatCommande.CLOTUREE, self.numero)
        self.cloturee_le = le
        return CommandeCloturee(commande_id=self.id, numero=self.numero)

    def demande_ids(self) -> tuple[UUID, ...]:
        """The demandes this order serves."""
        return tuple(dict.fromkeys(part.demande_id for ligne in self.lignes for part in ligne.parts))


class LigneCommande(Identifie, Base):
    """A product ordered, as the negociation prepared it."""

    __tablename__ = "ligne_commande"

    commande_id: Mapped[UUID] = mapped_column(ForeignKey("commande.id"), index=True)
    negociation_id: Mapped[UUID | None] = mapped_column(ForeignKey("negociation.id"), index=True)
    rang: Mapped[int]
    produit_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    reference_fournisseur: Mapped[str] = mapped_column(default="")
    designation: Mapped[str]
    unite: Mapped[str] = mapped_column(default="u")
    quantite: Mapped[Quantite]
    quantite_recue: Mapped[Quantite] = mapped_column(default=Decimal(0))
    prix_ht: Mapped[Prix]

    parts: Mapped[list["PartCommande"]] = relationship(
        lazy="raise", order_by="PartCommande.rang", cascade="all, delete-orphan"
    )

    @property
    def restante(self) -> Decimal:
        """What is still to be received."""
        return self.quantite - self.quantite_recue

    def recevoir(self, quantite: Decimal) -> None:
        """Goods came in: projects are served in the order of the split."""
        self.quantite_recue += quantite
        servies = decouper([part.quantite - part.quantite_recue for part in self.parts], quantite)
        for part, servie in zip(self.parts, servies, strict=True):
            part.quantite_recue += servie

    def contrat(self) -> LigneCommandee:
        """The line as facts carry it: one share per demande."""
        parts: dict[UUID, Decimal] = {}
        for part in self.parts:
            parts[part.demande_id] = parts.get(part.demande_id, Decimal(0)) + part.quantite
        return LigneCommandee(
            ligne_id=self.id,
            produit_id=self.produit_id,
            reference=self.reference,
            reference_fournisseur=self.reference_fournisseur,
            designation=self.designation,
            quantite=self.quantite,
            prix_ht=self.prix_ht,
            parts=tuple(PartDemande(demande_id=d, quantite=q) for d, q in parts.items()),
        )


class PartCommande(Identifie, Base):
    """The share of one project in an ordered line, and what of it already came."""

    __tablename__ = "part_commande"

    ligne_id: Mapped[UUID] = mapped_column(ForeignKey("ligne_commande.id"), index=True)
    besoin_id: Mapped[UUID] = mapped_column(ForeignKey("besoin.id"), index=True)
    demande_id: Mapped[UUID] = mapped_column(index=True)
    rang: Mapped[int]
    quantite: Mapped[Quantite]
    quantite_recue: Mapped[Quantite] = mapped_column(default=Decimal(0))
