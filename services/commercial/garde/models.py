"""Tables of the thresholds and of the approvals."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.errors import ApprobationDejaDecidee
from services.commercial.garde.rules import Dossier, EtatApprobation, Regle, Seuil
from shared.contracts.commercial import ApprobationDevisDecidee, ApprobationDevisDemandee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Taux


class SeuilMarge(Aggregate, Base):
    """The limits of who lacks `marge.approuver` (of credit, `encours.approuver`): of a person, a role, or (neither) all.

    `nom` is how the person or the role was called; `approbateurs` may decide, whoever may approve when there are none.
    """

    __tablename__ = "seuil_marge"
    __table_args__ = (
        Index("uq_seuil_marge_vise", "role", "personne_id", unique=True, postgresql_nulls_not_distinct=True),
        CheckConstraint("role IS NULL OR personne_id IS NULL", name="un_seul_vise"),
    )

    role: Mapped[str | None]
    personne_id: Mapped[UUID | None]
    nom: Mapped[str] = mapped_column(default="")
    approbateurs: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    remise_max: Mapped[Taux | None]
    marque_min: Mapped[Taux | None]
    encours_bloque: Mapped[bool] = mapped_column(default=False)

    @property
    def regle(self) -> Regle:
        """As the rules read it."""
        return Regle(
            seuil=Seuil(self.remise_max, self.marque_min),
            encours_bloque=self.encours_bloque,
            personne_id=self.personne_id,
            role=self.role,
            approbateurs=frozenset(self.approbateurs),
        )


class Approbation(Identifie, Base):
    """One request, for one `revision` of a proposition: a later change asks again."""

    __tablename__ = "approbation"
    __table_args__ = (
        Index("ix_approbation_proposition", "proposition_id", "revision"),
        Index("ix_approbation_etat", "etat", "id"),
    )

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"))
    revision: Mapped[int]
    etat: Mapped[EtatApprobation] = mapped_column(enum_texte(EtatApprobation), default=EtatApprobation.DEMANDEE)
    raisons: Mapped[list[str]]
    droits: Mapped[list[str]] = mapped_column(ARRAY(Text))  # what granting it needs, all of them
    motif: Mapped[str]
    demandeur_id: Mapped[UUID | None]
    demandee_par: Mapped[str]
    demandee_le: Mapped[Instant]
    decidee_par: Mapped[str | None]
    decidee_le: Mapped[Instant | None]
    reponse: Mapped[str] = mapped_column(default="")

    def annoncer(self, dossier: Dossier, approbateurs: Collection[UUID]) -> ApprobationDevisDemandee:
        """It waits for these people, or for whoever may approve."""
        return ApprobationDevisDemandee(
            proposition_id=self.proposition_id,
            demande_id=dossier.demande_id,
            numero=dossier.numero,
            tiers_nom=dossier.tiers_nom,
            motif=self.motif,
            demandeur_id=self.demandeur_id,
            approbateurs=tuple(sorted(approbateurs)),
            droits=tuple(self.droits),
        )

    def accorde(self, droits: Collection[str]) -> bool:
        """Somebody granted all of this."""
        return self.etat is EtatApprobation.ACCORDEE and set(droits) <= set(self.droits)

    def decider(
        self, etat: EtatApprobation, dossier: Dossier, *, par: str, le: datetime, reponse: str
    ) -> ApprobationDevisDecidee:
        """Granted or refused, once."""
        if self.etat is not EtatApprobation.DEMANDEE:
            raise ApprobationDejaDecidee(par=self.decidee_par)
        self.etat, self.decidee_par, self.decidee_le, self.reponse = etat, par, le, reponse
        return ApprobationDevisDecidee(
            proposition_id=self.proposition_id,
            demande_id=dossier.demande_id,
            numero=dossier.numero,
            est_accordee=etat is EtatApprobation.ACCORDEE,
            reponse=reponse,
            decidee_par=par,
            demandeur_id=self.demandeur_id,
        )


class RefusMarge(Identifie, Base):
    """Somebody who sees no cost was told that a text waits for an approval of its margin: counted once by text."""

    __tablename__ = "refus_marge"
    __table_args__ = (
        UniqueConstraint("proposition_id", "revision", "personne_id"),
        Index("ix_refus_marge_personne", "personne_id", "refuse_le"),
    )

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"))
    revision: Mapped[int]
    numero: Mapped[str]
    personne_id: Mapped[UUID]
    nom: Mapped[str]
    refuse_le: Mapped[Instant]
