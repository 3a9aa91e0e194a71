"""The table of a proposition and its verbs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Adressee, Base
from services.commercial.proposition.models.lignes import ligne_devis
from services.commercial.proposition.rules import chiffrage, statuts
from services.commercial.proposition.rules.chiffrage import Chiffres, Genre, Ligne
from services.commercial.proposition.rules.statuts import CausePerte, Statut
from shared.contracts.commercial import (
    BesoinPressenti,
    BesoinsPressentis,
    DevisEnvoye,
    DevisRefuse,
    DevisValide,
    LigneDevis,
)
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Instant, Montant, Taux
from shared.database.search import Cherchable
from shared.kernel.money import ZERO
from shared.kernel.search import texte_recherche

SEULE_VALIDEE = text("statut = 'valide' AND avenant_de_id IS NULL")


class Proposition(Cherchable, Aggregate, Adressee, Base):
    """A proposition of an etude. `revision` counts what the client would see change; totals in euros.

    `lignes` are plain values, a statement each way in the repository: a thousand of them are not as many objects to follow.
    """

    __tablename__ = "proposition"
    __allow_unmapped__ = True
    __table_args__ = (
        UniqueConstraint("etude_id", "rang"),
        Index("ix_proposition_recherche", "recherche", postgresql_using="gin"),
        Index("ix_proposition_statut", "statut", "id"),
        *(
            Index(f"ix_proposition_{jour}", jour, postgresql_where=text(f"{jour} IS NOT NULL"))
            for jour in ("envoye_le", "valide_le", "clos_le")
        ),
        Index("uq_proposition_validee", "etude_id", unique=True, postgresql_where=SEULE_VALIDEE),
        Index("uq_proposition_avenant", "avenant_de_id", "avenant_rang", unique=True),
        CheckConstraint("(avenant_de_id IS NULL) = (avenant_rang IS NULL)", name="avenant"),
    )

    etude_id: Mapped[UUID] = mapped_column(ForeignKey("etude.id"))
    rang: Mapped[int]
    numero: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str] = mapped_column(default="")
    objet: Mapped[str]
    statut: Mapped[Statut] = mapped_column(enum_texte(Statut), default=Statut.BROUILLON)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    demande_id: Mapped[UUID] = mapped_column(index=True)
    demande_numero: Mapped[str]
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    agence_id: Mapped[UUID | None]
    commercial_id: Mapped[UUID | None] = mapped_column(index=True)
    version_de_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposition.id"), index=True)
    avenant_de_id: Mapped[UUID | None] = mapped_column(ForeignKey("proposition.id"))
    avenant_rang: Mapped[int | None]
    introduction: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(default="")
    est_hors_etablissement: Mapped[bool] = mapped_column(default=False)
    presentation_id: Mapped[UUID | None] = mapped_column(ForeignKey("presentation.id"))
    valide_jusqu_au: Mapped[date] = mapped_column(index=True)
    acompte_pourcent: Mapped[Taux] = mapped_column(default=ZERO)
    livraison_souhaitee: Mapped[date | None]
    convention_marge: Mapped[str] = mapped_column(default="marge")
    regime_tva: Mapped[str] = mapped_column(default="france")
    revision: Mapped[int] = mapped_column(default=1)
    revision_envoyee: Mapped[int | None]
    nb_lignes: Mapped[int] = mapped_column(default=0)
    nb_a_fixer: Mapped[int] = mapped_column(default=0)
    total_ht: Mapped[Montant] = mapped_column(default=ZERO)
    total_tva: Mapped[Montant] = mapped_column(default=ZERO)
    total_ttc: Mapped[Montant] = mapped_column(default=ZERO)
    cout_ht: Mapped[Montant] = mapped_column(default=ZERO)
    cout_cache_ht: Mapped[Montant] = mapped_column(default=ZERO)
    deee_ht: Mapped[Montant] = mapped_column(default=ZERO)
    copie_privee_ht: Mapped[Montant] = mapped_column(default=ZERO)
    groupes_tva: Mapped[list[dict[str, Any]]] = mapped_column(default=list, info={"audit": False})
    besoins_annonces: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"audit": False})
    derniers_changements: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    envoye_le: Mapped[Instant | None]
    valide_le: Mapped[Instant | None]
    valide_par: Mapped[str | None]
    clos_le: Mapped[Instant | None]
    motif: Mapped[str] = mapped_column(default="")
    cause_perte: Mapped[CausePerte | None] = mapped_column(enum_texte(CausePerte))
    probabilite: Mapped[int | None]
    cloture_prevue: Mapped[date | None]
    papier_signe_sha256: Mapped[str | None]
    papier_signe_nom: Mapped[str | None]
    papier_signe_type: Mapped[str | None]

    lignes: Sequence[Ligne]

    # What staff write --------------------------------------------------------------------------------------------

    def indexer(self) -> None:
        """Recompute what searches look at."""
        mots = (self.numero, self.objet, self.libelle, self.tiers_nom, self.demande_numero)
        self.recherche_texte = texte_recherche(*mots)

    def verifier_modifiable(self) -> None:
        """A signed or closed proposition is frozen (PropositionFigee)."""
        statuts.verifier_modifiable(self.statut, self.numero)

    def revoir(self) -> None:
        """The client would now read something else."""
        self.verifier_modifiable()
        self.revision = (self.revision or 0) + 1

    def poser(self, lignes: Sequence[Ligne], chiffres: Chiffres) -> None:
        """Replace the lines and what they add up to."""
        self.revoir()
        self.lignes = lignes
        self.nb_lignes = sum(ligne.genre is Genre.LIGNE for ligne in lignes)
        self.total_ht, self.total_tva = chiffres.totaux.total_ht, chiffres.totaux.total_tva
        self.total_ttc, self.cout_ht = chiffres.totaux.total_ttc, chiffres.cout_ht
        self.cout_cache_ht, self.nb_a_fixer = chiffres.cout_cache_ht, chiffres.nb_a_fixer
        self.deee_ht, self.copie_privee_ht = chiffres.deee_ht, chiffres.copie_privee_ht
        self.groupes_tva = [
            {"taux": str(g.taux), "base_ht": str(g.base_ht), "montant_tva": str(g.montant_tva)}
            for g in chiffres.totaux.groupes
        ]

    @property
    def convention(self) -> chiffrage.Convention:
        """How its margins are typed, as the company wanted when it was created."""
        return "marque" if self.convention_marge == "marque" else "marge"

    @property
    def vente_ht(self) -> Decimal:
        """Its total without contributions: what its margin is measured on."""
        return self.total_ht - self.deee_ht - self.copie_privee_ht

    @property
    def lignes_a_fournir(self) -> list[Ligne]:
        """The lines that need their products: neither an option that is not kept, nor what an avenant takes away."""
        return [ligne for ligne in self.lignes if ligne.compte and not self._retranche(ligne)]

    @property
    def besoins(self) -> dict[UUID, Decimal]:
        """What must be bought or taken from stock to deliver it."""
        return chiffrage.besoins(self.lignes_a_fournir)

    def _retranche(self, ligne: Ligne) -> bool:
        return self.avenant_de_id is not None and ligne.est_negative

    @property
    def est_presentee(self) -> bool:
        """The client holds, or signed, this very text: it keeps the presentation it had."""
        return self.statut is Statut.VALIDE or self.revision == self.revision_envoyee

    @property
    def est_modifiee_depuis_envoi(self) -> bool:
        """The client holds an older text than this one."""
        return self.statut is Statut.ENVOYE and self.revision != self.revision_envoyee

    # What becomes true --------------------------------------------------------------------------------------------

    def envoyer(
        self,
        *,
        destinataires: Sequence[str],
        sha256: str,
        revision: int,
        le: datetime,
        presentation_id: UUID | None = None,
    ) -> DevisEnvoye:
        """The client holds the document of `revision`, looking as `presentation_id` says; sending again is allowed."""
        self.presentation_id = presentation_id
        if self.statut is not Statut.ENVOYE:
            self.statut = statuts.passer(self.statut, Statut.ENVOYE, self.numero)
        self.revision_envoyee, self.envoye_le = revision, le
        return DevisEnvoye(
            proposition_id=self.id,
            etude_id=self.etude_id,
            demande_id=self.demande_id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            total_ht=self.total_ht,
            total_ttc=self.total_ttc,
            destinataires=tuple(destinataires),
            document_sha256=sha256,
            envoye_le=le,
            valide_jusqu_au=self.valide_jusqu_au,
            affaire_id=self.affaire_id,
        )

    def valider(self, *, par: str, le: datetime, priorite: int) -> DevisValide:
        """The client signed: frozen, and told to everybody with all they need."""
        self.statut = statuts.passer(self.statut, Statut.VALIDE, self.numero)
        self.valide_par, self.valide_le = par, le
        return DevisValide(
            proposition_id=self.id,
            etude_id=self.etude_id,
            demande_id=self.demande_id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            lignes=tuple(self._lignes_devis()),
            total_ht=self.total_ht,
            total_tva=self.total_tva,
            total_ttc=self.total_ttc,
            acompte_pourcent=self.acompte_pourcent,
            valide_par=par,
            valide_le=le,
            agence_id=self.agence_id,
            affaire_id=self.affaire_id,
            priorite=priorite,
            livraison_souhaitee=self.livraison_souhaitee,
            commercial_id=self.commercial_id,
            avenant_de=self.avenant_de_id,
            regime_tva=self.regime_tva,
            adressage=self.adressage(),
        )

    def clore(self, vise: Statut, *, motif: str, le: datetime, cause: CausePerte | None = None) -> DevisRefuse:
        """The client said no, and `cause` says why; or this proposition is not the one retained."""
        self.statut = statuts.passer(self.statut, vise, self.numero)
        self.clos_le, self.motif, self.cause_perte = le, motif, cause
        return DevisRefuse(
            proposition_id=self.id,
            etude_id=self.etude_id,
            demande_id=self.demande_id,
            numero=self.numero,
            tiers_id=self.tiers_id,
            motif=motif,
            est_refus_client=vise is Statut.REFUSE,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            commercial_id=self.commercial_id,
        )

    def expirer(self, *, le: datetime) -> None:
        """Its last day is past without an answer."""
        self.statut = statuts.passer(self.statut, Statut.EXPIRE, self.numero)
        self.clos_le, self.motif = le, "Validité dépassée."
        self.cause_perte = CausePerte.SANS_REPONSE

    def rouvrir(self) -> None:
        """Back to the drawing board: it will have to be sent again."""
        self.statut = statuts.passer(self.statut, Statut.BROUILLON, self.numero)
        self.clos_le, self.motif, self.cause_perte, self.revision_envoyee = None, "", None, None
        self.revision += 1

    def annoncer_besoins(self, besoins: Mapping[UUID, Decimal]) -> BesoinsPressentis | None:
        """What an unsigned proposition would need, told only when it changed since last told."""
        dits = {str(produit_id): str(quantite.normalize()) for produit_id, quantite in besoins.items()}
        if dits == (self.besoins_annonces or {}):
            return None
        self.besoins_annonces = dits
        return BesoinsPressentis(
            proposition_id=self.id,
            demande_id=self.demande_id,
            numero=self.numero,
            tiers_nom=self.tiers_nom,
            objet=self.objet,
            produits=tuple(BesoinPressenti(produit_id=id_, quantite=quantite) for id_, quantite in besoins.items()),
        )

    def _lignes_devis(self) -> list[LigneDevis]:
        titres = chiffrage.sections(self.lignes)
        return [
            ligne_devis(
                replace(ligne, produits=()) if self._retranche(ligne) else ligne,
                chiffrage.chiffrer_ligne(ligne, self.convention),
                position,
                titre,
            )
            for position, (ligne, titre) in enumerate(zip(self.lignes, titres, strict=True), start=1)
            if ligne.compte
        ]
