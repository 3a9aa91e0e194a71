"""Tables of the accepted invoices of receptions, and of what they made objects cost."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from shared.database.columns import Identifie, Instant


class ReceptionChiffree(Base):
    """What billing announced of a reception, revision by revision: it may come before the reception itself."""

    __tablename__ = "reception_chiffree"

    affaire_fournisseur_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    reception_id: Mapped[UUID] = mapped_column(index=True)
    contenu: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CorrectionCout(Identifie, Base):
    """What an object costs since an invoice was accepted, by whom and when. The last revision of an object is its cost."""

    __tablename__ = "correction_cout"
    __table_args__ = (UniqueConstraint("historique_id", "revision"),)

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"))
    revision: Mapped[int] = mapped_column(BigInteger)
    affaire_fournisseur_id: Mapped[UUID]
    affaire_numero: Mapped[str]
    facture_fournisseur: Mapped[str]
    cout_unitaire_ht: Mapped[Decimal] = mapped_column(Numeric(22, 10))
    par_nom: Mapped[str]
    le: Mapped[Instant]
