"""Facts announced by commercial: studies, quotes, affaires."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.contracts.base import Cout, Fact, Part


class ProduitAttendu(Part):
    """A hidden product of a line: what must be bought or taken from stock to deliver it."""

    produit_id: UUID
    reference: str
    designation: str
    quantite: Decimal
    note: str = ""
    est_stockable: bool = True


class LigneDevis(Part):
    """A signed line. Prices per unit before discount; `remise` and `taux_tva` in percent; totals rounded to the cent.

    `deee_ht` and `copie_privee_ht` are what one unit bears of these contributions, never discounted: `total_ht` holds
    them, and they are below zero on a line that takes away.
    """

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
    cout_ht: Cout = Decimal(0)
    nature: Literal["bien", "service"] = "bien"
    maintenance_souhaitee: bool = False
    produits: tuple[ProduitAttendu, ...] = ()
    deee_ht: Decimal = Decimal(0)
    copie_privee_ht: Decimal = Decimal(0)


class EtudeCreee(Fact, type="commercial.etude_creee.v1", key="etude_id"):
    """A study was opened for a demande."""

    etude_id: UUID
    demande_id: UUID
    numero: str
    tiers_id: UUID
    objet: str
    affaire_id: UUID | None = None


class FichiersEtudeModifies(Fact, type="commercial.fichiers_etude_modifies.v1", key="etude_id"):
    """A file was attached to an étude, taken off or put back: who looks at them reads them again, or at its contact's."""

    etude_id: UUID
    demande_id: UUID
    tiers_id: UUID | None = None


class PropositionModifiee(Fact, type="commercial.proposition_modifiee.v1", key="proposition_id"):
    """Somebody wrote in a proposition: who has it open joins what was written, or reads it again. Never what was written."""

    proposition_id: UUID
    demande_id: UUID
    version: int


class EnvoiDevisDemande(Fact, type="commercial.envoi_devis_demande.v1", key="proposition_id"):
    """Staff asked for the devis to be rendered and mailed: work for commercial itself."""

    proposition_id: UUID
    demande_id: UUID
    envoi_id: UUID


class ReponseClientRecue(Fact, type="commercial.reponse_client_recue.v1", key="proposition_id"):
    """The client answered by the mailed link: commercial seals what was signed and mails staff, the gateway tells a question."""

    proposition_id: UUID
    demande_id: UUID
    reponse_id: UUID
    genre: Literal["accord", "refus", "question"]
    numero: str = ""
    nom: str = ""
    tiers_nom: str = ""
    objet: str = ""
    commercial_id: UUID | None = None


class RelanceDevisDemandee(Fact, type="commercial.relance_devis_demandee.v1", key="proposition_id"):
    """The scheme says that the client is reminded today by mail: work for commercial itself."""

    proposition_id: UUID
    demande_id: UUID
    relance_id: UUID


class ImportCatalogueDemande(Fact, type="commercial.import_catalogue_demande.v1", key="fournisseur_id"):
    """Staff gave the file of a supplier to read: work for commercial itself."""

    fournisseur_id: UUID
    import_id: UUID


class ArticleRetenu(Fact, type="commercial.article_retenu.v1", key="produit_id"):
    """An article of a supplier's catalogue was quoted: it is, or becomes, this product, bought there at that price."""

    produit_id: UUID
    fournisseur_id: UUID
    reference: str
    designation: str
    prix_achat_ht: Cout
    marque: str = ""
    ean: str | None = None
    famille: str = ""


class EnvoiDevisEchoue(Fact, type="commercial.envoi_devis_echoue.v1", key="proposition_id"):
    """What staff asked to mail will not leave: whoever asked is told why."""

    proposition_id: UUID
    demande_id: UUID
    envoi_id: UUID
    numero: str
    raison: str
    demandeur_id: UUID | None = None


class DevisNonRemis(Fact, type="commercial.devis_non_remis.v1", key="proposition_id"):
    """A devis that left came back from the mail server of somebody: whoever sent it must know, the client has not got it."""

    proposition_id: UUID
    demande_id: UUID
    envoi_id: UUID
    numero: str
    destinataire: str
    raison: str
    demandeur_id: UUID | None = None


class ApprobationDevisDemandee(Fact, type="commercial.approbation_devis_demandee.v1", key="proposition_id"):
    """A devis is beyond what its author promises alone; whoever may approve it is told, or those named. No figure: few see margins."""

    proposition_id: UUID
    demande_id: UUID
    numero: str
    tiers_nom: str
    motif: str = ""
    demandeur_id: UUID | None = None
    approbateurs: tuple[UUID, ...] = ()
    droits: tuple[str, ...] = ("marge.approuver",)


