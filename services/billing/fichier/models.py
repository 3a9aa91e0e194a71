"""Tables of the files of a facture and of a supplier invoice."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Base
from shared.fichiers_joints.models import FichierJoint


class FichierFacture(FichierJoint, Base):
    """A file attached to a facture of ours: neither its contents, its document nor its hash know of it."""

    __tablename__ = "fichier_facture"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("facture.id"))


class FichierAchat(FichierJoint, Base):
    """A file attached to an affaire fournisseur, beside the invoice itself."""

    __tablename__ = "fichier_achat"

    proprietaire_id: Mapped[UUID] = mapped_column(ForeignKey("affaire_fournisseur.id"))
