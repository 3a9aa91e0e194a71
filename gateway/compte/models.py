"""Tables of accounts, sessions and API tokens, and their verbs."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from gateway.base import Base
from gateway.compte.roles import permissions
from gateway.errors import TropDEssais
from shared.contracts.gateway import CompteModifie
from shared.database.columns import Aggregate, Identifie, Instant
from shared.kernel.actor import Actor

ESSAIS_LIBRES = 5
ATTENTE_MAX = timedelta(minutes=30)


class Compte(Aggregate, Base):
    """Somebody who may sign in."""

    __tablename__ = "compte"

    identifiant: Mapped[str] = mapped_column(unique=True)
    nom: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    fonction: Mapped[str] = mapped_column(default="")
    mot_de_passe: Mapped[str] = mapped_column(info={"secret": True})
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    collaborateur_id: Mapped[UUID | None]
    agence_id: Mapped[UUID | None]
    page_entree: Mapped[str] = mapped_column(default="/demandes")
    theme: Mapped[str] = mapped_column(default="systeme", info={"audit": False})
    est_actif: Mapped[bool] = mapped_column(default=True)
    essais_rates: Mapped[int] = mapped_column(default=0, info={"audit": False})
    bloque_jusqu_au: Mapped[Instant | None] = mapped_column(info={"audit": False})

    def annoncer(self) -> CompteModifie:
        """The fact that tells who this account is now."""
        return CompteModifie(
            compte_id=self.id,
            identifiant=self.identifiant,
            nom=self.nom,
            roles=tuple(self.roles),
            collaborateur_id=self.collaborateur_id,
            agence_id=self.agence_id,
            est_actif=self.est_actif,
        )

    def acteur(self, origine: str) -> Actor:
        """The actor this account is in requests; staff act under their collaborator id."""
        return Actor(
            nom=self.nom,
            id=self.collaborateur_id or self.id,
            permissions=permissions(self.roles),
            agence_id=self.agence_id,
            origine=origine,
        )

    def refuser_si_bloque(self, maintenant: datetime) -> None:
        """Refuse while too many wrong passwords were tried lately."""
        if self.bloque_jusqu_au and self.bloque_jusqu_au > maintenant:
            raise TropDEssais(minutes=int((self.bloque_jusqu_au - maintenant).total_seconds() // 60) + 1)

    def noter_essai(self, *, reussi: bool, maintenant: datetime) -> None:
        """Count a wrong password; after five, each one doubles the wait."""
        self.essais_rates = 0 if reussi else self.essais_rates + 1
        exces = self.essais_rates - ESSAIS_LIBRES
        self.bloque_jusqu_au = maintenant + min(timedelta(minutes=2**exces), ATTENTE_MAX) if exces >= 0 else None


class Session(Identifie, Base):
    """A signed-in browser. Only the hash of its cookie is kept."""

    __tablename__ = "session"

    empreinte: Mapped[str] = mapped_column(unique=True)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), index=True)
    ouverte_le: Mapped[Instant]
    expire_le: Mapped[Instant] = mapped_column(index=True)
    adresse: Mapped[str] = mapped_column(default="")
    appareil: Mapped[str] = mapped_column(default="")


class JetonApi(Identifie, Base):
    """A bearer token for programs. Only its hash is kept; `portees` narrow what the account may do."""

    __tablename__ = "jeton_api"

    empreinte: Mapped[str] = mapped_column(unique=True)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), index=True)
    libelle: Mapped[str] = mapped_column(default="")
    portees: Mapped[list[str]] = mapped_column(ARRAY(Text))
    cree_le: Mapped[Instant]
    expire_le: Mapped[Instant]
