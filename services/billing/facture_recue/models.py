"""The table of received electronic invoices and its verbs."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Base
from services.billing.facture_recue.rules import etat as etats
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.lue import FactureLue
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Montant

GARDEE = text("etat <> 'ecartee'")


class FactureRecue(Aggregate, Base):
    """An electronic invoice as received: the file, and `contenu`, what was read of it once.

    `vendeur` is what tells its supplier from others: SIREN, VAT number, else name. `manques` says, a line each, what it
    waits for; `remarques` what accounts should know of a matched one; `motif` why it was set aside.
    """

    __tablename__ = "facture_recue"
    __table_args__ = (
        Index("uq_facture_recue_fichier", "sha256", unique=True, postgresql_where=GARDEE),
        Index("uq_facture_recue_numero", "vendeur", "numero", unique=True, postgresql_where=GARDEE),
        Index("ix_facture_recue_etat", "etat", "id"),
    )

    sha256: Mapped[str]
    nom: Mapped[str]
    type: Mapped[str]
    vendeur: Mapped[str]
    numero: Mapped[str]
    date_facture: Mapped[date]
    echeance: Mapped[date | None]
    fournisseur_id: Mapped[UUID | None] = mapped_column(index=True)
    fournisseur_nom: Mapped[str]
    total_ht: Mapped[Montant]
    contenu: Mapped[dict[str, Any]] = mapped_column(info={"audit": False})
    etat: Mapped[EtatRecue] = mapped_column(enum_texte(EtatRecue), default=EtatRecue.A_RAPPROCHER)
    achat_id: Mapped[UUID | None] = mapped_column(ForeignKey("affaire_fournisseur.id"), index=True)
    achat_numero: Mapped[str] = mapped_column(default="")
    manques: Mapped[str] = mapped_column(default="")
    remarques: Mapped[str] = mapped_column(default="")
    motif: Mapped[str] = mapped_column(default="")
    deposee_par: Mapped[str]

    @property
    def lue(self) -> FactureLue:
        """What was read of it."""
        return FactureLue.model_validate(self.contenu)

    def attendre(self, manques: list[str]) -> None:
        """It is not matched yet, and why."""
        self.manques = "\n".join(manques)

    def rapprocher(self, achat_id: UUID, achat_numero: str, remarques: list[str]) -> None:
        """What it says is on this affaire fournisseur; FactureRecueTraitee."""
        self.etat = etats.passer(self.etat, EtatRecue.RAPPROCHEE, numero=self.numero)
        self.achat_id, self.achat_numero, self.manques = achat_id, achat_numero, ""
        self.remarques = "\n".join(remarques)

    def ecarter(self, motif: str) -> None:
        """It is none of ours; FactureRecueTraitee."""
        self.etat = etats.passer(self.etat, EtatRecue.ECARTEE, numero=self.numero)
        self.motif, self.manques = motif, ""
