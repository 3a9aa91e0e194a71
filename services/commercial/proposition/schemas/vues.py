"""What the API gives about propositions. Costs and margins are null without `couts.voir`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import ChiffresLigne, Genre, Ligne, ProduitCache
from services.commercial.proposition.rules.statuts import MODIFIABLES, CausePerte, Statut


class VueProduitCache(BaseModel):
    """A hidden product of a line."""

    id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    note: str
    cout_ht: Decimal | None

    @classmethod
    def de(cls, produit: ProduitCache, couts: bool) -> Self:
        """From the stored value."""
        return cls(
            id=produit.id,
            produit_id=produit.produit_id,
            reference=produit.reference,
            designation=produit.designation,
            quantite=produit.quantite,
            note=produit.note,
            cout_ht=produit.cout_ht if couts else None,
        )


class ProduitCacheSitue(VueProduitCache):
    """A hidden product with its usual supplier, what stock has of it, and the contributions one bears."""

    fournisseur_nom: str | None
    stock: Decimal | None
    deee_ht: Decimal
    copie_privee_ht: Decimal


class BesoinDevis(BaseModel):
    """What the whole proposition needs of one product, for which lines; `cout_ht` is for one."""

    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    cout_ht: Decimal | None
    notes: list[str] = []
    lignes: list[str] = []

    @classmethod
    def tous(cls, p: Proposition, couts: bool) -> list[Self]:
        """One by product, in the order of the lines that name it first."""
        trouves: dict[UUID, Self] = {}
        quantites = p.besoins
        for ligne in p.lignes_a_fournir:
            for produit in ligne.produits:
                besoin = trouves.setdefault(
                    produit.produit_id,
                    cls(
                        produit_id=produit.produit_id,
                        reference=produit.reference,
                        designation=produit.designation,
                        quantite=quantites[produit.produit_id],
                        cout_ht=produit.cout_ht if couts else None,
                    ),
                )
                besoin.lignes.append(ligne.designation)
                besoin.notes += [produit.note] if produit.note else []
        return list(trouves.values())


class VueLigne(BaseModel):
    """A row with its figures. `cout_cache_ht` is what its hidden products cost; `alerte` when that is over its cost,
    `cout_couvrant_ht` the unit cost that would cover it; `a_fixer` while nobody gave it a price:
    then it has none, nor a total."""

    id: UUID
    genre: Genre
    numero: str
    designation: str
    description: str
    quantite: Decimal
    unite: str
    cout_ht: Decimal | None
    marge: Decimal | None
    prix_fixe_ht: Decimal | None
    remise: Decimal
    taux_tva: Decimal
    deee_ht: Decimal
    copie_privee_ht: Decimal
    nature: str
    maintenance_souhaitee: bool
    est_option: bool
    variante: str
    est_retenue: bool
    a_prix_masques: bool
    caches_suivent: bool
    produit_id: UUID | None
    prix_convenu_ht: Decimal | None
    prix_ht: Decimal | None
    total_ht: Decimal | None
    cout_total_ht: Decimal | None
    cout_cache_ht: Decimal | None
    taux_marge: Decimal | None
    taux_marque: Decimal | None
    alerte: bool
    cout_couvrant_ht: Decimal | None
    a_fixer: bool
    produits: list[VueProduitCache]

    @classmethod
    def de(cls, ligne: Ligne, chiffres: ChiffresLigne, numero: str, couts: bool) -> Self:
        """From the stored values."""
        vente, cout = chiffres.vente_ht, chiffres.cout_total_ht
        a_marge = couts and not chiffres.est_a_fixer
        alerte = couts and chiffres.alerte
        return cls(
            id=ligne.id,
            genre=ligne.genre,
            numero=numero,
            designation=ligne.designation,
            description=ligne.description,
            quantite=ligne.quantite,
            unite=ligne.unite,
            cout_ht=ligne.cout_ht if couts else None,
            marge=ligne.marge if couts else None,
            prix_fixe_ht=ligne.prix_fixe_ht,
            remise=ligne.remise,
            taux_tva=ligne.taux_tva,
            deee_ht=ligne.deee_ht,
            copie_privee_ht=ligne.copie_privee_ht,
            nature=ligne.nature,
            maintenance_souhaitee=ligne.maintenance_souhaitee,
            est_option=ligne.est_option,
            variante=ligne.variante,
            est_retenue=ligne.est_retenue,
            a_prix_masques=ligne.a_prix_masques,
            caches_suivent=ligne.caches_suivent,
            produit_id=ligne.produit_id,
            prix_convenu_ht=ligne.prix_convenu_ht,
            prix_ht=chiffres.prix_ht,
            total_ht=None if chiffres.est_a_fixer else chiffres.total_ht,
            cout_total_ht=cout if couts else None,
            cout_cache_ht=chiffres.cout_cache_ht if couts else None,
            taux_marge=chiffrage.taux_marge(vente, cout) if a_marge else None,
            taux_marque=chiffrage.taux_marque(vente, cout) if a_marge else None,
            alerte=alerte,
            cout_couvrant_ht=chiffrage.cout_couvrant(chiffres.cout_cache_ht, ligne.quantite)
            if alerte and ligne.quantite
            else None,
            a_fixer=chiffres.est_a_fixer,
            produits=[VueProduitCache.de(p, couts) for p in ligne.produits],
        )


class VueGroupeTva(BaseModel):
    """One VAT rate of a proposition."""

    taux: Decimal
    base_ht: Decimal
    montant_tva: Decimal


class VueTotaux(BaseModel):
    """What the lines add up to, in euros and percent; the totals hold the contributions, which are no margin, and leave
    aside the `nb_a_fixer` lines without price."""

    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    groupes: list[VueGroupeTva]
    nb_a_fixer: int
    deee_ht: Decimal
    copie_privee_ht: Decimal
    cout_ht: Decimal | None
    cout_cache_ht: Decimal | None
    marge_ht: Decimal | None
    taux_marge: Decimal | None
    taux_marque: Decimal | None

    @classmethod
    def de(cls, p: Proposition, couts: bool) -> Self:
        """From the stored totals."""
        return cls(
            total_ht=p.total_ht,
            total_tva=p.total_tva,
            total_ttc=p.total_ttc,
            nb_a_fixer=p.nb_a_fixer,
            groupes=[VueGroupeTva.model_validate(g) for g in p.groupes_tva],
            deee_ht=p.deee_ht,
            copie_privee_ht=p.copie_privee_ht,
            cout_ht=p.cout_ht if couts else None,
            cout_cache_ht=p.cout_cache_ht if couts else None,
            marge_ht=p.vente_ht - p.cout_ht if couts else None,
            taux_marge=chiffrage.taux_marge(p.vente_ht, p.cout_ht) if couts else None,
            taux_marque=chiffrage.taux_marque(p.vente_ht, p.cout_ht) if couts else None,
        )


class VueContenu(BaseModel):
    """The lines and totals after a change, with the version to send next."""

    id: UUID
    version: int
    revision: int
    statut: Statut
    est_modifiee_depuis_envoi: bool
    lignes: list[VueLigne]
    totaux: VueTotaux

    @classmethod
    def de(cls, p: Proposition, couts: bool) -> Self:
        """From a proposition loaded with its lines."""
        return cls(**_contenu(p, couts))


class VueProposition(VueContenu):
    """The whole proposition."""

    etude_id: UUID
    rang: int
    lettre: str
    numero: str
    libelle: str
    objet: str
    tiers_id: UUID
    tiers_nom: str
    demande_id: UUID
    demande_numero: str
    affaire_id: UUID | None
    agence_id: UUID | None
    commercial_id: UUID | None
    version_de_id: UUID | None
    avenant_de_id: UUID | None
    avenant_rang: int | None
    introduction: str
    conditions: str
    tiers_secondaire_id: UUID | None
    adresse_code: str
    adresse_du_client: bool
    est_hors_etablissement: bool
    valide_jusqu_au: date
    acompte_pourcent: Decimal
    livraison_souhaitee: date | None
    convention_marge: str
    regime_tva: str
    est_modifiable: bool
    nb_besoins: int
    a_taux_reduit: bool
    envoye_le: datetime | None
    valide_le: datetime | None
    valide_par: str | None
    clos_le: datetime | None
    motif: str
    cause_perte: CausePerte | None
    probabilite: int | None
    cloture_prevue: date | None
    cree_le: datetime
    modifie_le: datetime

    @classmethod
    def de(cls, p: Proposition, couts: bool) -> Self:
        """From a proposition loaded with its lines."""
        contenu = _contenu(p, couts)
        propres = {nom: getattr(p, nom) for nom in cls.model_fields if nom not in contenu and nom not in CALCULES}
        return cls(
            **contenu,
            **propres,
            lettre=chiffrage.lettre(p.rang),
            est_modifiable=p.statut in MODIFIABLES,
            nb_besoins=len(p.besoins),
            a_taux_reduit=chiffrage.a_taux_reduit(p.lignes),
        )


class VueSignature(BaseModel):
    """The proof of an agreement: who, when, from where, on which file."""

    model_config = ConfigDict(from_attributes=True)

    mode: Literal["papier", "en_ligne"]
    nom: str
    qualite: str
    signe_le: datetime
    document_sha256: str | None
    document_signe_sha256: str | None
    document_signe_nom: str
    document_signe_type: str
    adresse_ip: str
    navigateur: str
    certifie_taux_reduit: bool | None


class VueSigne(BaseModel):
    """What was signed for an affaire: its devis, and what avenants add to it, which may be negative."""

    total_ht: Decimal
    devis_ht: Decimal
    avenants_ht: Decimal
    nb_avenants: int


class LigneProposition(BaseModel):
    """A row of the list of propositions."""

    id: UUID
    etude_id: UUID
    rang: int
    lettre: str
    numero: str
    avenant_rang: int | None
    libelle: str
    objet: str
    statut: Statut
    tiers_id: UUID
    tiers_nom: str
    demande_id: UUID
    demande_numero: str
    commercial_id: UUID | None
    nb_lignes: int
    nb_a_fixer: int
    total_ht: Decimal
    total_ttc: Decimal
    cout_ht: Decimal | None
    taux_marque: Decimal | None
    valide_jusqu_au: date
    envoye_le: datetime | None
    valide_le: datetime | None
    est_modifiee_depuis_envoi: bool


CALCULES = frozenset({"lettre", "est_modifiable", "nb_besoins", "a_taux_reduit"})


def _contenu(p: Proposition, couts: bool) -> dict[str, object]:
    numeros = chiffrage.numeroter(p.lignes)
    return {
        "id": p.id,
        "version": p.version,
        "revision": p.revision,
        "statut": p.statut,
        "est_modifiee_depuis_envoi": p.est_modifiee_depuis_envoi,
        "lignes": [
            VueLigne.de(ligne, chiffrage.chiffrer_ligne(ligne, p.convention), numero, couts)
            for ligne, numero in zip(p.lignes, numeros, strict=True)
        ],
        "totaux": VueTotaux.de(p, couts),
    }
