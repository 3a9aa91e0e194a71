"""Table of the files of a demande."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.demandes.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierDemande(FichierJoint, Base):
    """A file attached to a demande."""

    __tablename__ = "fichier_demande"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("demande.id"))
