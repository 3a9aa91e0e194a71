"""Table of the files of a contract."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.maintenance.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierContrat(FichierJoint, Base):
    """A file attached to a contract."""

    __tablename__ = "fichier_contrat"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("contrat.id"))
