"""Tables of invoices, their sendings and payments, and their verbs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Base
from services.billing.facture import rules
from services.billing.facture.rules import EtatFacture
from shared.contracts.billing import FactureEmise, FactureEnvoyee, FacturePayee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant


class Facture(Aggregate, Base):
    """An issued document. `contenu` freezes parties, lines, totals and legal texts as printed; a trigger forbids
    changing what was issued. An avoir has negative totals and names the facture it corrects.
    """

    __tablename__ = "facture"
    __table_args__ = (
        Index("ix_facture_echeance", "echeance", "id", postgresql_where=text("solde_ttc > 0")),
        Index("ix_facture_etat", "etat", "id"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    rang: Mapped[int] = mapped_column(unique=True)
    nature: Mapped[str]
    etat: Mapped[EtatFacture] = mapped_column(enum_texte(EtatFacture), default=EtatFacture.EMISE)
    affaire_client_id: Mapped[UUID] = mapped_column(index=True)
    facture_origine_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    canal: Mapped[str]
    emise_le: Mapped[date]
    echeance: Mapped[date]
    total_ht: Mapped[Montant]
    total_tva: Mapped[Montant]
    total_ttc: Mapped[Montant]
    solde_ttc: Mapped[Montant]
    contenu: Mapped[dict[str, Any]] = mapped_column(info={"audit": False})
    empreinte_precedente: Mapped[str]
    empreinte: Mapped[str]
    document_sha256: Mapped[str | None]
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_id: Mapped[UUID | None] = mapped_column(index=True)
    periode: Mapped[str | None]

    def emettre(self) -> FactureEmise:
        """It now exists for the law."""
        champs = set(FactureEmise.model_fields) - {"facture_id"}
        return FactureEmise.model_validate({"facture_id": self.id, **{c: getattr(self, c) for c in champs}})

    @property
    def adressee_a(self) -> UUID:
        """Whoever receives it: the client, or the tiers its sale names in its place."""
        ailleurs = self.contenu.get("destinataire") or {}
        return UUID(ailleurs["tiers_id"]) if ailleurs.get("tiers_id") else self.tiers_id

    def envoyer(self, canal: str, destinataires: tuple[str, ...]) -> FactureEnvoyee:
        """The client has it."""
        if self.etat is EtatFacture.EMISE:
            self.etat = EtatFacture.ENVOYEE
        return FactureEnvoyee.model_validate(
            {
                "facture_id": self.id,
                "numero": self.numero,
                "tiers_id": self.tiers_id,
                "canal": canal,
                "destinataires": destinataires,
                "demande_id": self.demande_id,
                "affaire_id": self.affaire_id,
                "est_definitive": self.nature == "facture",
            }
        )

    def regler(self, montant_ttc: Decimal) -> FacturePayee:
        """A payment came in, whole or partial."""
        self.solde_ttc = rules.solder(self.solde_ttc, montant_ttc)
        self.etat = rules.etat_apres_reglement(self.etat, self.solde_ttc)
        return FacturePayee(
            facture_id=self.id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            montant_ttc=montant_ttc,
            solde_ttc=self.solde_ttc,
            demande_id=self.demande_id,
            affaire_id=self.affaire_id,
        )


class EnvoiFacture(Identifie, Base):
    """One attempt to send an invoice, and what came of it."""

    __tablename__ = "envoi_facture"

    facture_id: Mapped[UUID] = mapped_column(ForeignKey("facture.id"), index=True)
    canal: Mapped[str]
    destinataires: Mapped[list[str]]
    etat: Mapped[str] = mapped_column(default="demande")
    erreur: Mapped[str] = mapped_column(default="")
    demande_par: Mapped[str]
    demande_le: Mapped[Instant]
    fait_le: Mapped[Instant | None]

    def conclure(self, etat: str, le: datetime, erreur: str = "") -> None:
        """What came of it: "envoye" or "echoue"."""
        self.etat, self.fait_le, self.erreur = etat, le, erreur


class Reglement(Identifie, Base):
    """Money received for an invoice; `operation_id` once the bank statement shows it."""

    __tablename__ = "reglement"

    facture_id: Mapped[UUID] = mapped_column(ForeignKey("facture.id"), index=True)
    montant_ttc: Mapped[Montant]
    mode: Mapped[str]
    recu_le: Mapped[date]
    reference: Mapped[str] = mapped_column(default="")
    saisi_par: Mapped[str]
    operation_id: Mapped[UUID | None] = mapped_column(ForeignKey("operation_bancaire.id"), index=True)