class ApprobationDevisDecidee(Fact, type="commercial.approbation_devis_decidee.v1", key="proposition_id"):
    """A devis that waited for an approval got its answer; whoever asked is told."""

    proposition_id: UUID
    demande_id: UUID
    numero: str
    est_accordee: bool
    reponse: str = ""
    decidee_par: str
    demandeur_id: UUID | None = None


class DevisEnvoye(Fact, type="commercial.devis_envoye.v1", key="proposition_id"):
    """The client was sent a proposition; `document_sha256` is the exact file."""

    proposition_id: UUID
    etude_id: UUID
    demande_id: UUID
    numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    total_ht: Decimal
    total_ttc: Decimal
    destinataires: tuple[str, ...]
    document_sha256: str
    envoye_le: datetime
    valide_jusqu_au: date
    affaire_id: UUID | None = None


class Adressage(Part):
    """To whom and where the papers of a sale go: to the client, unless `tiers_id` is another tiers.

    `adresse_code` is an address of whoever receives them, or of the client where `adresse_du_client`; "" is the main one.
    """

    tiers_id: UUID | None = None
    adresse_code: str = ""
    adresse_du_client: bool = False


class DevisValide(Fact, type="commercial.devis_valide.v1", key="proposition_id"):
    """The client signed: the proposition is frozen and everything that follows can start.

    `avenant_de` is the signed proposition this one amends: its lines and totals, which may be negative, add to that one.
    `regime_tva` is the VAT regime of this sale ("france", "autoliquidation"...); "" when it was not told: the client's.
    `adressage` says where its papers go, None when that was not told: to the client.
    """

    proposition_id: UUID
    etude_id: UUID
    demande_id: UUID
    numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    lignes: tuple[LigneDevis, ...]
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    acompte_pourcent: Decimal = Decimal(0)
    valide_par: str
    valide_le: datetime
    agence_id: UUID | None = None
    affaire_id: UUID | None = None
    priorite: int = 5
    livraison_souhaitee: date | None = None
    commercial_id: UUID | None = None
    avenant_de: UUID | None = None
    regime_tva: str = ""
    adressage: Adressage | None = None


class DevisRefuse(Fact, type="commercial.devis_refuse.v1", key="proposition_id"):
    """The client said no, or the proposition was not retained."""

    proposition_id: UUID
    etude_id: UUID
    demande_id: UUID
    numero: str
    tiers_id: UUID
    motif: str = ""
    est_refus_client: bool = True
    tiers_nom: str = ""
    objet: str = ""
    commercial_id: UUID | None = None


class BesoinPressenti(Part):
    """A product an unsigned proposition would need."""

    produit_id: UUID
    quantite: Decimal


class BesoinsPressentis(Fact, type="commercial.besoins_pressentis.v1", key="proposition_id"):
    """What an unsigned proposition would need; an empty list withdraws it."""

    proposition_id: UUID
    demande_id: UUID
    numero: str
    tiers_nom: str
    objet: str
    produits: tuple[BesoinPressenti, ...]


class FicheAffaire(Part):
    """What other services keep of an affaire. Its stock: the depot of an agency, a nature, a place inside."""

    code: str
    libelle: str
    etat: Literal["opportunite", "affaire", "modele"]
    tiers_id: UUID | None = None
    priorite: int = 5
    demande_id: UUID | None = None
    depot_id: UUID | None = None
    reference_externe: str = ""
    depot_agence_id: UUID | None = None
    nature_stock: str = "neuf"
    emplacement: str = ""
    adressage: Adressage = Adressage()


class AffaireCreee(Fact, type="commercial.affaire_creee.v1", key="affaire_id"):
    """A project file was opened."""

    affaire_id: UUID
    fiche: FicheAffaire


class FichiersAffaireModifies(Fact, type="commercial.fichiers_affaire_modifies.v1", key="affaire_id"):
    """A file was attached to an affaire, taken off or put back: who looks at them reads them again, or at its contact's."""

    affaire_id: UUID
    demande_id: UUID | None = None
    tiers_id: UUID | None = None


class AffaireModifiee(Fact, type="commercial.affaire_modifiee.v1", key="affaire_id"):
    """A project file changed; the whole file travels. `adressage_avant`: where its papers went, when that changed."""

    affaire_id: UUID
    fiche: FicheAffaire
    adressage_avant: Adressage | None = None
