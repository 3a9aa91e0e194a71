"""Tables of the affaire fournisseur and its verbs."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.affaire_fournisseur import rules
from services.billing.affaire_fournisseur.rules import EtatAchat, Rapprochement
from services.billing.base import Base
from services.billing.errors import AvoirRecuTropGrand, FactureNonBloquee, FactureRecueCreditee
from shared.contracts.billing import (
    AffaireFournisseurCreee,
    FactureFournisseurBloquee,
    FactureFournisseurLiberee,
    LigneChiffree,
    ReceptionChiffree,
)
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant, Prix, Quantite, Taux
from shared.database.search import Cherchable
from shared.kernel.money import ZERO, repartir, total_ligne_ht
from shared.kernel.nombre import ecrire_euros
from shared.kernel.search import ecrire_montant, texte_recherche


class AffaireFournisseur(Cherchable, Aggregate, Base):
    """What a supplier bills us for a reception, line by line, euros HT.

    `total_ht` is what was received at the prices of the reception; `total_facture_ht`, once accounts read it, what the
    invoice says, and `total_credite_ht` what the credit notes received on it take back. `motif_blocage` says, a line each, why it is or was on hold.
    `facture_annoncee` and the `cout_annonce_ht` of its lines: what was last told of what the goods cost, by which invoice.
    """

    __tablename__ = "affaire_fournisseur"
    __table_args__ = (
        Index("ix_affaire_fournisseur_etat", "etat", "id"),
        Index("ix_affaire_fournisseur_recherche", "recherche", postgresql_using="gin"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    reception_id: Mapped[UUID] = mapped_column(unique=True)
    reception_numero: Mapped[str]
    fournisseur_id: Mapped[UUID] = mapped_column(index=True)
    fournisseur_nom: Mapped[str]
    facture_fournisseur: Mapped[str] = mapped_column(index=True)
    date_facture: Mapped[date | None]
    echeance: Mapped[date]
    facture_sha256: Mapped[str | None]
    facture_nom: Mapped[str | None]
    facture_type: Mapped[str | None]
    etat: Mapped[EtatAchat] = mapped_column(enum_texte(EtatAchat), default=EtatAchat.A_CONTROLER)
    frais_ht: Mapped[Montant]
    total_ht: Mapped[Montant]
    frais_factures_ht: Mapped[Montant | None]
    total_facture_ht: Mapped[Montant | None]
    total_credite_ht: Mapped[Montant] = mapped_column(default=ZERO)
    tolerance_quantite_pct: Mapped[Taux] = mapped_column(default=ZERO)
    tolerance_prix_pct: Mapped[Taux] = mapped_column(default=ZERO)
    motif_blocage: Mapped[str] = mapped_column(default="")
    liberee_par: Mapped[str | None]
    liberee_le: Mapped[Instant | None]
    motif_liberation: Mapped[str] = mapped_column(default="")
    facture_annoncee: Mapped[str] = mapped_column(default="", info={"audit": False})
    revision: Mapped[int] = mapped_column(BigInteger, default=0, info={"audit": False})

    lignes: Mapped[list["LigneAchat"]] = relationship(
        lazy="raise", order_by="LigneAchat.position", cascade="all, delete-orphan"
    )

    def indexer(self) -> None:
        """What a search finds it by: its numbers, its supplier, its orders, and its totals as people type them."""
        commandes = dict.fromkeys(ligne.commande_numero for ligne in self.lignes)
        numeros = (self.numero, self.reception_numero, self.facture_fournisseur, *commandes)
        totaux = (self.total_ht, self.total_facture_ht)
        montants = (ecrire_montant(total) for total in totaux if total is not None)
        self.recherche_texte = texte_recherche(self.fournisseur_nom, *numeros, *montants)

    def creer(self) -> AffaireFournisseurCreee:
        """It is there for accounts to check."""
        self.indexer()
        return AffaireFournisseurCreee(
            affaire_fournisseur_id=self.id,
            numero=self.numero,
            fournisseur_id=self.fournisseur_id,
            fournisseur_nom=self.fournisseur_nom,
            reception_id=self.reception_id,
            facture_fournisseur=self.facture_fournisseur,
            total_ht=self.total_ht,
        )

    def lire_facture(self, lues: dict[UUID, tuple[Decimal, Decimal]], frais_ht: Decimal | None) -> None:
        """What the invoice says: (quantity, price) of its lines; a line nobody corrected is billed as received."""
        for ligne in self.lignes:
            ligne.quantite_facturee, ligne.prix_facture_ht = lues.get(ligne.id, (ligne.quantite, ligne.prix_ht))
        self.frais_factures_ht = self.frais_ht if frais_ht is None else frais_ht
        facturees = (total_ligne_ht(r.facturee, r.prix_facture_ht) for r in self.rapprochements())
        self.total_facture_ht = sum(facturees, ZERO) + self.frais_factures_ht
        self.indexer()

    def rapprochements(self) -> list[Rapprochement]:
        """Its lines, ordered, received and billed."""
        return [ligne.rapprochement for ligne in self.lignes]

    @property
    def montant_ht(self) -> Decimal:
        """What its invoice says, what was received until accounts read it."""
        return self.total_ht if self.total_facture_ht is None else self.total_facture_ht

    @property
    def reste_a_crediter_ht(self) -> Decimal:
        """What its invoice still claims, once what was credited is taken off."""
        return (self.total_facture_ht or ZERO) - self.total_credite_ht

    def crediter(self, numero: str, montant_ht: Decimal) -> None:
        """A credit note of its supplier; AvoirRecuTropGrand."""
        if montant_ht > self.reste_a_crediter_ht:
            montant, reste = ecrire_euros(montant_ht), ecrire_euros(self.reste_a_crediter_ht)
            raise AvoirRecuTropGrand(numero=numero, montant=montant, reste=reste)
        self.total_credite_ht += montant_ht

    def ecarts(self) -> list[str]:
        """What it costs beyond its order, its reception and the tolerances of its supplier, credit notes taken off."""
        pct, prix_pct = self.tolerance_quantite_pct, self.tolerance_prix_pct
        lus, du_ht = self.rapprochements(), self.reste_a_crediter_ht
        if self.total_credite_ht and rules.est_compensee(lus, du_ht, self.frais_ht, prix_pct):
            return []
        frais = ZERO if self.frais_factures_ht is None else self.frais_factures_ht
        lignes = rules.ecarts(self.rapprochements(), quantite_pct=pct, prix_pct=prix_pct)
        return [*lignes, *rules.ecart_frais(frais, self.frais_ht, prix_pct)]

    def bloquer(self, ecarts: list[str]) -> FactureFournisseurBloquee:
        """On hold until somebody allowed lets it through, or the supplier corrects it."""
        self.etat = rules.passer(self.etat, EtatAchat.BLOQUEE, numero=self.numero)
        self.motif_blocage = "\n".join(ecarts)
        return FactureFournisseurBloquee(
            affaire_fournisseur_id=self.id, numero=self.numero, fournisseur_nom=self.fournisseur_nom
        )

    def controler(self) -> None:
        """It says what was ordered and received, within the tolerances."""
        self.etat = rules.passer(self.etat, EtatAchat.CONTROLEE, numero=self.numero)

    def chiffrer(self, *, par: str, le: datetime) -> ReceptionChiffree | None:
        """What the goods cost, by its invoice once accepted, else by their reception; None when it was told already.

        On hold nobody knows yet: what was told last stays.
        """
        if self.etat is EtatAchat.BLOQUEE:
            return None
        recus = couts = self.couts_recus()
        if self.total_facture_ht is not None:
            frais = self.frais_factures_ht or ZERO
            couts = rules.couts(self.rapprochements(), frais_ht=frais, credits_ht=self.total_credite_ht)
        dits = [ligne.cout_annonce_ht for ligne in self.lignes]
        avant = [recu if dit is None else dit for dit, recu in zip(dits, recus, strict=True)]
        if (couts, self.facture_fournisseur) == (avant, self.facture_annoncee):
            return None
        self.revision, self.facture_annoncee = self.revision + 1, self.facture_fournisseur
        for ligne, cout in zip(self.lignes, couts, strict=True):
            ligne.cout_annonce_ht = cout
        return ReceptionChiffree(
            affaire_fournisseur_id=self.id,
            numero=self.numero,
            revision=self.revision,
            reception_id=self.reception_id,
            fournisseur_nom=self.fournisseur_nom,
            facture_fournisseur=self.facture_fournisseur,
            date_facture=self.date_facture,
            acceptee_le=le,
            acceptee_par=par,
            lignes=tuple(ligne.chiffree(cout) for ligne, cout in zip(self.lignes, avant, strict=True)),
        )

    def couts_recus(self) -> list[Decimal]:
        """What each line cost as its reception said, its share of the fees in it."""
        valeurs = [ligne.total_ht for ligne in self.lignes]
        parts = repartir(self.frais_ht, valeurs)
        return [valeur + part for valeur, part in zip(valeurs, parts, strict=True)]

    def retirer_facture(self) -> None:
        """Its invoice is refused: it waits for another, as when the goods came; FactureRecueCreditee."""
        if self.total_credite_ht:
            raise FactureRecueCreditee(numero=self.facture_fournisseur)
        self.etat = rules.passer(self.etat, EtatAchat.A_CONTROLER, numero=self.numero)
        self.facture_fournisseur, self.date_facture = "", None
        self.facture_sha256 = self.facture_nom = self.facture_type = None
        self.frais_factures_ht = self.total_facture_ht = None
        for ligne in self.lignes:
            ligne.quantite_facturee = ligne.prix_facture_ht = None
        self.motif_blocage = self.motif_liberation = ""
        self.liberee_par = self.liberee_le = None
        self.indexer()

    def liberer(self, *, motif: str, par: str, le: datetime) -> FactureFournisseurLiberee:
        """Let through as it is, and why; FactureNonBloquee."""
        if self.etat is not EtatAchat.BLOQUEE:
            raise FactureNonBloquee(numero=self.numero)
        self.controler()
        self.motif_liberation, self.liberee_par, self.liberee_le = motif, par, le
        return FactureFournisseurLiberee(affaire_fournisseur_id=self.id, numero=self.numero, liberee_par=par)


class LigneAchat(Identifie, Base):
    """A received line as the supplier prices it: `quantite` and `prix_ht` at the reception, then as its invoice says.

    `prix_commande_ht` is what was ordered, None for what nobody ordered, or heard of before prices were told.
    """

    __tablename__ = "ligne_affaire_fournisseur"

    affaire_fournisseur_id: Mapped[UUID] = mapped_column(ForeignKey("affaire_fournisseur.id"), index=True)
    position: Mapped[int]
    ligne_recue_id: Mapped[UUID | None]
    produit_id: Mapped[UUID]
    reference: Mapped[str]
    reference_fournisseur: Mapped[str] = mapped_column(default="")
    designation: Mapped[str]
    commande_numero: Mapped[str | None]
    quantite: Mapped[Quantite]
    prix_ht: Mapped[Prix]
    total_ht: Mapped[Montant]
    prix_commande_ht: Mapped[Prix | None]
    est_hors_tolerance: Mapped[bool] = mapped_column(default=False)
    quantite_facturee: Mapped[Quantite | None]
    prix_facture_ht: Mapped[Prix | None]
    cout_annonce_ht: Mapped[Montant | None]

    @property
    def total_facture_ht(self) -> Decimal | None:
        """What the invoice bills for it, None before accounts read it."""
        if self.quantite_facturee is None or self.prix_facture_ht is None:
            return None
        return total_ligne_ht(self.quantite_facturee, self.prix_facture_ht)

    @property
    def rapprochement(self) -> Rapprochement:
        """As ordered, received and billed."""
        return Rapprochement(
            designation=self.designation,
            prix_commande_ht=self.prix_commande_ht,
            recue=self.quantite,
            facturee=self.quantite if self.quantite_facturee is None else self.quantite_facturee,
            prix_facture_ht=self.prix_ht if self.prix_facture_ht is None else self.prix_facture_ht,
            est_hors_tolerance=self.est_hors_tolerance,
        )

    def chiffree(self, avant_ht: Decimal) -> LigneChiffree:
        """What it costs as facts carry it, and what was told before."""
        return LigneChiffree(
            ligne_recue_id=self.ligne_recue_id,
            produit_id=self.produit_id,
            quantite=self.quantite,
            prix_ht=self.rapprochement.prix_facture_ht,
            cout_ht=avant_ht if self.cout_annonce_ht is None else self.cout_annonce_ht,
            cout_avant_ht=avant_ht,
        )
