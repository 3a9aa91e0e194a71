"""Keeping the copies: one statement per fact, repeated and older facts change nothing."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import text, update

from services.commercial.copies.models import CopieDemande, CopieProduit
from shared.contracts.commercial import ArticleRetenu
from shared.contracts.contacts import CollaborateurModifie, EncoursModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee, DemandeModifiee
from shared.contracts.gateway import CompteModifie
from shared.contracts.inventory import NatureStockModifiee, ProduitModifie, StockChange
from shared.database.copies import keep
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.search import texte_recherche

# a reference never holds a line break, and an id stands only at the beginning of a name
FUSIONNER = text(
    "UPDATE copie_produit SET chez_fournisseurs ="
    " string_to_array(replace(array_to_string(chez_fournisseurs, E'\n'), :absorbe, :garde), E'\n')"
    " WHERE array_to_string(chez_fournisseurs, E'\n') LIKE '%' || :absorbe || '%'"
)


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """What is known of a tiers."""
    fiche = fait.fiche
    return {
        "tiers_id": fait.tiers_id,
        "nom": fiche.nom,
        "roles": list(fiche.roles),
        "email": fiche.email,
        "fiche": fiche.model_dump(mode="json"),
    }


def encours(fait: EncoursModifie) -> Values:
    """What a client owes."""
    return {"tiers_id": fait.tiers_id, "encours_ht": fait.encours_ht}


def produit(fait: ProduitModifie) -> Values:
    """What is known of a product; its first supplier is the usual one."""
    fournisseur = fait.fournisseurs[0] if fait.fournisseurs else None
    champs = (
        *("reference", "designation", "description", "famille", "unite", "nature", "est_stockable", "ean"),
        *("prix_achat_ht", "prix_vente_ht", "taux_tva", "deee_ht", "copie_privee_ht"),
        *("maintenance_requise", "est_actif"),
    )
    references = " ".join(f.reference for f in fait.fournisseurs)
    return {
        "produit_id": fait.produit_id,
        "fournisseur_id": fournisseur.fournisseur_id if fournisseur else None,
        "recherche_texte": texte_recherche(fait.reference, fait.designation, fait.ean, references),
        "chez_fournisseurs": [chez(f.fournisseur_id, f.reference) for f in fait.fournisseurs],
        "composants": [c.model_dump(mode="json") for c in fait.composants],
        **{champ: getattr(fait, champ) for champ in champs},
    }


def chez(fournisseur_id: UUID, reference: str) -> str:
    """How a supplier names a product, in one word that an index finds."""
    return f"{fournisseur_id} {reference}"


async def fusionner_fournisseur(tx: Transaction, tiers_id: UUID, absorbe_id: UUID) -> None:
    """What an absorbed supplier sold is now sold by the one kept: inventory has nothing to announce, its products did not change."""
    await tx.execute(FUSIONNER, {"garde": str(tiers_id), "absorbe": str(absorbe_id)})


async def retenir_article(tx: Transaction, fait: ArticleRetenu) -> None:
    """The product an article becomes may be quoted at once; what inventory says of it replaces this."""
    valeurs = {
        "produit_id": fait.produit_id,
        "reference": fait.reference,
        "designation": fait.designation,
        "description": fait.marque,
        "famille": fait.famille,
        "unite": "u",
        "nature": "bien",
        "est_stockable": True,
        "ean": fait.ean,
        "prix_achat_ht": fait.prix_achat_ht,
        "taux_tva": Decimal(20),
        "maintenance_requise": False,
        "est_actif": True,
        "fournisseur_id": fait.fournisseur_id,
        "chez_fournisseurs": [chez(fait.fournisseur_id, fait.reference)],
        "composants": [],
        "recherche_texte": texte_recherche(fait.reference, fait.designation, fait.ean),
    }
    tx.add(CopieProduit(seq=0, **valeurs))
    await tx.flush()


def stock(fait: StockChange) -> Values:
    """What an agency has available in one nature."""
    cle = {"produit_id": fait.produit_id, "agence_id": fait.agence_id, "nature": fait.nature}
    return cle | {"disponible": fait.disponible}


def nature(fait: NatureStockModifiee) -> Values:
    """What goods are good for, and which nature is the main one."""
    return {"code": fait.code, "libelle": fait.libelle, "est_principale": fait.est_principale}


def societe(fait: SocieteModifiee) -> Values:
    """Who we are."""
    valeurs = {"convention_marge": fait.convention_marge, "fiche": fait.model_dump(mode="json")}
    return valeurs | {"societe_id": fait.societe_id}


def personne(fait: CompteModifie) -> Values:
    """Who may sign in; staff act under their collaborator id."""
    return {
        "personne_id": fait.collaborateur_id or fait.compte_id,
        "nom": fait.nom,
        "roles": list(fait.roles),
        "est_actif": fait.est_actif,
    }


def collaborateur(fait: CollaborateurModifie) -> Values:
    """Who works here."""
    return {
        "collaborateur_id": fait.collaborateur_id,
        "nom": f"{fait.prenom} {fait.nom}".strip(),
        "email": fait.email,
        "telephone": fait.telephone,
        "est_actif": fait.est_actif,
    }


async def copier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """A demande was opened: an etude may be made from it."""
    champs = ("numero", "objet", "tiers_id", "tiers_nom", "agence_id", "responsable_id", "affaire_id")
    valeurs = {champ: getattr(fait, champ) for champ in champs} | {
        "cree_le": tx.now,
        "recherche_texte": texte_recherche(fait.numero, fait.objet, fait.tiers_nom),
    }
    await keep(tx, CopieDemande, demande_id=fait.demande_id, **valeurs)


async def corriger_demande(tx: Transaction, fait: DemandeModifiee) -> None:
    """Its object or person in charge changed. A demande not known yet is left to its creation fact."""
    seq = _seq(tx)
    ou = (CopieDemande.demande_id == fait.demande_id, CopieDemande.seq < seq)
    valeurs = {"seq": seq, "objet": fait.objet, "responsable_id": fait.responsable_id}
    await tx.execute(update(CopieDemande).where(*ou).values(**valeurs))


def _seq(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope else 0
