"""An object was exchanged at its client's: what took its place stands where it stood."""

from uuid import UUID

from services.maintenance.couverture import use_cases as couverture
from services.maintenance.equipement import repository
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.use_cases.livraison import poser
from shared.contracts.inventory import ObjetEchange
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

COPIES = ("produit_id", "reference", "designation", "type_code", "type_libelle", "numero_serie")
CHAINE = ("reception_numero", "facture_fournisseur", "fournisseur_nom")


async def remplacer(tx: Transaction, fait: ObjetEchange) -> tuple[UUID, UUID] | None:
    """(old, new) equipment; None when the old one is in no parc, or the exchange was already told.

    The old one leaves the parc with its values and its label: a counter does not go on with another machine.
    """
    connus = await repository.d_historiques(tx, [fait.historique_id, fait.remplacant.historique_id])
    ancien = connus.get(fait.historique_id)
    if ancien is None or ancien.est_retire:
        return None
    neuf = connus.get(fait.remplacant.historique_id)
    est_nouveau = neuf is None
    if neuf is None:
        neuf = Equipement.nouveau(fait.tiers_id, fait.tiers_nom, historique_id=fait.remplacant.historique_id)
    neuf.demenager(fait.tiers_id, fait.tiers_nom)
    for champ in (*COPIES, *CHAINE):
        setattr(neuf, champ, getattr(fait.remplacant, champ))
    neuf.lieu, neuf.groupe, neuf.remplace_id = ancien.lieu, ancien.groupe, ancien.id
    neuf.demande_id, neuf.affaire_id, neuf.devis_numero = fait.demande_id, ancien.affaire_id, ancien.devis_numero
    neuf.feuille_id, neuf.feuille_numero = None, None
    neuf.installe_le, neuf.garantie_jusqu_au = jour_paris(fait.echange_le), ancien.garantie_jusqu_au
    if fait.remplacant.etiquette:
        await poser(tx, neuf, fait.remplacant.etiquette)
    neuf.indexer()
    tx.add(neuf)
    tx.publish(neuf.ajouter() if est_nouveau else neuf.modifier())
    tx.publish(ancien.retirer(jour_paris(fait.echange_le), f"Remplacé par {fait.remplacant_nom} : {fait.motif}"))
    await couverture.oublier(tx, ancien.tiers_id, ancien.id)
    await tx.flush()
    return ancien.id, neuf.id
