"""Tables of the contract and its verbs."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.maintenance.base import Base
from services.maintenance.contrat import rules
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.errors import ContratSansMontant, ContratVide
from shared.contracts.maintenance import ContratModifie
from shared.contracts.maintenance import LigneContrat as LigneAnnoncee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.money import ZERO
from shared.kernel.search import texte_recherche


class Contrat(Aggregate, Cherchable, Base):
    """A maintenance contract. `est_couvrant`: it was announced as covering its equipment today."""

    __tablename__ = "contrat"
    __audites__ = ("lignes",)
    __table_args__ = (
        Index("ix_contrat_recherche", "recherche", postgresql_using="gin"),
        Index("ix_contrat_tiers", "tiers_id", "etat"),
        Index("ix_contrat_etat", "etat", "id"),
        Index("ix_contrat_fin", "etat", "fin"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    etat: Mapped[EtatContrat] = mapped_column(enum_texte(EtatContrat), default=EtatContrat.BROUILLON)
    debut: Mapped[date]
    fin: Mapped[date | None]
    periodicite_mois: Mapped[int]
    est_a_echoir: Mapped[bool] = mapped_column(default=True)
    visites_par_an: Mapped[int] = mapped_column(default=0)
    premiere_visite_le: Mapped[date | None]
    programme_jusqu_au: Mapped[date | None] = mapped_column(info={"audit": False})
    est_couvrant: Mapped[bool] = mapped_column(default=False, info={"audit": False})
    active_le: Mapped[Instant | None]
    active_par: Mapped[str] = mapped_column(default="")
    resilie_le: Mapped[Instant | None]
    motif_resiliation: Mapped[str] = mapped_column(default="")
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)

    lignes: Mapped[list["LigneContrat"]] = relationship(
        lazy="raise", order_by="LigneContrat.rang", cascade="all, delete-orphan"
    )

    @property
    def montant_ht(self) -> Decimal:
        """What one billing period amounts to, in euros."""
        return sum((ligne.montant_ht for ligne in self.lignes), ZERO)

    @property
    def premiere_visite(self) -> date:
        """The day the schedule of visits starts from."""
        return rules.premiere_visite(self.debut, self.visites_par_an, self.premiere_visite_le)

    def equipement_ids(self) -> set[UUID]:
        """Every object on its lines."""
        return {e for ligne in self.lignes for e in ligne.equipement_ids}

    def couvre(self, jour: date) -> bool:
        """Whether it covers its objects on that day."""
        return rules.couvre(self.etat, self.debut, self.fin, jour)

    def activer(self, par: str, le: datetime) -> None:
        """It is signed: it bills, covers and schedules."""
        self.etat = rules.passer(self.etat, EtatContrat.ACTIF, self.numero)
        if not self.lignes:
            raise ContratVide(numero=self.numero)
        if self.montant_ht <= ZERO:
            raise ContratSansMontant(numero=self.numero)
        self.active_par, self.active_le = par, le

    def resilier(self, effet: date, motif: str, le: datetime) -> None:
        """It will end, or ends at once when `effet` is past; a draft is given up."""
        rules.passer(self.etat, EtatContrat.RESILIE, self.numero)
        if self.etat is EtatContrat.ACTIF:
            rules.verifier_dates(self.debut, effet)
            self.fin = effet
        self.motif_resiliation, self.resilie_le = motif, le

    def clore(self, jour: date) -> bool:
        """Take its final state once its last day is past; whether it did."""
        if self.resilie_le is not None and self.etat is EtatContrat.BROUILLON:
            vise = EtatContrat.RESILIE
        elif self.etat is EtatContrat.ACTIF and self.fin is not None and self.fin < jour:
            vise = EtatContrat.RESILIE if self.resilie_le is not None else EtatContrat.TERMINE
        else:
            return False
        self.etat = rules.passer(self.etat, vise, self.numero)
        return True

    def annoncer(self) -> ContratModifie:
        """The whole contract."""
        self.recherche_texte = texte_recherche(self.numero, self.tiers_nom, self.objet)
        return ContratModifie(
            contrat_id=self.id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            etat=self.etat.value,
            debut=self.debut,
            fin=self.fin,
            periodicite_mois=self.periodicite_mois,
            est_a_echoir=self.est_a_echoir,
            lignes=tuple(ligne.contrat() for ligne in self.lignes),
            demande_id=self.demande_id,
            affaire_id=self.affaire_id,
            visites_par_an=self.visites_par_an,
        )


class LigneContrat(Identifie, Base):
    """What is billed for one object or a set, per billing period. `ligne_devis_id`: the sold line it comes from."""

    __tablename__ = "ligne_contrat"
    __table_args__ = (Index("ix_ligne_contrat_equipements", "equipement_ids", postgresql_using="gin"),)

    contrat_id: Mapped[UUID] = mapped_column(ForeignKey("contrat.id"), index=True)
    rang: Mapped[int]
    designation: Mapped[str]
    montant_ht: Mapped[Montant]
    taux_tva: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    equipement_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), info={"audit": False})
    ligne_devis_id: Mapped[UUID | None] = mapped_column(unique=True, info={"audit": False})

    def contrat(self) -> LigneAnnoncee:
        """The line as facts carry it."""
        return LigneAnnoncee(
            ligne_id=self.id,
            designation=self.designation,
            montant_ht=self.montant_ht,
            taux_tva=self.taux_tva,
            equipement_ids=tuple(self.equipement_ids),
        )
