"""Tables of accounts, their roles, sessions and API tokens, and their verbs."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Text, Uuid, any_, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by
from sqlalchemy.orm import Mapped, column_property, mapped_column

from gateway.base import Base
from gateway.compte import droits
from gateway.errors import TropDEssais
from shared.contracts.gateway import CompteModifie
from shared.database.columns import Aggregate, Identifie, Instant
from shared.kernel.actor import Actor

ATTENTE_MAX = timedelta(minutes=30)


class Freine:
    """Where wrong passwords are counted: after `ESSAIS_LIBRES`, each one doubles the wait."""

    ESSAIS_LIBRES: ClassVar[int]

    essais_rates: Mapped[int] = mapped_column(default=0, info={"audit": False})
    bloque_jusqu_au: Mapped[Instant | None] = mapped_column(info={"audit": False})

    def refuser_si_bloque(self, maintenant: datetime) -> None:
        """Refuse while too many wrong passwords were tried lately."""
        if self.bloque_jusqu_au and self.bloque_jusqu_au > maintenant:
            raise TropDEssais(minutes=ceil((self.bloque_jusqu_au - maintenant).total_seconds() / 60))

    def noter_essai(self, *, reussi: bool, maintenant: datetime) -> None:
        """Count a wrong password; a right one forgets them."""
        self.essais_rates = 0 if reussi else self.essais_rates + 1
        exces = self.essais_rates - self.ESSAIS_LIBRES
        self.bloque_jusqu_au = maintenant + _attente(exces) if exces >= 0 else None


def _attente(exces: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(exces, 10)), ATTENTE_MAX)


class Role(Aggregate, Base):
    """What people who hold it may do. `cle` never changes: accounts, settings and facts name the role by it."""

    __tablename__ = "role"

    cle: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(default="")
    metier: Mapped[str] = mapped_column(default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    etendues: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)

    @property
    def administre(self) -> bool:
        """Whether it opens accounts and roles."""
        return droits.peut(self.permissions, droits.ADMINISTRER)


_ROLE_TENU = func.jsonb_build_object(
    *("cle", Role.cle, "libelle", Role.libelle, "metier", Role.metier),
    *("permissions", func.to_jsonb(Role.permissions), "etendues", Role.etendues),
)


class Compte(Freine, Aggregate, Base):
    """Somebody who may sign in."""

    __tablename__ = "compte"
    ESSAIS_LIBRES = 5

    identifiant: Mapped[str] = mapped_column(unique=True)
    nom: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    fonction: Mapped[str] = mapped_column(default="")
    mot_de_passe: Mapped[str] = mapped_column(info={"secret": True})
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    collaborateur_id: Mapped[UUID | None]
    agence_id: Mapped[UUID | None]
    autres_agences: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    page_entree: Mapped[str] = mapped_column(default="/demandes")
    theme: Mapped[str] = mapped_column(default="systeme", info={"audit": False})
    est_actif: Mapped[bool] = mapped_column(default=True)
    est_provisoire: Mapped[bool] = mapped_column(default=False)  # its password was given by an administrator
    totp_secret: Mapped[str | None] = mapped_column(info={"secret": True})
    totp_actif_le: Mapped[Instant | None]
    totp_pas: Mapped[int] = mapped_column(BigInteger, default=0, info={"audit": False})

    roles_tenus: Mapped[list[dict[str, Any]]] = column_property(  # what its roles are now, read with the account
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(_ROLE_TENU, Role.libelle)), text("'[]'::jsonb")))
        .where(Role.cle == any_(roles))
        .correlate_except(Role)
        .scalar_subquery(),
        expire_on_flush=False,
    )

    @property
    def permissions(self) -> frozenset[str]:
        """Everything its roles grant together."""
        return frozenset(p for role in self.roles_tenus for p in role["permissions"])

    @property
    def metiers(self) -> frozenset[str]:
        """The jobs of its roles."""
        return frozenset(role["metier"] for role in self.roles_tenus if role["metier"])

    def peut(self, droit: str) -> bool:
        """Whether one of its roles grants a right."""
        return droits.peut(self.permissions, droit)

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
            permissions=self.permissions,
            agence_id=self.agence_id,
            origine=origine,
            etendues=droits.etendues(self.roles_tenus),
            autres_agences=frozenset(self.autres_agences),
        )

    def donner_mot_de_passe(self, hache: str) -> None:
        """An administrator gives a password again: it opens the door once, its owner then chooses his."""
        self.mot_de_passe, self.est_provisoire = hache, True
        self.essais_rates, self.bloque_jusqu_au = 0, None

    def exige_second_facteur(self, roles: frozenset[str]) -> bool:
        """Whether one of its roles, or their jobs, is among those that must prove themselves twice."""
        return not roles.isdisjoint({*self.roles, *self.metiers})

    def oublier_second_facteur(self) -> None:
        """Back to the password alone."""
        self.totp_secret, self.totp_actif_le, self.totp_pas = None, None, 0


class AdresseFreinee(Freine, Base):
    """An address passwords are tried from, whatever the logins: an office shares one, so it is allowed more."""

    __tablename__ = "adresse_freinee"
    ESSAIS_LIBRES = 20
    OUBLI: ClassVar[timedelta] = timedelta(minutes=30)

    adresse: Mapped[str] = mapped_column(primary_key=True)
    vue_le: Mapped[Instant] = mapped_column(index=True)

    def noter_echec(self, maintenant: datetime) -> None:
        """Count a wrong password from here; half an hour of quiet forgets the ones before."""
        if maintenant - self.vue_le > self.OUBLI:
            self.essais_rates = 0
        self.vue_le = maintenant
        self.noter_essai(reussi=False, maintenant=maintenant)


class CodeSecours(Identifie, Base):
    """A recovery code, for the day the phone is lost: usable once. Only its hash is kept."""

    __tablename__ = "code_secours"

    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), index=True)
    empreinte: Mapped[str]
    utilise_le: Mapped[Instant | None]


class Session(Identifie, Base):
    """A signed-in browser. Only the hash of its cookie is kept."""

    __tablename__ = "session"

    empreinte: Mapped[str] = mapped_column(unique=True)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), index=True)
    ouverte_le: Mapped[Instant]
    expire_le: Mapped[Instant] = mapped_column(index=True)
    adresse: Mapped[str] = mapped_column(default="")
    appareil: Mapped[str] = mapped_column(default="")


class Preference(Base):
    """Something an account chose once and finds again on any machine: the order of its cards…"""

    __tablename__ = "preference"

    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), primary_key=True)
    cle: Mapped[str] = mapped_column(primary_key=True)
    valeur: Mapped[str]


class JetonApi(Identifie, Base):
    """A bearer token for programs. Only its hash is kept; `portees` narrow what the account may do."""

    __tablename__ = "jeton_api"

    empreinte: Mapped[str] = mapped_column(unique=True)
    compte_id: Mapped[UUID] = mapped_column(ForeignKey("compte.id"), index=True)
    libelle: Mapped[str] = mapped_column(default="")
    portees: Mapped[list[str]] = mapped_column(ARRAY(Text))
    cree_le: Mapped[Instant]
    expire_le: Mapped[Instant]
