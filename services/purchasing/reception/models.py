"""Tables of a reception and its verbs."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.purchasing.base import Base
from services.purchasing.errors import QuantiteNonEntiere, ReceptionFermee, SeriesManquantes
from services.purchasing.reception import rules
from services.purchasing.reception.rules import EtatReception
from shared.contracts.purchasing import FichierJoint, LigneRecue
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant, Prix, Quantite
from shared.database.search import Cherchable
from shared.fichiers.reception import Fichier
from shared.kernel.money import ZERO, repartir, total_ligne_ht
from shared.kernel.nombre import ecrire_quantite

RIEN = Decimal(0)


class Reception(Aggregate, Cherchable, Base):
    """Goods of one supplier being checked in, in one agency. `total_ht` includes the fees.

    Its invoice is the one typed as the goods came, then the one accounts accepted, as their last revision says.
    """

    __tablename__ = "reception"
    __table_args__ = (
        Index("ix_reception_etat", "etat", "id"),
        Index("ix_reception_fournisseur", "fournisseur_id", "id"),
        Index("ix_reception_recherche", "recherche", postgresql_using="gin"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    fournisseur_id: Mapped[UUID]
    fournisseur_nom: Mapped[str]
    agence_id: Mapped[UUID]
    etat: Mapped[EtatReception] = mapped_column(enum_texte(EtatReception), default=EtatReception.OUVERTE)
    facture_fournisseur: Mapped[str] = mapped_column(default="")
    date_facture: Mapped[date | None]
    facture_revision: Mapped[int] = mapped_column(BigInteger, default=0, info={"audit": False})
    facture_sha256: Mapped[str | None]
    facture_nom: Mapped[str | None]
    facture_type: Mapped[str | None]
    bon_livraison: Mapped[str] = mapped_column(default="")
    frais_ht: Mapped[Montant] = mapped_column(default=ZERO)
    total_ht: Mapped[Montant] = mapped_column(default=ZERO)
    ouverte_par: Mapped[str]
    validee_le: Mapped[Instant | None]
    validee_par: Mapped[str | None]

    commandes: Mapped[list["ReceptionCommande"]] = relationship(
        lazy="raise", order_by="ReceptionCommande.commande_numero", cascade="all, delete-orphan"
    )
    lignes: Mapped[list["LigneReception"]] = relationship(
        lazy="raise", order_by="LigneReception.rang", cascade="all, delete-orphan"
    )

    def exiger_ouverte(self) -> None:
        """Refuse any change once validated or abandoned."""
        if self.etat is not EtatReception.OUVERTE:
            raise ReceptionFermee(numero=self.numero, actuel=rules.LIBELLES[self.etat])

    def joindre(self, fichier: Fichier) -> None:
        """The supplier's invoice came with the goods; the last one attached is the one kept."""
        self.exiger_ouverte()
        self.facture_sha256, self.facture_nom, self.facture_type = fichier.sha256, fichier.nom, fichier.type

    def facture_jointe(self) -> FichierJoint | None:
        """The attached invoice as facts carry it."""
        if self.facture_sha256 is None or self.facture_nom is None or self.facture_type is None:
            return None
        return FichierJoint(sha256=self.facture_sha256, nom=self.facture_nom, type=self.facture_type)

    def recues(self) -> list["LigneReception"]:
        """The lines of which something came."""
        return [ligne for ligne in self.lignes if ligne.quantite > 0]

    def valider(self, *, frais_ht: Decimal, par: str, le: datetime) -> None:
        """Check everything that was typed, spread the fees and freeze."""
        self.etat = rules.passer(self.etat, EtatReception.VALIDEE, self.numero)
        recues = self.recues()
        for ligne in recues:
            ligne.verifier()
        valeurs = [ligne.valeur_ht for ligne in recues]
        for ligne, valeur, part in zip(recues, valeurs, repartir(frais_ht, valeurs), strict=True):
            ligne.frais_ht = part
            ligne.cout_unitaire_ht = rules.cout_unitaire(valeur, part, ligne.quantite)
        self.frais_ht, self.total_ht = frais_ht, sum(valeurs, ZERO) + frais_ht
        self.validee_par, self.validee_le = par, le

    def abandonner(self) -> None:
        """Opened by mistake: nothing came in."""
        self.etat = rules.passer(self.etat, EtatReception.ABANDONNEE, self.numero)


class ReceptionCommande(Base):
    """An order the reception was opened on."""

    __tablename__ = "reception_commande"

    reception_id: Mapped[UUID] = mapped_column(ForeignKey("reception.id"), primary_key=True)
    commande_id: Mapped[UUID] = mapped_column(ForeignKey("commande.id"), primary_key=True, index=True)
    commande_numero: Mapped[str]


