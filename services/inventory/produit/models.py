"""Tables of a product and its verbs."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.produit import rules
from services.inventory.type_produit.models import TypeProduit
from services.inventory.type_produit.rules import Action
from services.inventory.type_produit.rules import actions as lire_actions
from shared.contracts.inventory import ComposantKit, ProduitModifie, ReferenceFournisseur
from shared.database.columns import Aggregate, Identifie, Instant, Prix, Taux
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche
from shared.kernel.text import normaliser_recherche

ANNONCES = (
    *("reference", "designation", "description", "famille", "unite", "nature", "est_stockable", "politique_serie"),
    *("ean", "prix_achat_ht", "prix_vente_ht", "taux_tva", "deee_ht", "copie_privee_ht"),
    *("maintenance_requise", "est_actif"),
)


class Produit(Aggregate, Cherchable, Base):
    """An article or a service of the catalogue. Prices in euros per unit, VAT in percent.

    One with `composants` is a kit: [{"produit_id", "quantite"}], simple products; it is itself never in stock.
    `deee_ht` and `copie_privee_ht` are what each unit sold bears of these contributions, beside its price.
    `est_visible_parc` is None when its type says so.
    """

    __tablename__ = "produit"
    __table_args__ = (
        Index("ix_produit_recherche", "recherche", postgresql_using="gin"),
        Index("ix_produit_designation", "designation_tri", "id"),
        Index(
            "ix_produit_composants",
            "composants",
            postgresql_using="gin",
            postgresql_where=text("composants <> '[]'::jsonb"),
        ),
        CheckConstraint("NOT (nature = 'service' AND est_stockable)", name="service_sans_stock"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    designation: Mapped[str]
    designation_tri: Mapped[str] = mapped_column(info={"audit": False})
    description: Mapped[str] = mapped_column(default="")
    famille: Mapped[str] = mapped_column(default="", index=True)
    unite: Mapped[str] = mapped_column(default="u")
    nature: Mapped[str] = mapped_column(default="bien")
    est_stockable: Mapped[bool] = mapped_column(default=True)
    politique_serie: Mapped[str] = mapped_column(default="aucune")
    type_id: Mapped[UUID | None] = mapped_column(ForeignKey("type_produit.id"), index=True)
    ean: Mapped[str | None] = mapped_column(index=True)
    prix_achat_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    prix_vente_ht: Mapped[Prix | None]
    taux_tva: Mapped[Taux] = mapped_column(default=Decimal(20))
    deee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    copie_privee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    maintenance_requise: Mapped[bool] = mapped_column(default=False)
    etiquette_requise: Mapped[bool] = mapped_column(default=False)
    garantie_mois: Mapped[int] = mapped_column(default=0)
    est_visible_parc: Mapped[bool | None]
    actions: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    caracteristiques: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    composants: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    est_actif: Mapped[bool] = mapped_column(default=True)

    type: Mapped[TypeProduit | None] = relationship(lazy="raise")
    fournisseurs: Mapped[list["ProduitFournisseur"]] = relationship(
        lazy="raise", order_by="ProduitFournisseur.rang", cascade="all, delete-orphan"
    )

    @property
    def operations(self) -> tuple[Action, ...]:
        """The workshop operations of its type, then its own."""
        propres = lire_actions(self.actions)
        du_type = self.type.operations if self.type is not None else ()
        return (*du_type, *(a for a in propres if a.cle not in {t.cle for t in du_type}))

    @property
    def demande_etiquette(self) -> bool:
        """Whether its objects must carry a label before they leave."""
        return self.etiquette_requise or (self.type is not None and self.type.etiquette_requise)

    @property
    def entre_au_parc(self) -> bool:
        """Whether its objects enter the client's parc unless somebody says otherwise: its own answer, else its type's."""
        if self.est_visible_parc is not None:
            return self.est_visible_parc
        return self.type is not None and self.type.est_visible_parc

    @property
    def est_unitaire(self) -> bool:
        """Whether each unit is an object of its own."""
        return rules.est_unitaire(
            politique_serie=self.politique_serie,
            a_type=self.type_id is not None,
            etiquette_requise=self.etiquette_requise,
            a_actions=bool(self.actions),
        )

    def acheter_chez(self, fournisseur_id: UUID, reference: str, prix_ht: Decimal) -> bool:
        """A supplier sells it under that reference at that price; whether that is news."""
        connu = next((f for f in self.fournisseurs if f.fournisseur_id == fournisseur_id), None)
        if connu is None:
            rang = max((f.rang for f in self.fournisseurs), default=-1) + 1
            self.fournisseurs.append(
                ProduitFournisseur(rang=rang, fournisseur_id=fournisseur_id, reference=reference, prix_ht=prix_ht)
            )
            return True
        if (connu.reference or reference) != reference or connu.prix_ht == prix_ht:
            return False  # it is known there under another reference: whoever wrote it knows better
        connu.reference, connu.prix_ht = reference, prix_ht
        return True

    def annoncer(self) -> ProduitModifie:
        """Recompute what searches look at, and the fact that tells the whole definition."""
        self.designation_tri = normaliser_recherche(self.designation)
        self.recherche_texte = texte_recherche(
            *(self.reference, self.designation, self.famille, self.ean),
            self.type.libelle if self.type is not None else None,
            *(f.reference for f in self.fournisseurs),
        )
        return ProduitModifie(
            produit_id=self.id,
            **{champ: getattr(self, champ) for champ in ANNONCES},
            type_code=self.type.code if self.type is not None else None,
            type_libelle=self.type.libelle if self.type is not None else None,
            etiquette_requise=self.demande_etiquette,
            est_unitaire=self.est_unitaire,
            fournisseurs=tuple(f.contrat() for f in self.fournisseurs),
            composants=tuple(ComposantKit.model_validate(c) for c in self.composants),
        )


class DocumentProduit(Identifie, Base):
    """A file about the product: data sheet, manual, certificate."""

    __tablename__ = "document_produit"

    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    nom: Mapped[str]
    sha256: Mapped[str]
    type: Mapped[str]
    taille: Mapped[int]
    ajoute_le: Mapped[Instant]
    ajoute_par: Mapped[str]


class ProduitFournisseur(Identifie, Base):
    """How a supplier names and prices the product, the preferred one first."""

    __tablename__ = "produit_fournisseur"

    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    rang: Mapped[int]
    fournisseur_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    prix_ht: Mapped[Prix | None]

    def contrat(self) -> ReferenceFournisseur:
        """The reference as facts carry it."""
        return ReferenceFournisseur(fournisseur_id=self.fournisseur_id, reference=self.reference, prix_ht=self.prix_ht)
