"""Read copies fed by facts. `seq` is the place of the last fact in its emitter's order: older ones are ignored."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base


class CopieTiers(Base):
    """Who a demande is for."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    nom: Mapped[str]
    ville: Mapped[str] = mapped_column(default="")
    adresse: Mapped[str] = mapped_column(default="")  # where to go, on one line
    telephone: Mapped[str | None]
    email: Mapped[str | None]  # searched in lower case: ix_copie_tiers_email
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieCollaborateur(Base):
    """Who may be in charge of a demande or go on an intervention."""

    __tablename__ = "copie_collaborateur"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    nom: Mapped[str]
    fonction: Mapped[str] = mapped_column(default="")
    est_actif: Mapped[bool] = mapped_column(default=True)
    demi_journees: Mapped[list[str]] = mapped_column(ARRAY(Text))
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieEquipe(Base):
    """People planned together."""

    __tablename__ = "copie_equipe"

    equipe_id: Mapped[UUID] = mapped_column(primary_key=True)
    nom: Mapped[str]
    membre_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    est_active: Mapped[bool] = mapped_column(default=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieCompte(Base):
    """Which collaborator a signed-in person is."""

    __tablename__ = "copie_compte"

    compte_id: Mapped[UUID] = mapped_column(primary_key=True)
    collaborateur_id: Mapped[UUID | None]
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieCouverture(Base):
    """What maintenance says of a client: objects under contract, tariffs signed."""

    __tablename__ = "copie_couverture"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    contrat_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    equipement_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    accord_id: Mapped[UUID | None]
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieContrat(Base):
    """A maintenance contract."""

    __tablename__ = "copie_contrat"

    contrat_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    numero: Mapped[str]
    etat: Mapped[str]
    debut: Mapped[date]
    fin: Mapped[date | None]
    equipement_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieAccord(Base):
    """Intervention tariffs a client without contract signed or refused."""

    __tablename__ = "copie_accord"

    accord_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    equipement_id: Mapped[UUID | None]
    etat: Mapped[str] = mapped_column(Text)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class CopieEquipement(Base):
    """An object at a client's, found from its label."""

    __tablename__ = "copie_equipement"

    equipement_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    designation: Mapped[str]
    numero_serie: Mapped[str | None]
    etiquette: Mapped[str | None] = mapped_column(index=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
