"""Tables of the files of an étude and of an affaire."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierEtude(FichierJoint, Base):
    """A file attached to an étude."""

    __tablename__ = "fichier_etude"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("etude.id"))


class FichierAffaire(FichierJoint, Base):
    """A file attached to an affaire."""

    __tablename__ = "fichier_affaire"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("affaire.id"))
