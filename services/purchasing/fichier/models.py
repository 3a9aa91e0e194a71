"""Table of the files of an order."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.purchasing.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierCommande(FichierJoint, Base):
    """A file attached to an order."""

    __tablename__ = "fichier_commande"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("commande.id"))
