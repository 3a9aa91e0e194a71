"""Tables of the copies; `seq` is the place of the last fact applied, older ones are ignored."""

from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base


class CopieTiers(Base):
    """The name of a tiers."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    nom: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)


class CopieSociete(Base):
    """What labels print of the company."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    raison_sociale: Mapped[str]
    telephone: Mapped[str]
    seq: Mapped[int] = mapped_column(BigInteger)
