"""Tables of the company and its agencies."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.contacts.base import Base
from shared.contracts.contacts import Adresse, Agence, SocieteModifiee
from shared.database.columns import Aggregate, Identifie, Taux

IDENTITE = ("raison_sociale", "forme_juridique", "capital", "siren", "siret", "rcs", "naf", "tva_intracom")
CONTACT = ("telephone", "email", "iban", "bic", "option_debits", "convention_marge", "acompte_pourcent", "logo_svg")


class Societe(Aggregate, Base):
    """The one company of this installation. `acompte_pourcent`: what a new devis asks for when it is signed."""

    __tablename__ = "societe"

    raison_sociale: Mapped[str]
    forme_juridique: Mapped[str]
    capital: Mapped[str]
    siren: Mapped[str]
    siret: Mapped[str]
    rcs: Mapped[str]
    naf: Mapped[str]
    tva_intracom: Mapped[str]
    adresse: Mapped[dict[str, Any]]
    telephone: Mapped[str]
    email: Mapped[str]
    iban: Mapped[str] = mapped_column(default="")
    bic: Mapped[str] = mapped_column(default="")
    option_debits: Mapped[bool] = mapped_column(default=False)
    convention_marge: Mapped[str] = mapped_column(default="marge")
    acompte_pourcent: Mapped[Taux] = mapped_column(default=Decimal(0))
    logo_svg: Mapped[str] = mapped_column(default="")

    __audites__ = ("agences",)

    agences: Mapped[list["AgenceSociete"]] = relationship(
        lazy="raise", order_by="AgenceSociete.code", cascade="all, delete-orphan"
    )

    def annoncer(self) -> SocieteModifiee:
        """The fact that tells who we are now."""
        return SocieteModifiee.model_validate(
            {
                "societe_id": self.id,
                **{champ: getattr(self, champ) for champ in (*IDENTITE, *CONTACT)},
                "adresse": Adresse.model_validate(self.adresse),
                "agences": tuple(agence.contrat() for agence in self.agences),
            }
        )


class AgenceSociete(Identifie, Base):
    """An agency: users and stock belong to one."""

    __tablename__ = "agence"

    societe_id: Mapped[UUID] = mapped_column(ForeignKey("societe.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    nom: Mapped[str]
    adresse: Mapped[dict[str, Any]]
    telephone: Mapped[str | None]

    def contrat(self) -> Agence:
        """The agency as facts carry it."""
        return Agence(
            agence_id=self.id,
            code=self.code,
            nom=self.nom,
            adresse=Adresse.model_validate(self.adresse),
            telephone=self.telephone,
        )
