"""Read copies fed by facts. `seq` is the emitter's order: older facts are ignored."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, Uuid, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Adressee, Base
from shared.database.columns import Montant

# A tiers by what an invoice says of it: SIREN, else VAT number; and its name. Their indexes are on these very words.
SQL_IDENTIFIANT = "coalesce(fiche ->> 'siren', left(fiche ->> 'siret', 9), fiche ->> 'tva_intracom')"
SQL_NOM = "lower(fiche ->> 'nom')"
IDENTIFIANT, NOM = literal_column(SQL_IDENTIFIANT, Text), literal_column(SQL_NOM, Text)


class CopieTiers(Base):
    """A tiers as contacts last told; its commercials apart, to be searched."""

    __tablename__ = "copie_tiers"
    __table_args__ = (
        Index("ix_copie_tiers_commerciaux", "commercial_ids", postgresql_using="gin"),
        Index("ix_copie_tiers_identifiant", text(SQL_IDENTIFIANT)),
        Index("ix_copie_tiers_nom", text(SQL_NOM)),
    )

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    fiche: Mapped[dict[str, Any]]
    commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)


class CopieSociete(Base):
    """Our own identity, one row."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    donnees: Mapped[dict[str, Any]]


class CopieCollaborateur(Base):
    """Of which agency somebody is."""

    __tablename__ = "copie_collaborateur"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    agence_id: Mapped[UUID | None] = mapped_column(index=True)


class CopieVente(Adressee, Base):
    """Who sold what a demande delivers, as commercial last told: whose what follows from it is.

    `avenant_de`: the devis it amends; `regime_tva`: the VAT regime it was signed under, "" when that was not told.
    The rest says where its papers go (`shared.contracts.commercial.Adressage`).
    """

    __tablename__ = "copie_vente"

    proposition_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    demande_id: Mapped[UUID]
    avenant_de: Mapped[UUID | None]
    regime_tva: Mapped[str]
    commercial_id: Mapped[UUID | None] = mapped_column(index=True)
    agence_id: Mapped[UUID | None] = mapped_column(index=True)


class CopieContrat(Base):
    """A contract as maintenance last told: what the campaigns bill."""

    __tablename__ = "copie_contrat"

    contrat_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    numero: Mapped[str]
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    etat: Mapped[str] = mapped_column(index=True)
    debut: Mapped[date]
    fin: Mapped[date | None]
    periodicite_mois: Mapped[int]
    est_a_echoir: Mapped[bool]
    lignes: Mapped[list[dict[str, Any]]]
    demande_id: Mapped[UUID | None]
    affaire_id: Mapped[UUID | None]


class CopieAccord(Base):
    """Tariffs a client without contract signed. Rates in euros."""

    __tablename__ = "copie_accord"

    accord_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    taux_horaire_ht: Mapped[Montant]
    deplacement_ht: Mapped[Montant]


class Fusion(Base):
    """A tiers absorbed by another. What was issued to it never changes: lists look for both."""

    __tablename__ = "fusion"

    absorbe_id: Mapped[UUID] = mapped_column(primary_key=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
