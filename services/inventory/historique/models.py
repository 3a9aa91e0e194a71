"""Tables of physical objects, their movements and their configuration; and their verbs."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.depot.models import Depot
from services.inventory.historique import rules
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.produit.models import Produit
from services.inventory.produit.rules import fin_de_garantie
from shared.contracts.inventory import SerieSituee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Quantite
from shared.kernel.actor import Actor

COPIES_A_LA_SCISSION = (
    *(
        "produit_id",
        "depot_id",
        "emplacement_id",
        "nature",
        "etat",
        "lieu_libelle",
        "feuille_id",
        "colonne_id",
        "attendu_id",
        "transfert_id",
    ),
    *("reception_id", "reception_numero", "ligne_reception_id", "facture_fournisseur"),
    *("fournisseur_id", "fournisseur_nom", "cout_suit_id"),
    "remplace_reference",
    *("cout_unitaire_ht", "recu_le", "demande_id", "tiers_id", "tiers_nom"),
    *("est_pret", "etapes_faites", "etapes_total"),
)


# There, an object belongs to no project any more.
HORS_PROJET = frozenset({Genre.DEPOT, Genre.REBUT, Genre.INVENTAIRE, Genre.TRANSIT, Genre.FOURNISSEUR})


class Historique(Aggregate, Base):
    """One physical object, or one traceable quantity. It changes place only through a movement.

    `cout_recu_ht` is what a unit cost when it came, or was separated; `cout_unitaire_ht` what it costs since its last
    correction (`cout`). `cout_suit_id`: what it replaces, when its supplier sent it against that and bills it no more.
    """

    __tablename__ = "historique"
    __table_args__ = (
        CheckConstraint("quantite > 0", name="quantite_positive"),
        Index(
            "ix_historique_stock",
            "produit_id",
            "depot_id",
            "nature",
            "recu_le",
            postgresql_where=text("etat = 'en_stock'"),
        ),
        Index(
            "ix_historique_place",
            "depot_id",
            "nature",
            "emplacement_id",
            postgresql_where=text("etat = 'en_stock'"),
        ),
        Index("ix_historique_recu_le", "recu_le", "id"),
        Index("ix_historique_numero_serie", text("upper(numero_serie)")),
        Index("ix_historique_facture_fournisseur", text("upper(facture_fournisseur)")),
    )

    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"), index=True)
    quantite: Mapped[Quantite] = mapped_column(default=Decimal(1))
    etat: Mapped[EtatHistorique] = mapped_column(enum_texte(EtatHistorique))
    lieu_libelle: Mapped[str]
    depot_id: Mapped[UUID | None] = mapped_column(ForeignKey("depot.id"), index=True)
    emplacement_id: Mapped[UUID | None] = mapped_column(ForeignKey("emplacement.id"), index=True)
    nature: Mapped[str]
    feuille_id: Mapped[UUID | None] = mapped_column(ForeignKey("feuille.id"), index=True)
    colonne_id: Mapped[UUID | None] = mapped_column(ForeignKey("colonne.id"), index=True)
    attendu_id: Mapped[UUID | None] = mapped_column(ForeignKey("attendu.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), index=True)
    remplace_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), index=True)
    cout_suit_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), index=True)
    transfert_id: Mapped[UUID | None] = mapped_column(ForeignKey("transfert.id"), index=True)
    numero_serie: Mapped[str | None]
    etiquette: Mapped[str | None] = mapped_column(unique=True)
    est_visible_parc: Mapped[bool | None]
    reception_id: Mapped[UUID | None] = mapped_column(index=True)
    reception_numero: Mapped[str | None]
    ligne_reception_id: Mapped[UUID | None]
    facture_fournisseur: Mapped[str | None]
    fournisseur_id: Mapped[UUID | None] = mapped_column(index=True)
    fournisseur_nom: Mapped[str | None]
    remplace_reference: Mapped[str] = mapped_column(default="")
    cout_unitaire_ht: Mapped[Decimal] = mapped_column(Numeric(22, 10), default=Decimal(0))
    cout_recu_ht: Mapped[Decimal] = mapped_column(Numeric(22, 10), default=Decimal(0), info={"audit": False})
    recu_le: Mapped[Instant]
    garantie_jusqu_au: Mapped[date | None]
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_nom: Mapped[str | None]
    etapes_faites: Mapped[int] = mapped_column(default=0, info={"audit": False})
    etapes_total: Mapped[int] = mapped_column(default=0, info={"audit": False})
    est_pret: Mapped[bool] = mapped_column(default=False, info={"audit": False})

    produit: Mapped[Produit] = relationship(lazy="raise")
    depot: Mapped[Depot | None] = relationship(lazy="raise", viewonly=True)
    valeurs: Mapped[list["ValeurConfiguration"]] = relationship(
        lazy="raise",
        primaryjoin="and_(ValeurConfiguration.historique_id == Historique.id, ValeurConfiguration.remplacee_le == None)",
        cascade="save-update, merge",
    )
    actions: Mapped[list["ActionRealisee"]] = relationship(lazy="raise", cascade="all, delete-orphan")

    @property
    def actuelles(self) -> list["ValeurConfiguration"]:
        """The values in force, without those replaced in this very transaction."""
        return [v for v in self.valeurs if v.remplacee_le is None]

    @property
    def libelle(self) -> str:
        """What people call it in a sentence."""
        serie = f" n° {self.numero_serie}" if self.numero_serie else ""
        return f"« {self.produit.designation} »{serie}"

    @property
    def visible_parc(self) -> bool:
        """Whether it will enter the client's parc: the choice made for it, else what its product says."""
        if self.est_visible_parc is not None:
            return self.est_visible_parc
        return self.produit.entre_au_parc

    @property
    def preparation(self) -> rules.Preparation:
        """What it still needs before it leaves."""
        du_type = self.produit.type
        return rules.preparer(
            du_type.formulaire if du_type is not None else (),
            (v.cle for v in self.actuelles if v.est_remplie),
            self.produit.operations,
            (a.cle for a in self.actions),
            etiquette_requise=self.produit.demande_etiquette,
            a_etiquette=self.etiquette is not None,
        )

    def garantir(self, livre_le: date) -> None:
        """Its guarantee runs from the day its client got it; delivered again after a correction, it runs as before."""
        if self.garantie_jusqu_au is None:
            self.garantie_jusqu_au = fin_de_garantie(livre_le, self.produit.garantie_mois)

    def constater(self) -> None:
        """Note where its preparation stands, so that lists need not recompute it."""
        preparation = self.preparation
        self.etapes_faites, self.etapes_total = preparation.faites, preparation.total
        self.est_pret = preparation.etat is rules.EtatPreparation.PRET

    def scinder(self, quantite: Decimal) -> "Historique":
        """Separate a part of a quantity: same origin, same place, a life of its own from now on."""
        part = Historique(parent_id=self.id, quantite=quantite, valeurs=[], actions=[], est_visible_parc=None)
        for champ in COPIES_A_LA_SCISSION:
            setattr(part, champ, getattr(self, champ))
        part.cout_recu_ht = self.cout_unitaire_ht
        part.produit = self.produit
        self.quantite -= quantite
        return part

    @property
    def lieu(self) -> Lieu:
        """Where it is now."""
        ou = {
            EtatHistorique.EN_STOCK: (Genre.DEPOT, self.depot_id),
            EtatHistorique.EN_PREPARATION: (Genre.FEUILLE, self.feuille_id),
            EtatHistorique.INSTALLE: (Genre.CLIENT, self.tiers_id),
            EtatHistorique.SORTI: (Genre.REBUT, None),
            EtatHistorique.EN_TRANSIT: (Genre.TRANSIT, self.transfert_id),
            EtatHistorique.RETOURNE: (Genre.FOURNISSEUR, self.fournisseur_id),
        }
        genre, lieu_id = ou[self.etat]
        return Lieu(genre, self.lieu_libelle, lieu_id, self.nature if genre is Genre.DEPOT else "")

    def situer(self) -> SerieSituee:
        """The fact that says where its serial number is."""
        return SerieSituee(
            historique_id=self.id,
            produit_id=self.produit_id,
            numero_serie=self.numero_serie,
            lieu=self.lieu_libelle,
            est_vivant=self.etat in rules.VIVANTS,
        )

    def arriver(self, vers: Lieu) -> None:
        """Be somewhere else; only a movement calls this."""
        self.etat, self.lieu_libelle = rules.ETAT_DU_LIEU[vers.genre], vers.libelle
        self.depot_id = vers.id if vers.genre is Genre.DEPOT else None
        self.emplacement_id = None
        if vers.genre is Genre.DEPOT:
            self.nature = vers.nature
        if vers.genre in HORS_PROJET:
            self.feuille_id = self.colonne_id = self.attendu_id = None
            self.demande_id = self.tiers_id = self.tiers_nom = None


