"""Received goods become objects, and go straight to the feuilles that wait for them."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.inventory.cout import use_cases as couts
from services.inventory.depot import use_cases as depots
from services.inventory.depot.models import Depot
from services.inventory.errors import ProduitInconnu
from services.inventory.feuille import repository
from services.inventory.feuille.models import Attendu
from services.inventory.feuille.repository import Chantier
from services.inventory.feuille.use_cases.placement import placer
from services.inventory.historique import repository as historiques
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import Genre, Lieu
from services.inventory.historique.use_cases import Arrivage, Origine
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.produit.models import Produit
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.contracts.inventory import FeuilleApprovisionnee, Provenance
from shared.contracts.purchasing import LigneRecue, ReceptionValidee
from shared.database.transaction import Transaction

Places = dict[UUID, list[Historique]]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a received line enters, and in which nature of stock: that of the projects it was ordered for."""

    produit: Produit
    depot: Depot
    nature: str


async def recevoir(tx: Transaction, fait: ReceptionValidee) -> None:
    """Once per reception: objects in the agency's depot, then into the feuilles, priority then delay first."""
    if not await historiques.marquer_reception(tx, fait.reception_id, fait.numero):
        return
    depot = await depots.assurer(tx, fait.agence_id)
    recus = await produits.plusieurs(tx, (x.produit_id for x in fait.lignes))
    if any(x.produit_id not in recus for x in fait.lignes):
        raise ProduitInconnu
    remplaces = {x.remplace_produit_id for x in fait.lignes if x.remplace_produit_id}
    stocks = await stock.verrouiller(tx, set(recus) | remplaces)
    chantiers = await repository.en_attente(tx, [*recus, *remplaces])
    chantiers.sort(key=lambda c: c.feuille.rang)
    places: Places = defaultdict(list)
    principale = await natures.principale(tx)
    for ligne in fait.lignes:
        voulues = ligne.natures_stock or (principale,)
        ou = Destination(recus[ligne.produit_id], depot, voulues[0] if len(voulues) == 1 else principale)
        objets = _entrer(tx, stocks, fait, ligne, ou)
        _servir(tx, stocks, [c for c in chantiers if c.feuille.nature in voulues], ligne, objets, places)
    _conclure(tx, stocks, fait, [c for c in chantiers if c.feuille.id in places], places)
    await couts.reprendre(tx, fait.reception_id)


def _entrer(
    tx: Transaction, stocks: Stocks, fait: ReceptionValidee, ligne: LigneRecue, ou: Destination
) -> list[Historique]:
    """The objects of one received line, in the depot of the agency."""
    if not ou.produit.est_stockable:
        return []
    facture = f" · facture {fait.facture_fournisseur}" if fait.facture_fournisseur else ""
    remplace = f" · à la place de {ligne.remplace_reference}" if ligne.remplace_reference else ""
    origine = Origine(
        de=Lieu(Genre.FOURNISSEUR, fait.fournisseur_nom, fait.fournisseur_id),
        motif=f"Réception {fait.numero}{facture}{remplace}",
        cout_unitaire_ht=ligne.cout_unitaire_ht,
        recu_le=fait.recu_le,
        reception_id=fait.reception_id,
        reception_numero=fait.numero,
        facture_fournisseur=fait.facture_fournisseur or None,
        fournisseur_id=fait.fournisseur_id,
        fournisseur_nom=fait.fournisseur_nom,
        remplace_reference=ligne.remplace_reference,
        provenance=_provenance(ligne),
        ligne_reception_id=ligne.ligne_id,
    )
    arrivage = Arrivage(
        ou.produit, ou.depot, ligne.quantite, origine, ou.nature, ligne.numeros_serie, cout_ht=ligne.cout_ht
    )
    return mouvements.entrer(tx, stocks, arrivage)


def _provenance(ligne: LigneRecue) -> Provenance | None:
    if ligne.commande_id is None or ligne.commande_numero is None or ligne.commande_le is None:
        return None
    return Provenance(
        commande_id=ligne.commande_id,
        commande_numero=ligne.commande_numero,
        commande_le=ligne.commande_le,
        commande_par=ligne.commande_par,
        negociee_le=ligne.negociee_le,
    )


def _servir(
    tx: Transaction,
    stocks: Stocks,
    chantiers: list[Chantier],
    ligne: LigneRecue,
    objets: list[Historique],
    places: Places,
) -> None:
    """Objects go to what is missing, in the sequence of the feuilles; a quantity is split where it must be."""
    libres = list(objets)
    for chantier in chantiers:
        for attendu in _attendent(chantier, ligne):
            while libres and attendu.manquant > 0:
                objet = libres[0]
                pris: Decimal = min(attendu.manquant, objet.quantite)
                if pris == objet.quantite:
                    libres.pop(0)
                ou = (chantier.feuille.colonne(attendu.colonne_id), attendu)
                place = placer(tx, stocks, chantier, objet, ou, quantite=pris, motif="Attendu par la feuille")
                places[chantier.feuille.id].append(place)


def _attendent(chantier: Chantier, ligne: LigneRecue) -> list[Attendu]:
    """What waits for the received product itself, then for the one it replaces."""
    voulus = [p for p in (ligne.produit_id, ligne.remplace_produit_id) if p is not None]
    return [a for produit_id in voulus for a in chantier.feuille.attendus if a.produit_id == produit_id]


def _conclure(tx: Transaction, stocks: Stocks, fait: ReceptionValidee, servis: list[Chantier], places: Places) -> None:
    for chantier in servis:
        feuille = chantier.feuille
        chantier.constater(tx)
        tx.publish(
            FeuilleApprovisionnee(
                feuille_id=feuille.id,
                demande_id=feuille.demande_id,
                reception_id=fait.reception_id,
                historique_ids=tuple(o.id for o in places[feuille.id]),
                reste_a_recevoir=feuille.reste,
                complet=feuille.reste == 0,
            )
        )
        tx.publish(feuille.modifiee())
    stocks.annoncer(tx)
