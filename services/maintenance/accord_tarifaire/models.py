"""Tables of the tariff agreement and its verbs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.accord_tarifaire import rules
from services.maintenance.accord_tarifaire.rules import EtatAccord
from services.maintenance.base import Base
from shared.contracts.maintenance import AccordTarifaireRefuse, AccordTarifaireSigne, EnvoiAccordDemande
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.clock import jour_paris
from shared.kernel.search import texte_recherche


class AccordTarifaire(Aggregate, Cherchable, Base):
    """Rates in euros, hourly and per trip. `preuve` is what is kept of the answer: address, browser, exact text."""

    __tablename__ = "accord_tarifaire"
    __table_args__ = (
        Index("ix_accord_recherche", "recherche", postgresql_using="gin"),
        Index("ix_accord_tiers", "tiers_id", "etat"),
        Index("ix_accord_etat", "etat", "id"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    equipement_id: Mapped[UUID | None] = mapped_column(index=True)
    etat: Mapped[EtatAccord] = mapped_column(enum_texte(EtatAccord), default=EtatAccord.A_ENVOYER)
    taux_horaire_ht: Mapped[Montant]
    deplacement_ht: Mapped[Montant]
    conditions: Mapped[str] = mapped_column(default="")
    destinataire: Mapped[str]
    valable_jusqu_au: Mapped[date]
    jeton_sha256: Mapped[str | None] = mapped_column(unique=True, info={"secret": True})
    envois: Mapped[int] = mapped_column(default=0)
    envoye_le: Mapped[Instant | None]
    erreur: Mapped[str] = mapped_column(default="")
    repondu_le: Mapped[Instant | None]
    repondu_par: Mapped[str] = mapped_column(default="")
    motif_refus: Mapped[str] = mapped_column(default="")
    preuve: Mapped[dict[str, Any] | None]

    def demander_envoi(self, jour: date) -> EnvoiAccordDemande:
        """Mail it, for the first time or again."""
        rules.verifier_sans_reponse(self.etat, self.numero)
        self.etat, self.erreur = EtatAccord.A_ENVOYER, ""
        self.valable_jusqu_au = jour + rules.VALIDITE
        self.recherche_texte = texte_recherche(self.numero, self.tiers_nom)
        return EnvoiAccordDemande(accord_id=self.id, tiers_id=self.tiers_id)

    def conclure_envoi(self, le: datetime, erreur: str = "") -> None:
        """What came of the mail."""
        self.etat = EtatAccord.ECHOUE if erreur else EtatAccord.ENVOYE
        self.envoye_le, self.erreur, self.envois = le, erreur, self.envois + 1

    def signer(self, par: str, le: datetime, preuve: dict[str, Any]) -> AccordTarifaireSigne:
        """The client accepts."""
        self._repondre(EtatAccord.SIGNE, par, le, preuve)
        return AccordTarifaireSigne(
            accord_id=self.id,
            tiers_id=self.tiers_id,
            taux_horaire_ht=self.taux_horaire_ht,
            deplacement_ht=self.deplacement_ht,
            signe_par=par,
            signe_le=jour_paris(le),
            equipement_id=self.equipement_id,
        )

    def refuser(self, par: str, le: datetime, motif: str, preuve: dict[str, Any]) -> AccordTarifaireRefuse:
        """The client refuses: no intervention."""
        self._repondre(EtatAccord.REFUSE, par, le, preuve)
        self.motif_refus = motif
        return AccordTarifaireRefuse(accord_id=self.id, tiers_id=self.tiers_id, motif=motif)

    def _repondre(self, etat: EtatAccord, par: str, le: datetime, preuve: dict[str, Any]) -> None:
        rules.verifier_sans_reponse(self.etat, self.numero)
        rules.verifier_delai(self.valable_jusqu_au, jour_paris(le))
        self.etat, self.repondu_par, self.repondu_le, self.preuve = etat, par, le, preuve


class TarifHabituel(Aggregate, Base):
    """The rates proposed when nobody chooses others: one row, `cle` is always "societe"."""

    __tablename__ = "tarif_habituel"

    cle: Mapped[str] = mapped_column(unique=True)
    taux_horaire_ht: Mapped[Montant]
    deplacement_ht: Mapped[Montant]
    conditions: Mapped[str] = mapped_column(default="")
