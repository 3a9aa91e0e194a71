"""Facts announced by inventory: products, stock, physical objects, preparation sheets."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from shared.contracts.base import Cout, Fact, Part

PolitiqueSerie = Literal["aucune", "facultative", "obligatoire"]


class ReferenceFournisseur(Part):
    """How a supplier names and prices a product."""

    fournisseur_id: UUID
    reference: str
    prix_ht: Cout | None = None


class ComposantKit(Part):
    """A part of a kit, in the quantity one kit holds."""

    produit_id: UUID
    quantite: Decimal


class ProduitModifie(Fact, type="inventory.produit_modifie.v1", key="produit_id"):
    """A product of the catalogue was added or changed; the whole definition travels. One with `composants` is a kit."""

    produit_id: UUID
    reference: str
    designation: str
    description: str = ""
    famille: str = ""
    unite: str = "u"
    nature: Literal["bien", "service"] = "bien"
    est_stockable: bool = True
    politique_serie: PolitiqueSerie = "aucune"
    type_code: str | None = None
    type_libelle: str | None = None
    ean: str | None = None
    prix_achat_ht: Cout = Decimal(0)
    prix_vente_ht: Decimal | None = None
    taux_tva: Decimal = Decimal(20)
    deee_ht: Decimal = Decimal(0)
    copie_privee_ht: Decimal = Decimal(0)
    maintenance_requise: bool = False
    etiquette_requise: bool = False
    est_unitaire: bool = False
    est_actif: bool = True
    fournisseurs: tuple[ReferenceFournisseur, ...] = ()
    composants: tuple[ComposantKit, ...] = ()


class AttenduFeuille(Part):
    """A hidden product a column waits for. quantite = present + reserve + manquant."""

    attendu_id: UUID
    colonne_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    present: Decimal = Decimal(0)
    reserve: Decimal = Decimal(0)
    manquant: Decimal = Decimal(0)
    note: str = ""


class EtatFeuille(Part):
    """The needs of a preparation sheet as they stand."""

    numero: str
    proposition_id: UUID
    devis_numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    agence_id: UUID | None = None
    affaire_id: UUID | None = None
    priorite: int = 5
    zone: str = ""
    nature_stock: str = "neuf"
    livraison_souhaitee: date | None = None
    signee_le: datetime | None = None
    tout_en_stock: bool
    attendus: tuple[AttenduFeuille, ...]


class FeuilleCreee(Fact, type="inventory.feuille_creee.v1", key="feuille_id"):
    """A signed devis got its preparation sheet; stock was reserved for what is available."""

    feuille_id: UUID
    demande_id: UUID
    tout_en_stock: bool
    etat: EtatFeuille


class FeuilleModifiee(Fact, type="inventory.feuille_modifiee.v1", key="feuille_id"):
    """What a preparation sheet needs, holds or misses changed."""

    feuille_id: UUID
    demande_id: UUID
    etat: EtatFeuille


class FeuilleApprovisionnee(Fact, type="inventory.feuille_approvisionnee.v1", key="feuille_id"):
    """Received objects went into a preparation sheet; `complet` when nothing is missing any more."""

    feuille_id: UUID
    demande_id: UUID
    reception_id: UUID
    historique_ids: tuple[UUID, ...]
    reste_a_recevoir: Decimal
    complet: bool


class FeuillePrete(Fact, type="inventory.feuille_prete.v1", key="feuille_id"):
    """Every column is green: ready to deliver."""

    feuille_id: UUID
    demande_id: UUID


class PreparationCloturee(Fact, type="inventory.preparation_cloturee.v1", key="feuille_id"):
    """The team ended the intervention; the sheet stays open until it is validated."""

    feuille_id: UUID
    demande_id: UUID
    cloture_le: datetime


class LigneRealisee(Part):
    """A line to invoice, as the devis priced it and the sheet confirms it; `total_ht` holds its contributions."""

    ligne_id: UUID
    position: int
    section: str = ""
    designation: str
    description: str = ""
    quantite: Decimal
    unite: str = "u"
    prix_ht: Decimal
    remise: Decimal = Decimal(0)
    taux_tva: Decimal
    total_ht: Decimal
    nature: Literal["bien", "service"] = "bien"
    maintenance_souhaitee: bool = False
    deee_ht: Decimal = Decimal(0)
    copie_privee_ht: Decimal = Decimal(0)


class ObjetInstalle(Part):
    """A physical object (or traceable quantity) delivered to the client. `configuration` holds no secret, `libelles` names
    its fields, with their unit.
    """

    historique_id: UUID
    ligne_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal = Decimal(1)
    type_code: str | None = None
    type_libelle: str | None = None
    numero_serie: str | None = None
    etiquette: str | None = None
    configuration: dict[str, Any] = {}
    libelles: dict[str, str] = {}
    est_visible_parc: bool = False
    maintenance_souhaitee: bool = False
    cout_ht: Cout = Decimal(0)
    reception_numero: str | None = None
    facture_fournisseur: str | None = None
    fournisseur_nom: str | None = None
    remplace_reference: str = ""
    garantie_jusqu_au: date | None = None


class FeuilleValidee(Fact, type="inventory.feuille_validee.v1", key="feuille_id"):
    """The work is done and checked: it can be invoiced and enters the client's parc."""

    feuille_id: UUID
    demande_id: UUID
    numero: str
    proposition_id: UUID
    devis_numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    lignes: tuple[LigneRealisee, ...]
    objets: tuple[ObjetInstalle, ...]
    valide_le: datetime
    agence_id: UUID | None = None
    affaire_id: UUID | None = None