class Mouvement(Identifie, Base):
    """A quantity that went from one place to another. The balance of a depot is the sum of these rows.

    `source_id` is the historique a part was separated from, without leaving its place.
    """

    __tablename__ = "mouvement"
    __table_args__ = (
        CheckConstraint("quantite > 0", name="quantite_positive"),
        Index("ix_mouvement_vers", "produit_id", "vers_genre", "vers_id"),
        Index("ix_mouvement_de", "produit_id", "de_genre", "de_id"),
    )

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("historique.id"), index=True)
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"))
    quantite: Mapped[Quantite]
    de_genre: Mapped[Genre] = mapped_column(enum_texte(Genre))
    de_id: Mapped[UUID | None]
    de_nature: Mapped[str]
    de_libelle: Mapped[str]
    vers_genre: Mapped[Genre] = mapped_column(enum_texte(Genre))
    vers_id: Mapped[UUID | None]
    vers_nature: Mapped[str]
    vers_libelle: Mapped[str]
    motif: Mapped[str]
    par: Mapped[UUID | None]
    par_nom: Mapped[str]
    le: Mapped[Instant]

    historique: Mapped[Historique] = relationship(lazy="raise", foreign_keys=historique_id)


class ValeurConfiguration(Identifie, Base):
    """A value of the configuration form, with its author and date; a replaced value stays, dated.

    A secret field keeps only `chiffre`; `valeur` stays empty.
    """

    __tablename__ = "valeur_configuration"
    __table_args__ = (
        Index(
            "uq_valeur_configuration_actuelle",
            "historique_id",
            "cle",
            unique=True,
            postgresql_where=text("remplacee_le IS NULL"),
        ),
        Index("ix_valeur_configuration_historique_id", "historique_id"),
    )

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"))
    cle: Mapped[str]
    valeur: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    chiffre: Mapped[str | None] = mapped_column(info={"secret": True})
    par: Mapped[UUID | None]
    par_nom: Mapped[str]
    le: Mapped[Instant]
    remplacee_le: Mapped[Instant | None]

    @property
    def est_secrete(self) -> bool:
        """Whether the value is only kept encrypted."""
        return self.chiffre is not None

    @property
    def est_remplie(self) -> bool:
        """Whether something is there."""
        return self.chiffre is not None or self.contenu is not None

    @property
    def contenu(self) -> Any:
        """The value in clear, None for a secret or an emptied field."""
        return None if self.valeur is None else self.valeur.get("v")


class ActionRealisee(Identifie, Base):
    """A workshop operation ticked on an object, by whom and when."""

    __tablename__ = "action_realisee"
    __table_args__ = (Index("uq_action_realisee_cle", "historique_id", "cle", unique=True),)

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"))
    cle: Mapped[str]
    libelle: Mapped[str]
    par: Mapped[UUID | None]
    par_nom: Mapped[str]
    le: Mapped[Instant]

    @staticmethod
    def faite(cle: str, libelle: str, actor: Actor, le: Any) -> "ActionRealisee":
        """The tick of an operation."""
        return ActionRealisee(cle=cle, libelle=libelle, par=actor.id, par_nom=actor.nom, le=le)


class ConsultationSecret(Identifie, Base):
    """Somebody read a secret value in clear."""

    __tablename__ = "consultation_secret"

    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    cle: Mapped[str]
    par: Mapped[UUID | None]
    par_nom: Mapped[str]
    le: Mapped[Instant]


class ReceptionRecue(Base):
    """A reception already turned into objects: it is never done twice."""

    __tablename__ = "reception_recue"

    reception_id: Mapped[UUID] = mapped_column(primary_key=True)
    numero: Mapped[str]
    le: Mapped[Instant]
