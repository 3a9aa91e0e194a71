"""The files of a facture and of a supplier invoice over HTTP."""

from services.billing.affaire_fournisseur import repository as achats
from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.errors import AffaireFournisseurInconnue, FactureInconnue
from services.billing.facture import repository as factures
from services.billing.facture.models import Facture
from services.billing.fichier.models import FichierAchat, FichierFacture
from shared.contracts.billing import FichiersAchatModifies, FichiersFactureModifies
from shared.fichiers_joints.routes import DeTiers, Rattachement
from shared.web.app import router as new_router

FACTURES = Rattachement(
    objets="factures",
    modele=FichierFacture,
    lire="facture.lire",
    joindre="facture.modifier",
    verrouiller=factures.get_for_update,
    inconnu=FactureInconnue,
    change=lambda facture: FichiersFactureModifies(
        facture_id=facture.id, demande_id=facture.demande_id, tiers_id=facture.tiers_id
    ),
)
ACHATS = Rattachement(
    objets="affaires-fournisseur",
    modele=FichierAchat,
    lire="couts.voir",
    joindre="facture.modifier",
    verrouiller=achats.get_for_update,
    inconnu=AffaireFournisseurInconnue,
    change=lambda achat: FichiersAchatModifies(affaire_fournisseur_id=achat.id, fournisseur_id=achat.fournisseur_id),
    couts=True,
)
FOURNISSEUR = AffaireFournisseur.fournisseur_id
router = new_router("fichiers")
for porte in (
    FACTURES,
    ACHATS,
    DeTiers(FACTURES, Facture.tiers_id, Facture.numero, Facture.contenu["objet"].astext),
    DeTiers(ACHATS, FOURNISSEUR, AffaireFournisseur.numero, AffaireFournisseur.facture_fournisseur),
):
    router.include_router(porte.routes())