class FeuilleRouverte(Fact, type="inventory.feuille_rouverte.v1", key="feuille_id"):
    """A validated sheet is being corrected: it needs again what it misses; another FeuilleValidee will follow."""

    feuille_id: UUID
    demande_id: UUID
    motif: str
    rouverte_par: str
    rouverte_le: datetime
    etat: EtatFeuille


class LivraisonEffectuee(Fact, type="inventory.livraison_effectuee.v1", key="feuille_id"):
    """Objects left for the client, with their bon de livraison."""

    bon_id: UUID
    numero: str
    feuille_id: UUID
    demande_id: UUID
    tiers_id: UUID
    historique_ids: tuple[UUID, ...]
    livre_le: datetime
    affaire_id: UUID | None = None


class PvReceptionSigne(Fact, type="inventory.pv_reception_signe.v1", key="feuille_id"):
    """The client signed the PV de réception of what was installed, with reserves or not."""

    pv_id: UUID
    numero: str
    feuille_id: UUID
    demande_id: UUID
    affaire_id: UUID | None = None
    tiers_id: UUID
    signe_par: str
    signe_le: datetime
    a_reserves: bool = False
    historique_ids: tuple[UUID, ...]


class Provenance(Part):
    """How an object came to be bought: its order, and the day a price was first asked for it."""

    commande_id: UUID
    commande_numero: str
    commande_le: datetime
    commande_par: str = ""
    negociee_le: datetime | None = None


class HistoriqueMouvemente(Fact, type="inventory.historique_mouvemente.v1", key="historique_id"):
    """A physical object or quantity moved, to the kind of place `vers_genre` says. `cout_ht`: what it had cost that day."""

    historique_id: UUID
    produit_id: UUID
    quantite: Decimal
    de: str
    vers: str
    motif: str
    demande_id: UUID | None = None
    vers_genre: str = ""
    provenance: Provenance | None = None
    cout_ht: Cout | None = None


class SerieSituee(Fact, type="inventory.serie_situee.v1", key="historique_id"):
    """Where an object with a serial number is now, or the number it carries from now on (none: it lost it).

    `est_vivant` is false once it left for good: scrapped, lost, back at its supplier.
    """

    historique_id: UUID
    produit_id: UUID
    numero_serie: str | None
    lieu: str
    est_vivant: bool


