"""A signed devis becomes work to prepare."""

from collections.abc import Mapping
from uuid import UUID

from services.inventory.copies.models import CopieAffaire
from services.inventory.depot import use_cases as depots
from services.inventory.depot.models import Depot
from services.inventory.feuille import repository
from services.inventory.feuille.models import Attendu, Colonne, Feuille
from services.inventory.feuille.rules import COMPLETABLES, StatutFeuille
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.contracts.commercial import DevisValide, LigneDevis, ProduitAttendu
from shared.contracts.inventory import FeuilleCreee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.search import texte_recherche

LIGNE = ("ligne_id", "position", "section", "designation", "description", "quantite", "unite", "prix_ht", "remise")
LIGNE_SUITE = ("taux_tva", "total_ht", "nature", "maintenance_souhaitee", "deee_ht", "copie_privee_ht")


async def ouvrir(tx: Transaction, fait: DevisValide) -> None:
    """One feuille per signed proposition, even told twice: stock that is available is kept for it at once."""
    ids = {p.produit_id for ligne in fait.lignes for p in ligne.produits}
    stockables = await produits.stockables(tx, ids)
    affaire = await tx.get(CopieAffaire, fait.affaire_id) if fait.affaire_id else None
    agence_id = (affaire.agence_id if affaire is not None else None) or fait.agence_id
    depot = await depots.assurer(tx, agence_id) if agence_id else None
    stocks = await stock.verrouiller(tx, (i for i in ids if stockables.get(i)))
    if await repository.existe(tx, fait.proposition_id):
        return
    feuille = await _feuille(tx, fait, depot or next(iter(stocks.depots), None))
    if affaire is not None:
        feuille.nature, feuille.zone = affaire.nature, affaire.emplacement
    for ligne in sorted(fait.lignes, key=lambda x: x.position):
        _ajouter_colonne(feuille, ligne, stockables)
    for attendu in feuille.attendus:
        attendu.compter([])
    tx.add(feuille)
    for attendu in feuille.attendus:
        _reserver(feuille, attendu, stocks)
    prete = feuille.constater([])
    creee = FeuilleCreee(
        feuille_id=feuille.id,
        demande_id=feuille.demande_id,
        tout_en_stock=feuille.tout_en_stock,
        etat=feuille.contrat(),
    )
    tx.publish(creee)
    stocks.annoncer(tx)
    if prete is not None:
        tx.publish(prete)


async def completer(tx: Transaction, fait: DevisValide) -> None:
    """An avenant adds its lines to the feuille of the devis it amends while that one is prepared, else opens its own.

    What an avenant takes away needs nothing: what is wanted of the first lines is corrected on the feuille by whoever
    prepares it.
    """
    if fait.avenant_de is None:
        raise ValueError("only an avenant completes a feuille")
    feuille_id = await repository.de_la_proposition(tx, fait.avenant_de)
    if feuille_id is None or await repository.existe(tx, fait.proposition_id):
        return await ouvrir(tx, fait)
    ids = {p.produit_id for ligne in fait.lignes for p in ligne.produits}
    stockables = await produits.stockables(tx, ids)
    stocks, chantier = await repository.avec_stock(tx, feuille_id, (i for i in ids if stockables.get(i)))
    feuille = chantier.feuille
    if feuille.etat not in COMPLETABLES:
        return await ouvrir(tx, fait)
    deja = {colonne.ligne_id for colonne in feuille.colonnes}
    nouvelles = [ligne for ligne in fait.lignes if ligne.ligne_id not in deja]
    if not nouvelles:
        return None
    derniere, attendus = max((c.position for c in feuille.colonnes), default=0), set(feuille.attendus)
    for ligne in sorted(nouvelles, key=lambda x: x.position):
        titre = " · ".join(filter(None, (f"Avenant {fait.numero}", ligne.section)))
        situee = ligne.model_copy(update={"position": derniere + ligne.position, "section": titre})
        _ajouter_colonne(feuille, situee, stockables)
    ajoutes = [attendu for attendu in feuille.attendus if attendu not in attendus]
    for attendu in ajoutes:
        attendu.compter([])
        _reserver(feuille, attendu, stocks)
    chantier.constater(tx)
    tx.publish(feuille.modifiee())
    stocks.annoncer(tx)
    return None


async def _feuille(tx: Transaction, fait: DevisValide, depot: Depot | None) -> Feuille:
    annee = jour_paris(tx.now).year
    numero = f"FT-{annee}-{await next_number(tx, f'FT-{annee}'):05d}"
    return Feuille(
        numero=numero,
        etat=StatutFeuille.OUVERTE,
        proposition_id=fait.proposition_id,
        devis_numero=fait.numero,
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
        tiers_id=fait.tiers_id,
        tiers_nom=fait.tiers_nom,
        objet=fait.objet,
        agence_id=fait.agence_id,
        depot_id=depot.id if depot is not None else None,
        priorite=fait.priorite,
        nature=await natures.principale(tx),
        zone="",
        signee_le=fait.valide_le,
        livraison_souhaitee=fait.livraison_souhaitee,
        recherche_texte=texte_recherche(numero, fait.numero, fait.tiers_nom, fait.objet),
        colonnes=[],
        attendus=[],
    )


def _ajouter_colonne(feuille: Feuille, ligne: LigneDevis, stockables: Mapping[UUID, bool]) -> None:
    colonne = Colonne(feuille_id=feuille.id, **{nom: getattr(ligne, nom) for nom in (*LIGNE, *LIGNE_SUITE)})
    feuille.colonnes.append(colonne)
    for produit in ligne.produits:
        feuille.attendus.append(
            _attendu(feuille, colonne, produit, stockables.get(produit.produit_id, produit.est_stockable))
        )


def _attendu(feuille: Feuille, colonne: Colonne, voulu: ProduitAttendu, est_stockable: bool) -> Attendu:
    """Our own catalogue says whether the product is kept in stock; the devis when we do not know it."""
    return Attendu(
        feuille_id=feuille.id,
        colonne_id=colonne.id,
        rang=len(feuille.attendus),
        produit_id=voulu.produit_id,
        reference=voulu.reference,
        designation=voulu.designation,
        note=voulu.note,
        est_stockable=est_stockable,
        quantite_devis=voulu.quantite,
        quantite=voulu.quantite,
        reservations=[],
    )


def _reserver(feuille: Feuille, attendu: Attendu, stocks: Stocks) -> None:
    """Keep what is available: in the agency of the devis first, then in the others."""
    if attendu.est_stockable:
        attendu.reserver(stocks.de_produit(attendu.produit_id, feuille.nature, depuis=feuille.depot_id))
