"""The table of signatures."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.database.columns import Identifie, Instant
from shared.fichiers.reception import Fichier


class Signature(Identifie, Base):
    """How a proposition was accepted: who signed what, when and from where.

    `document_sha256` is the file the client read, `document_signe_sha256` the one that bears the signature: sealed
    when it was given on line, scanned when it was given on paper. `trace` is the drawn signature, an SVG path.
    `certifie_taux_reduit`: the client certified that the works may bear a reduced VAT rate; None when none is signed.
    """

    __tablename__ = "signature"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), unique=True)
    mode: Mapped[str]
    nom: Mapped[str]
    qualite: Mapped[str] = mapped_column(default="")
    signe_le: Mapped[Instant]
    document_sha256: Mapped[str | None]
    adresse_ip: Mapped[str] = mapped_column(default="")
    navigateur: Mapped[str] = mapped_column(default="")
    lien_id: Mapped[UUID | None]
    trace: Mapped[str] = mapped_column(default="", info={"audit": False})
    certifie_taux_reduit: Mapped[bool | None]
    document_signe_sha256: Mapped[str | None]
    document_signe_nom: Mapped[str] = mapped_column(default="")
    document_signe_type: Mapped[str] = mapped_column(default="")

    def joindre(self, fichier: Fichier) -> None:
        """The file that bears the signature."""
        self.document_signe_sha256 = fichier.sha256
        self.document_signe_nom, self.document_signe_type = fichier.nom, fichier.type
