"""Table of the files of a tiers."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierTiers(FichierJoint, Base):
    """A file attached to a tiers."""

    __tablename__ = "fichier"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("tiers.id"))
