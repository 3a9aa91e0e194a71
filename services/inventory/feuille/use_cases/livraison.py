"""Objects leave for the client: each delivery has its bon, and what validation installs without one gets its own."""

from collections.abc import Sequence
from uuid import UUID

from services.inventory.bon_livraison import repository as bons
from services.inventory.bon_livraison.models import BonLivraison, LigneLivree
from services.inventory.errors import ObjetHorsFeuille, RienALivrer
from services.inventory.feuille import repository
from services.inventory.feuille.repository import Chantier
from services.inventory.historique.models import Historique
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


async def livrer(tx: Transaction, feuille_id: UUID, historique_ids: Sequence[UUID], recu_par: str) -> Chantier:
    """Deliver these objects, or all that are not out yet; the feuille stays open. RienALivrer."""
    chantier = await repository.get_for_update(tx, feuille_id)
    chantier.feuille.exiger_modifiable()
    if not set(historique_ids) <= {o.id for o in chantier.objets}:
        raise ObjetHorsFeuille(objet="demandé", numero=chantier.feuille.numero)
    choisis = [o for o in chantier.objets if not historique_ids or o.id in historique_ids]
    if not await livrer_le_reste(tx, chantier, choisis, recu_par):
        raise RienALivrer(numero=chantier.feuille.numero)
    tx.touch(chantier.feuille)
    return chantier


async def livrer_le_reste(
    tx: Transaction, chantier: Chantier, objets: Sequence[Historique], recu_par: str = ""
) -> BonLivraison | None:
    """The bon of those of these objects that are not out yet; None when all are."""
    deja = await bons.dehors(tx, (o.id for o in objets))
    partants = [o for o in objets if o.id not in deja]
    if not partants:
        return None
    feuille = chantier.feuille
    annee = jour_paris(tx.now).year
    bon = BonLivraison(
        numero=f"BL-{annee}-{await next_number(tx, f'BL-{annee}'):05d}",
        **feuille.rattachement,
        livre_le=tx.now,
        livre_par=tx.actor.nom,
        recu_par=recu_par,
    )
    colonnes = {c.id: c for c in feuille.colonnes}
    partants.sort(key=lambda o: (colonnes[o.colonne_id].position if o.colonne_id else 0, o.id))
    bon.lignes = [
        LigneLivree(
            rang=rang,
            historique_id=objet.id,
            ligne_devis=colonnes[objet.colonne_id].designation if objet.colonne_id else "",
            reference=objet.produit.reference,
            designation=objet.produit.designation,
            quantite=objet.quantite,
            unite=objet.produit.unite,
            numero_serie=objet.numero_serie,
            etiquette=objet.etiquette,
        )
        for rang, objet in enumerate(partants)
    ]
    tx.add(bon)
    tx.publish(bon.livrer())
    return bon
