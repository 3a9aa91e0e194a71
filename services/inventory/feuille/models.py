"""Tables of a feuille, its columns and what they wait for; and their verbs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.inventory.base import Base
from services.inventory.errors import AttenduInconnu, ColonneInconnue, FeuilleIncomplete, FeuilleVerrouillee
from services.inventory.feuille import rules
from services.inventory.feuille.rules import StatutFeuille
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import Genre, Lieu
from services.inventory.reservation.models import Reservation
from services.inventory.reservation.rules import repartir
from services.inventory.stock.models import Stock
from shared.contracts import inventory as contrats
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant, Prix, Quantite, Taux
from shared.database.search import Cherchable
from shared.kernel.actor import Actor

ZERO = Decimal(0)


class Feuille(Aggregate, Cherchable, Base):
    """The preparation of one signed devis; exactly one per proposition."""

    __tablename__ = "feuille"
    __table_args__ = (
        Index(
            "ix_feuille_service",
            "priorite",
            "echeance",
            "signee_le",
            "id",
            postgresql_where=text("etat <> 'validee'"),
        ),
        Index("ix_feuille_echeance", "echeance", "id", postgresql_where=text("etat <> 'validee'")),
        Index("ix_feuille_etat", "etat", "signee_le", "id"),
        Index("ix_feuille_signee_le", "signee_le", "id"),
        Index("ix_feuille_recherche", "recherche", postgresql_using="gin"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    etat: Mapped[StatutFeuille] = mapped_column(enum_texte(StatutFeuille), default=StatutFeuille.OUVERTE)
    proposition_id: Mapped[UUID] = mapped_column(unique=True)
    devis_numero: Mapped[str] = mapped_column(index=True)
    demande_id: Mapped[UUID] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    agence_id: Mapped[UUID | None]
    depot_id: Mapped[UUID | None] = mapped_column(ForeignKey("depot.id"), index=True)
    nature: Mapped[str]
    priorite: Mapped[int] = mapped_column(default=5)
    signee_le: Mapped[Instant]
    livraison_souhaitee: Mapped[date | None]
    echeance: Mapped[date] = mapped_column(
        Computed("coalesce(livraison_souhaitee, DATE '9999-12-31')", persisted=True), info={"audit": False}
    )
    zone: Mapped[str] = mapped_column(default="")
    nb_colonnes: Mapped[int] = mapped_column(default=0, info={"audit": False})
    nb_vertes: Mapped[int] = mapped_column(default=0, info={"audit": False})
    nb_objets: Mapped[int] = mapped_column(default=0, info={"audit": False})
    nb_prets: Mapped[int] = mapped_column(default=0, info={"audit": False})
    reste: Mapped[Quantite] = mapped_column(default=ZERO, info={"audit": False})
    cloturee_le: Mapped[Instant | None]
    cloturee_par: Mapped[str | None]
    validee_le: Mapped[Instant | None]
    validee_par: Mapped[str | None]
    rouverte_le: Mapped[Instant | None]
    rouverte_par: Mapped[str | None]
    rouverte_motif: Mapped[str | None]

    colonnes: Mapped[list["Colonne"]] = relationship(
        lazy="raise", order_by="Colonne.position", cascade="all, delete-orphan"
    )
    attendus: Mapped[list["Attendu"]] = relationship(
        lazy="raise", order_by="Attendu.rang", cascade="all, delete-orphan"
    )

    @property
    def lieu(self) -> Lieu:
        """The feuille as one end of a movement."""
        return Lieu(Genre.FEUILLE, f"Feuille {self.numero} · {self.tiers_nom}", self.id)

    @property
    def rattachement(self) -> dict[str, object]:
        """What its papers copy of it (piece.models)."""
        copies = ("devis_numero", "demande_id", "affaire_id", "tiers_id", "tiers_nom", "objet")
        return {"feuille_id": self.id, "feuille_numero": self.numero, **{nom: getattr(self, nom) for nom in copies}}

    @property
    def rang(self) -> tuple[int, date, datetime, UUID]:
        """Its place among those who want the same product."""
        return rules.rang_de_service(self.priorite, self.livraison_souhaitee, self.signee_le, self.id)

    @property
    def tout_en_stock(self) -> bool:
        """Whether nothing has to be bought."""
        return not any(a.manquant for a in self.attendus)

    def exiger_modifiable(self) -> None:
        """FeuilleVerrouillee once validated."""
        if self.etat is StatutFeuille.VALIDEE:
            raise FeuilleVerrouillee(numero=self.numero)

    def colonne(self, colonne_id: UUID) -> "Colonne":
        """One of its columns; ColonneInconnue."""
        trouvee = next((c for c in self.colonnes if c.id == colonne_id), None)
        if trouvee is None:
            raise ColonneInconnue(numero=self.numero)
        return trouvee

    def attendu(self, attendu_id: UUID) -> "Attendu":
        """One of the products it waits for; AttenduInconnu."""
        trouve = next((a for a in self.attendus if a.id == attendu_id), None)
        if trouve is None:
            raise AttenduInconnu(numero=self.numero)
        return trouve

    def constater(self, objets: Sequence[Historique]) -> contrats.FeuillePrete | None:
        """Recount everything after a change; the fact that every column became green, when it just did."""
        places = [o for o in objets if o.feuille_id == self.id]
        for objet in places:
            objet.constater()
        for attendu in self.attendus:
            attendu.compter(o for o in places if o.attendu_id == attendu.id)
        for colonne in self.colonnes:
            colonne.constater(
                [a for a in self.attendus if a.colonne_id == colonne.id],
                [o.est_pret for o in places if o.colonne_id == colonne.id],
            )
        self.nb_colonnes, self.nb_vertes = len(self.colonnes), sum(c.est_verte for c in self.colonnes)
        self.nb_objets, self.nb_prets = len(places), sum(o.est_pret for o in places)
        self.reste = sum((a.manquant for a in self.attendus), ZERO)
        return self._suivre_couleur()

    def _suivre_couleur(self) -> contrats.FeuillePrete | None:
        toutes_vertes = self.nb_vertes == self.nb_colonnes
        if self.etat is StatutFeuille.PRETE and not toutes_vertes:
            self.etat = rules.passer(self.etat, StatutFeuille.OUVERTE, numero=self.numero)
        elif self.etat is StatutFeuille.OUVERTE and toutes_vertes:
            self.etat = rules.passer(self.etat, StatutFeuille.PRETE, numero=self.numero)
            return contrats.FeuillePrete(feuille_id=self.id, demande_id=self.demande_id)
        return None

    def cloturer(self, actor: Actor, le: datetime) -> contrats.PreparationCloturee:
        """The team ended the intervention; the feuille stays open until it is validated.

        Columns may be left to finish: the page says so before, they are finished after, and `valider` refuses them.
        """
        self.etat = rules.passer(self.etat, StatutFeuille.CLOTUREE, numero=self.numero)
        self.cloturee_par, self.cloturee_le = actor.nom, le
        return contrats.PreparationCloturee(feuille_id=self.id, demande_id=self.demande_id, cloture_le=le)

    def valider(self, actor: Actor, le: datetime, *, malgre_ecarts: bool) -> None:
        """Freeze the feuille; FeuilleIncomplete unless differences are accepted."""
        etat = rules.passer(self.etat, StatutFeuille.VALIDEE, numero=self.numero)
        a_finir = [str(c.position) for c in self.colonnes if not c.est_verte]
        if a_finir and not malgre_ecarts:
            raise FeuilleIncomplete(numero=self.numero, colonnes=", ".join(a_finir))
        self.etat = etat
        self.validee_par, self.validee_le = actor.nom, le

    def rouvrir(self, actor: Actor, le: datetime, motif: str) -> contrats.FeuilleRouverte:
        """Correct a validated feuille, leaving a trace."""
        self.etat = rules.passer(self.etat, StatutFeuille.OUVERTE, numero=self.numero)
        self.rouverte_par, self.rouverte_le, self.rouverte_motif = actor.nom, le, motif
        self.reste = sum((a.manquant for a in self.attendus), ZERO)
        return contrats.FeuilleRouverte(
            feuille_id=self.id,
            demande_id=self.demande_id,
            motif=motif,
            rouverte_par=actor.nom,
            rouverte_le=le,
            etat=self.contrat(),
        )

    def contrat(self) -> contrats.EtatFeuille:
        """The needs of the feuille as facts carry them."""
        return contrats.EtatFeuille(
            numero=self.numero,
            proposition_id=self.proposition_id,
            devis_numero=self.devis_numero,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            agence_id=self.agence_id,
            affaire_id=self.affaire_id,
            priorite=self.priorite,
            zone=self.zone,
            nature_stock=self.nature,
            livraison_souhaitee=self.livraison_souhaitee,
            signee_le=self.signee_le,
            tout_en_stock=self.tout_en_stock,
            attendus=tuple(a.contrat() for a in self.attendus),
        )

    def modifiee(self) -> contrats.FeuilleModifiee:
        """The fact that what it needs, holds or misses changed."""
        return contrats.FeuilleModifiee(feuille_id=self.id, demande_id=self.demande_id, etat=self.contrat())


class Colonne(Identifie, Base):
    """A signed line as the devis priced it, and whether its preparation is complete."""

    __tablename__ = "colonne"

    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"), index=True)
    ligne_id: Mapped[UUID] = mapped_column(unique=True)
    position: Mapped[int]
    section: Mapped[str] = mapped_column(default="")
    designation: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    quantite: Mapped[Quantite]
    unite: Mapped[str] = mapped_column(default="u")
    prix_ht: Mapped[Prix]
    remise: Mapped[Taux] = mapped_column(default=ZERO)
    taux_tva: Mapped[Taux]
    total_ht: Mapped[Montant]
    deee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    copie_privee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    nature: Mapped[str] = mapped_column(default="bien")
    maintenance_souhaitee: Mapped[bool] = mapped_column(default=False)
    est_verte: Mapped[bool] = mapped_column(default=False)

    def constater(self, attendus: Iterable["Attendu"], objets_prets: Iterable[bool]) -> None:
        """Whether everything expected is here and ready."""
        self.est_verte = rules.colonne_verte(((a.quantite, a.present) for a in attendus), objets_prets)

    def contrat(self) -> contrats.LigneRealisee:
        """The line to invoice."""
        champs = contrats.LigneRealisee.model_fields
        return contrats.LigneRealisee.model_validate({nom: getattr(self, nom) for nom in champs})


class Attendu(Identifie, Base):
    """A hidden product a column waits for. quantite_devis is what was signed, quantite what is really wanted.

    What is not kept in stock (a service, a subscription) is not waited for: it counts as present.
    """

    __tablename__ = "attendu"
    __table_args__ = (
        Index("ix_attendu_attente", "produit_id", postgresql_where=text("manquant > 0")),
        CheckConstraint("quantite >= 0 AND present >= 0 AND reserve >= 0 AND manquant >= 0", name="positif"),
    )

    feuille_id: Mapped[UUID] = mapped_column(ForeignKey("feuille.id"), index=True)
    colonne_id: Mapped[UUID] = mapped_column(ForeignKey("colonne.id"), index=True)
    rang: Mapped[int]
    produit_id: Mapped[UUID]
    reference: Mapped[str]
    designation: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    est_stockable: Mapped[bool] = mapped_column(default=True)
    quantite_devis: Mapped[Quantite]
    quantite: Mapped[Quantite]
    present: Mapped[Quantite] = mapped_column(default=ZERO)
    reserve: Mapped[Quantite] = mapped_column(default=ZERO)
    manquant: Mapped[Quantite] = mapped_column(default=ZERO)

    colonne: Mapped[Colonne] = relationship(lazy="raise")
    reservations: Mapped[list[Reservation]] = relationship(lazy="raise", cascade="all, delete-orphan")

    @property
    def reste_a_placer(self) -> Decimal:
        """What is expected and not on the feuille yet, kept in stock or not."""
        return max(self.quantite - self.present, ZERO)

    def compter(self, objets: Iterable[Historique]) -> None:
        """Recount what is here, kept and missing."""
        self.present = sum((o.quantite for o in objets), ZERO) if self.est_stockable else self.quantite
        self.reserve = sum((r.quantite for r in self.reservations), ZERO)
        self.manquant = rules.manquant(self.quantite, self.present, self.reserve)

    def reserver(self, soldes: Iterable[Stock]) -> None:
        """Keep what is available for what is missing, from the first balances that have some."""
        for solde, quantite in repartir(self.manquant, ((s, s.disponible) for s in soldes)):
            self.garder(solde, quantite)

    def garder(self, solde: Stock, quantite: Decimal) -> None:
        """Keep a quantity of one balance; StockInsuffisant."""
        solde.reserver(quantite, reference=self.reference)
        deja = next((r for r in self.reservations if r.depot_id == solde.depot_id), None)
        if deja is not None:
            deja.quantite += quantite
        else:
            self.reservations.append(
                Reservation(
                    feuille_id=self.feuille_id,
                    attendu_id=self.id,
                    produit_id=self.produit_id,
                    depot_id=solde.depot_id,
                    quantite=quantite,
                )
            )
        self.reserve += quantite
        self.manquant = rules.manquant(self.quantite, self.present, self.reserve)

    def liberer(self, solde: Stock, quantite: Decimal) -> None:
        """Give back up to `quantite` of what is kept in one depot."""
        reservation = next((r for r in self.reservations if r.depot_id == solde.depot_id), None)
        if reservation is None:
            return
        rendu = min(quantite, reservation.quantite)
        solde.liberer(rendu)
        self.reserve -= rendu
        self.manquant = rules.manquant(self.quantite, self.present, self.reserve)
        if rendu == reservation.quantite:
            self.reservations.remove(reservation)
        else:
            reservation.quantite -= rendu

    def contrat(self) -> contrats.AttenduFeuille:
        """The need as facts carry it: present never exceeds what is expected there."""
        return contrats.AttenduFeuille(
            attendu_id=self.id,
            colonne_id=self.colonne_id,
            produit_id=self.produit_id,
            reference=self.reference,
            designation=self.designation,
            quantite=self.quantite,
            present=min(self.present, self.quantite),
            reserve=self.reserve,
            manquant=self.manquant,
            note=self.note,
        )
