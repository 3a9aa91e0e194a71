"""Tables fed by facts. `seq` is the place of the last fact seen: older ones are ignored."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.purchasing.base import Base
from shared.database.columns import Prix, Quantite
from shared.database.search import Cherchable


class CopieTiers(Cherchable, Base):
    """A tiers; only suppliers are offered to buyers, but a tiers may become one later."""

    __tablename__ = "copie_tiers"
    __table_args__ = (
        Index("ix_copie_tiers_fournisseur", "est_fournisseur", "nom_tri", "tiers_id"),
        Index("ix_copie_tiers_recherche", "recherche", postgresql_using="gin"),
    )

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str]
    nom: Mapped[str]
    nom_tri: Mapped[str]
    est_fournisseur: Mapped[bool]
    email: Mapped[str | None]
    telephone: Mapped[str | None]
    tva_intracom: Mapped[str | None]
    siren: Mapped[str | None]
    adresse: Mapped[dict[str, Any] | None]


class CopieProduit(Cherchable, Base):
    """A product of the catalogue, as buyers and storekeepers recognise it."""

    __tablename__ = "copie_produit"
    __table_args__ = (
        Index("ix_copie_produit_ean", "ean_cle"),
        Index("ix_copie_produit_reference", "reference_cle"),
        Index("ix_copie_produit_recherche", "recherche", postgresql_using="gin"),
        Index("ix_copie_produit_tri", "est_actif", "reference", "produit_id"),
    )

    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    reference_cle: Mapped[str]
    designation: Mapped[str]
    unite: Mapped[str]
    politique_serie: Mapped[str]
    est_unitaire: Mapped[bool] = mapped_column(default=False)
    ean_cle: Mapped[str | None]
    prix_achat_ht: Mapped[Prix]
    est_stockable: Mapped[bool]
    est_actif: Mapped[bool]


class ReferenceChezFournisseur(Base):
    """How a supplier names and prices a product."""

    __tablename__ = "reference_fournisseur"
    __table_args__ = (
        Index("ix_reference_fournisseur_cle", "fournisseur_id", "reference_cle"),
        Index("ix_reference_fournisseur_partout", "reference_cle"),
    )

    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    fournisseur_id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str]
    reference_cle: Mapped[str]
    prix_ht: Mapped[Prix | None]


class CopieStock(Base):
    """The balance of a product in an agency, in one nature of stock. disponible = physique - reserve."""

    __tablename__ = "copie_stock"

    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    agence_id: Mapped[UUID] = mapped_column(primary_key=True)
    nature: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    agence_nom: Mapped[str]
    physique: Mapped[Quantite]
    reserve: Mapped[Quantite]
    disponible: Mapped[Quantite]


class CopieNature(Base):
    """A nature of stock; one is the main one of the company."""

    __tablename__ = "copie_nature"

    code: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    libelle: Mapped[str]
    est_principale: Mapped[bool]


class CopieSerie(Base):
    """Where the serial number of an object is, as it is compared; `est_vivant` until the object left for good."""

    __tablename__ = "copie_serie"
    __table_args__ = (Index("ix_copie_serie_numero", "produit_id", "numero"),)

    historique_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    produit_id: Mapped[UUID]
    numero: Mapped[str]
    lieu: Mapped[str]
    est_vivant: Mapped[bool]


class CopieSociete(Base):
    """The company as printed on a bon de commande: the whole fact."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    identite: Mapped[dict[str, Any]]


class CopieCompte(Base):
    """Who signs in, under the id their actions carry, and the roles that limit what they order alone."""

    __tablename__ = "copie_compte"

    compte_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    acteur_id: Mapped[UUID] = mapped_column(index=True)
    roles: Mapped[list[str]]


class CopieAgence(Base):
    """An agency: where goods are delivered."""

    __tablename__ = "copie_agence"

    agence_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str]
    nom: Mapped[str]
    adresse: Mapped[dict[str, Any] | None]
    telephone: Mapped[str | None]