class LigneReception(Identifie, Base):
    """A product expected or found in the parcel. `attendue` is 0 for a surplus.

    `natures_stock`: those of the projects it was ordered for, and the main one for what was ordered beyond; a surplus
    has none: it enters in the main one.
    """

    __tablename__ = "ligne_reception"

    reception_id: Mapped[UUID] = mapped_column(ForeignKey("reception.id"), index=True)
    ligne_commande_id: Mapped[UUID | None] = mapped_column(ForeignKey("ligne_commande.id"), index=True)
    commande_id: Mapped[UUID | None]
    commande_numero: Mapped[str | None]
    rang: Mapped[int]
    produit_id: Mapped[UUID] = mapped_column(index=True)
    remplace_produit_id: Mapped[UUID | None]
    reference: Mapped[str]
    reference_fournisseur: Mapped[str] = mapped_column(default="")
    designation: Mapped[str]
    unite: Mapped[str] = mapped_column(default="u")
    politique_serie: Mapped[str] = mapped_column(default="aucune")
    attendue: Mapped[Quantite] = mapped_column(default=RIEN)
    quantite: Mapped[Quantite] = mapped_column(default=RIEN)
    prix_ht: Mapped[Prix]
    frais_ht: Mapped[Montant | None]
    cout_unitaire_ht: Mapped[Prix | None]
    natures_stock: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)

    series: Mapped[list["SerieRecue"]] = relationship(lazy="raise", order_by="SerieRecue.id", viewonly=True)

    @property
    def est_surplus(self) -> bool:
        """Not on any order."""
        return self.ligne_commande_id is None

    @property
    def restante(self) -> Decimal:
        """What is still expected."""
        return max(RIEN, self.attendue - self.quantite)

    @property
    def valeur_ht(self) -> Decimal:
        """Price of what came, to the cent."""
        return total_ligne_ht(self.quantite, self.prix_ht)

    @property
    def nb_series(self) -> int:
        """How many serial numbers were typed so far."""
        return len(self.series)

    @property
    def numeros_serie(self) -> list[str]:
        """The serial numbers typed so far."""
        return [serie.numero for serie in self.series]

    def verifier(self) -> None:
        """Serial numbers are complete when the product wants them; what has one is counted in units."""
        if self.politique_serie == "aucune":
            return
        nombre = len(self.series)
        if nombre and self.quantite != self.quantite.to_integral_value():
            raise QuantiteNonEntiere(designation=self.designation)
        if nombre > self.quantite or (self.politique_serie == "obligatoire" and nombre != self.quantite):
            recus = ecrire_quantite(self.quantite)
            raise SeriesManquantes(designation=self.designation, series=nombre, quantite=recus)

    def contrat(self) -> LigneRecue:
        """The line as facts carry it."""
        return LigneRecue(
            ligne_id=self.id,
            produit_id=self.produit_id,
            reference=self.reference,
            designation=self.designation,
            quantite=self.quantite,
            numeros_serie=tuple(self.numeros_serie),
            prix_ht=self.prix_ht,
            cout_unitaire_ht=self.cout_unitaire_ht or self.prix_ht,
            cout_ht=self.valeur_ht + (self.frais_ht or ZERO),
            commande_id=self.commande_id,
            commande_numero=self.commande_numero,
            remplace_produit_id=self.remplace_produit_id,
            natures_stock=tuple(self.natures_stock),
            reference_fournisseur=self.reference_fournisseur,
        )


class SerieRecue(Identifie, Base):
    """A serial number checked in: once per product, until its object left for good (`est_liberee`)."""

    __tablename__ = "serie_recue"
    __table_args__ = (
        Index(
            "uq_serie_recue_produit_id_numero",
            "produit_id",
            "numero",
            unique=True,
            postgresql_where=text("NOT est_liberee"),
        ),
    )

    ligne_id: Mapped[UUID] = mapped_column(ForeignKey("ligne_reception.id"), index=True)
    fournisseur_id: Mapped[UUID]
    produit_id: Mapped[UUID]
    numero: Mapped[str]
    est_liberee: Mapped[bool] = mapped_column(default=False)


class SerieAnnoncee(Base):
    """A serial number the supplier says it sent for a line: compared with what is read."""

    __tablename__ = "serie_annoncee"

    ligne_id: Mapped[UUID] = mapped_column(ForeignKey("ligne_reception.id", ondelete="CASCADE"), primary_key=True)
    numero: Mapped[str] = mapped_column(primary_key=True)


class Lecture(Identifie, Base):
    """A code read during a reception, with what was answered: the running list, and its undo."""

    __tablename__ = "lecture"
    __table_args__ = (
        Index("ix_lecture_reception", "reception_id", "id"),
        Index("uq_lecture_cle", "reception_id", "cle", unique=True, postgresql_where=text("cle <> ''")),
    )

    reception_id: Mapped[UUID] = mapped_column(ForeignKey("reception.id"))
    cle: Mapped[str] = mapped_column(default="")
    ligne_id: Mapped[UUID | None] = mapped_column(ForeignKey("ligne_reception.id"), index=True)
    produit_id: Mapped[UUID | None]
    code: Mapped[str]
    resultat: Mapped[str]
    motif: Mapped[str]
    libelle: Mapped[str]
    detail: Mapped[str]
    quantite: Mapped[Quantite] = mapped_column(default=RIEN)
    numero_serie: Mapped[str | None]
    lue_le: Mapped[Instant]
    lue_par: Mapped[str]
    est_annulee: Mapped[bool] = mapped_column(default=False)