class RetourFournisseurOuvert(Fact, type="inventory.retour_fournisseur_ouvert.v1", key="retour_id"):
    """An object left for its supplier; a credit or a replacement is expected."""

    retour_id: UUID
    numero: str
    historique_id: UUID
    fournisseur_id: UUID | None = None
    fournisseur_nom: str
    attente: Literal["echange", "avoir"]
    motif: str
    numero_rma: str = ""


class RetourFournisseurConclu(Fact, type="inventory.retour_fournisseur_conclu.v1", key="retour_id"):
    """The supplier replaced it, credited it, or sent the same object back."""

    retour_id: UUID
    numero: str
    historique_id: UUID
    fournisseur_id: UUID | None = None
    fournisseur_nom: str
    issue: Literal["echange", "avoir", "rendu"]
    remplacant_id: UUID | None = None
    remplace: str = ""
    remplacant: str = ""
    avoir_numero: str = ""
    avoir_ht: Cout | None = None
    designation: str = ""


class FichierObjetJoint(Fact, type="inventory.fichier_objet_joint.v1", key="historique_id"):
    """A photo was taken of an object, or a paper kept with it; `operation` is the workshop operation it shows."""

    historique_id: UUID
    fichier_id: UUID
    nom: str
    est_photo: bool
    demande_id: UUID | None = None
    operation: str = ""


class Remplacant(Part):
    """The object that took the place of another at a client's."""

    historique_id: UUID
    produit_id: UUID
    reference: str
    designation: str
    type_code: str | None = None
    type_libelle: str | None = None
    numero_serie: str | None = None
    etiquette: str | None = None
    reception_numero: str | None = None
    facture_fournisseur: str | None = None
    fournisseur_nom: str | None = None


class ObjetEchange(Fact, type="inventory.objet_echange.v1", key="historique_id"):
    """An object was replaced at its client's; `remplace` and `remplacant_nom` name both in a few words."""

    historique_id: UUID
    remplace: str
    remplacant: Remplacant
    remplacant_nom: str
    tiers_id: UUID
    tiers_nom: str
    demande_id: UUID | None = None
    motif: str
    devenir: Literal["stock", "fournisseur", "rebut"]
    echange_le: datetime


class HistoriqueConfigure(Fact, type="inventory.historique_configure.v1", key="historique_id"):
    """The configuration form of an object was filled (secrets left out); `libelles` names its fields as they were then, unit
    included. `etait_complete`: nothing was missing before either.
    """

    historique_id: UUID
    valeurs: dict[str, Any]
    est_complete: bool
    etait_complete: bool = False
    demande_id: UUID | None = None
    libelles: dict[str, str] = {}


class ObjetPrepare(Fact, type="inventory.objet_prepare.v1", key="historique_id"):
    """Work was done on an object, or undone: a value, a tick, a number, a label, its place in the parc."""

    historique_id: UUID
    est_pret: bool
    etapes_faites: int
    etapes_total: int
    feuille_id: UUID | None = None
    demande_id: UUID | None = None


class HistoriqueEtiquete(Fact, type="inventory.historique_etiquete.v1", key="historique_id"):
    """A QR label was bound to an object."""

    historique_id: UUID
    code: str
    demande_id: UUID | None = None


class StockChange(Fact, type="inventory.stock_change.v1", key="produit_id"):
    """The balance of a product in an agency, in one nature of stock. disponible = physique - reserve."""

    produit_id: UUID
    agence_id: UUID
    agence_nom: str
    physique: Decimal
    reserve: Decimal
    disponible: Decimal
    nature: str = "neuf"


class NatureStockModifiee(Fact, type="inventory.nature_stock_modifiee.v1", key="nature_id"):
    """What goods kept somewhere are good for; `est_principale` for the main nature of the company, one at a time."""

    nature_id: UUID
    code: str
    libelle: str
    est_livrable: bool
    est_principale: bool
