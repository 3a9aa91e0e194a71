"""The table of returns and its verbs."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from services.inventory.retour import rules
from services.inventory.retour.rules import Attente, EtatRetour
from shared.contracts.inventory import RetourFournisseurConclu, RetourFournisseurOuvert
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Instant, Montant, Quantite


def nommer(numero_serie: str | None, designation: str) -> str:
    """An object in a few words, as the life of the other one names it."""
    return f"n° {numero_serie}" if numero_serie else f"« {designation} »"


class Retour(Aggregate, Base):
    """An object, or a quantity, sent back to its supplier, and what came of it."""

    __tablename__ = "retour"
    __table_args__ = (Index("ix_retour_etat", "etat", "id"), Index("ix_retour_fournisseur", "fournisseur_id", "id"))

    numero: Mapped[str] = mapped_column(unique=True)
    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    reference: Mapped[str]
    designation: Mapped[str]
    numero_serie: Mapped[str | None]
    quantite: Mapped[Quantite]
    fournisseur_id: Mapped[UUID | None]
    fournisseur_nom: Mapped[str]
    tiers_id: Mapped[UUID | None]
    tiers_nom: Mapped[str | None]
    attente: Mapped[Attente] = mapped_column(enum_texte(Attente))
    motif: Mapped[str]
    numero_rma: Mapped[str] = mapped_column(default="")
    etat: Mapped[EtatRetour] = mapped_column(enum_texte(EtatRetour), default=EtatRetour.OUVERT)
    ouvert_par: Mapped[str]
    conclu_par: Mapped[str | None]
    conclu_le: Mapped[Instant | None]
    remplacant_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), index=True)
    avoir_numero: Mapped[str] = mapped_column(default="")
    avoir_ht: Mapped[Montant | None]

    def ouvrir(self) -> RetourFournisseurOuvert:
        """It left for the supplier."""
        return RetourFournisseurOuvert(
            retour_id=self.id,
            numero=self.numero,
            historique_id=self.historique_id,
            fournisseur_id=self.fournisseur_id,
            fournisseur_nom=self.fournisseur_nom,
            attente=self.attente.value,
            motif=self.motif,
            numero_rma=self.numero_rma,
        )

    def remplacer(self, remplacant_id: UUID, remplacant: str, *, par: str, le: datetime) -> RetourFournisseurConclu:
        """The supplier sent another one."""
        self.remplacant_id = remplacant_id
        fait = self._conclure(EtatRetour.ECHANGE, par, le)
        return fait.model_copy(
            update={"remplace": nommer(self.numero_serie, self.designation), "remplacant": remplacant}
        )

    def crediter(self, numero: str, montant_ht: Decimal, *, par: str, le: datetime) -> RetourFournisseurConclu:
        """The supplier gave the money back."""
        self.avoir_numero, self.avoir_ht = numero, montant_ht
        return self._conclure(EtatRetour.AVOIR, par, le)

    def rendre(self, *, par: str, le: datetime) -> RetourFournisseurConclu:
        """The same object came back: repaired, or refused."""
        return self._conclure(EtatRetour.RENDU, par, le)

    def _conclure(self, vise: EtatRetour, par: str, le: datetime) -> RetourFournisseurConclu:
        self.etat = rules.conclure(self.etat, vise, self.numero)
        self.conclu_par, self.conclu_le = par, le
        return RetourFournisseurConclu(
            retour_id=self.id,
            numero=self.numero,
            historique_id=self.historique_id,
            fournisseur_id=self.fournisseur_id,
            fournisseur_nom=self.fournisseur_nom,
            issue=vise.value,
            remplacant_id=self.remplacant_id,
            avoir_numero=self.avoir_numero,
            avoir_ht=self.avoir_ht,
            designation=self.designation + (f", n° {self.numero_serie}" if self.numero_serie else ""),
        )
