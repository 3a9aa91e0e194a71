"""Tables of the campagne and its verbs."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.base import Base
from services.billing.errors import EtapeNonAtteinte
from shared.contracts.billing import CampagneTerminee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Montant
from shared.kernel.money import ZERO


class Etape(StrEnum):
    """The steps staff validate one after the other."""

    CONTROLE = "controle"
    AFFAIRES = "affaires"
    FACTURES = "factures"
    ENVOIS = "envois"


ORDRE = tuple(Etape)
LIBELLES = {
    Etape.CONTROLE: "Contrôle",
    Etape.AFFAIRES: "Création des affaires",
    Etape.FACTURES: "Émission des factures",
    Etape.ENVOIS: "Envois",
}


class Campagne(Aggregate, Base):
    """The billing of one month's contracts. `etape` is the last one validated."""

    __tablename__ = "campagne"

    periode: Mapped[str] = mapped_column(unique=True)
    etape: Mapped[Etape] = mapped_column(enum_texte(Etape), default=Etape.CONTROLE)

    lignes: Mapped[list["LigneCampagne"]] = relationship(
        lazy="raise", order_by="LigneCampagne.tiers_nom", cascade="all, delete-orphan"
    )

    def atteindre(self, etape: Etape) -> None:
        """Validate a step: the one before must be; doing it again takes only what remains."""
        precedente = ORDRE[ORDRE.index(etape) - 1]
        if ORDRE.index(self.etape) < ORDRE.index(precedente):
            raise EtapeNonAtteinte(precedente=LIBELLES[precedente])
        if ORDRE.index(self.etape) < ORDRE.index(etape):
            self.etape = etape

    def terminer(self) -> CampagneTerminee:
        """What the run amounts to."""
        emises = [ligne for ligne in self.lignes if ligne.facture_id]
        return CampagneTerminee(
            campagne_id=self.id,
            periode=self.periode,
            factures=len(emises),
            erreurs=sum(1 for ligne in self.lignes if ligne.erreur),
            total_ht=sum((ligne.montant_ht for ligne in emises), ZERO),
        )


class LigneCampagne(Identifie, Base):
    """One period of one contract in a campagne, and how far it went."""

    __tablename__ = "ligne_campagne"

    campagne_id: Mapped[UUID] = mapped_column(ForeignKey("campagne.id"), index=True)
    cle: Mapped[str]
    contrat_id: Mapped[UUID] = mapped_column(index=True)
    contrat_numero: Mapped[str]
    tiers_nom: Mapped[str]
    libelle_periode: Mapped[str]
    montant_ht: Mapped[Montant]
    affaire_client_id: Mapped[UUID | None]
    facture_id: Mapped[UUID | None]
    facture_numero: Mapped[str | None]
    canal: Mapped[str | None]
    est_envoyee: Mapped[bool] = mapped_column(default=False)
    erreur: Mapped[str] = mapped_column(default="")
