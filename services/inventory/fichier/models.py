"""Tables of the files of an object and of a feuille."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierHistorique(FichierJoint, Base):
    """A photo or a paper of an object: it follows it for ever, wherever it goes.

    `operation` is the key of the workshop operation it shows, when it was taken for one.
    """

    __tablename__ = "fichier_historique"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"))
    operation: Mapped[str | None]


class FichierFeuille(FichierJoint, Base):
    """A file attached to a feuille: the plan of the site, what the client sent for the work."""

    __tablename__ = "fichier_feuille"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"))
