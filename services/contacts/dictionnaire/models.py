"""Table of words and of what remains of them."""

from sqlalchemy.orm import Mapped, mapped_column

from services.contacts.base import Base


class MotVoisin(Base):
    """`mot`, found by itself or by itself less one letter."""

    __tablename__ = "mot_voisin"

    cle: Mapped[str] = mapped_column(primary_key=True)
    mot: Mapped[str] = mapped_column(primary_key=True)
