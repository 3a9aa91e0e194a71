"""The files of an order over HTTP: what suppliers confirm shows prices, as the order itself does."""

from services.purchasing.commande import repository
from services.purchasing.commande.models import Commande
from services.purchasing.errors import CommandeInconnue
from services.purchasing.fichier.models import FichierCommande
from shared.contracts.purchasing import FichiersCommandeModifies
from shared.fichiers_joints.routes import DeTiers, Rattachement
from shared.web.app import router as new_router

COMMANDES = Rattachement(
    objets="commandes",
    modele=FichierCommande,
    lire="achat.lire",
    joindre="achat.modifier",
    verrouiller=repository.get_for_update,
    inconnu=CommandeInconnue,
    change=lambda commande: FichiersCommandeModifies(commande_id=commande.id, fournisseur_id=commande.fournisseur_id),
    couts=True,
)
router = new_router("fichiers")
for porte in (COMMANDES, DeTiers(COMMANDES, Commande.fournisseur_id, Commande.numero, Commande.numero_fournisseur)):
    router.include_router(porte.routes())
