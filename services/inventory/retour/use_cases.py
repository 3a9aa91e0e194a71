"""An object goes back to its supplier; another one, a credit, or the same one comes of it."""

from uuid import UUID

from services.inventory.bon_livraison import repository as bons
from services.inventory.errors import (
    CodeInconnu,
    FournisseurInconnu,
    ObjetIndisponible,
    RemplacantIncoherent,
    RetourInconnu,
    SerieObligatoire,
)
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.historique.use_cases import Arrivage, Origine
from services.inventory.nature import repository as natures
from services.inventory.retour import rules
from services.inventory.retour.models import Retour, nommer
from services.inventory.retour.rules import EtatRetour
from services.inventory.retour.schemas import SaisieAvoir, SaisieRemplacant, SaisieRetour
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

RETOURNABLES = (EtatHistorique.EN_STOCK, EtatHistorique.INSTALLE)


async def ouvrir(tx: Transaction, saisie: SaisieRetour) -> Retour:
    """It leaves our stock, or the client's, for the supplier it came from."""
    historique_id = saisie.historique_id or await _designer(tx, saisie.code)
    produit_id, _ = await historiques.situer(tx, historique_id)
    stocks = await stock.verrouiller(tx, [produit_id])
    objet = await historiques.get_for_update(tx, historique_id)
    if objet.etat not in RETOURNABLES:
        raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
    fournisseur = saisie.fournisseur_nom or objet.fournisseur_nom
    if not fournisseur:
        raise FournisseurInconnu(objet=objet.libelle)
    annee = jour_paris(tx.now).year
    numero = f"RF-{annee}-{await next_number(tx, f'RF-{annee}'):05d}"
    client = (objet.tiers_id, objet.tiers_nom)
    connu = fournisseur == objet.fournisseur_nom
    vers = Lieu(Genre.FOURNISSEUR, fournisseur, objet.fournisseur_id if connu else None)
    parti = mouvements.deplacer(
        tx, stocks, objet, vers, motif=f"Retour {numero} : {saisie.motif}", quantite=saisie.quantite
    )
    await bons.rendre(tx, parti.id)
    retour = Retour(
        numero=numero,
        historique_id=parti.id,
        produit_id=parti.produit_id,
        reference=parti.produit.reference,
        designation=parti.produit.designation,
        numero_serie=parti.numero_serie,
        quantite=parti.quantite,
        fournisseur_id=vers.id,
        fournisseur_nom=fournisseur,
        tiers_id=client[0],
        tiers_nom=client[1],
        attente=saisie.attente,
        motif=saisie.motif,
        numero_rma=saisie.numero_rma,
        etat=EtatRetour.OUVERT,
        ouvert_par=tx.actor.nom,
    )
    tx.add(retour)
    await tx.flush()
    tx.publish(retour.ouvrir())
    stocks.annoncer(tx)
    return retour


async def remplacer(tx: Transaction, retour_id: UUID, saisie: SaisieRemplacant) -> Retour:
    """The replacement enters with the cost and the invoice of what it replaces: the exchange costs nothing."""
    retour = await _get_for_update(tx, retour_id)
    rules.conclure(retour.etat, EtatRetour.ECHANGE, retour.numero)
    recu_id = await _designer(tx, saisie.code) if saisie.code else None
    produits = {retour.produit_id}
    if recu_id is not None:
        produits.add((await historiques.situer(tx, recu_id))[0])
    stocks = await stock.verrouiller(tx, produits)
    ancien = await historiques.get_for_update(tx, retour.historique_id)
    if recu_id is None:
        remplacant = await _entrer(tx, stocks, retour, ancien, saisie)
    else:
        remplacant = await _deja_recu(tx, ancien, recu_id)
    remplacant.remplace_id = ancien.id
    await tx.flush()
    nom = nommer(remplacant.numero_serie, remplacant.produit.designation)
    tx.publish(retour.remplacer(remplacant.id, nom, par=tx.actor.nom, le=tx.now))
    stocks.annoncer(tx)
    return retour


async def crediter(tx: Transaction, retour_id: UUID, saisie: SaisieAvoir) -> Retour:
    """The supplier's credit note."""
    retour = await _get_for_update(tx, retour_id)
    tx.publish(retour.crediter(saisie.numero, saisie.montant_ht, par=tx.actor.nom, le=tx.now))
    return retour


async def rendre(tx: Transaction, retour_id: UUID, depot_id: UUID) -> Retour:
    """The same object is back in stock."""
    retour = await _get_for_update(tx, retour_id)
    fait = retour.rendre(par=tx.actor.nom, le=tx.now)
    stocks = await stock.verrouiller(tx, [retour.produit_id])
    objet = await historiques.get_for_update(tx, retour.historique_id)
    vers = mouvements.lieu_depot(stocks.depot(depot_id), objet.nature)
    mouvements.deplacer(tx, stocks, objet, vers, motif=f"Retour {retour.numero} : revenu du fournisseur")
    tx.publish(fait)
    stocks.annoncer(tx)
    return retour


async def _entrer(
    tx: Transaction, stocks: Stocks, retour: Retour, ancien: Historique, saisie: SaisieRemplacant
) -> Historique:
    series = (saisie.numero_serie,) if saisie.numero_serie else ()
    if ancien.produit.politique_serie == "obligatoire" and not series:
        raise SerieObligatoire(reference=ancien.produit.reference)
    await historiques.exiger_series_libres(tx, retour.produit_id, series)
    serie = f" n° {ancien.numero_serie}" if ancien.numero_serie else ""
    origine = Origine(
        de=Lieu(Genre.FOURNISSEUR, retour.fournisseur_nom, retour.fournisseur_id),
        motif=f"Échange {retour.numero} : remplace{serie or ' un objet retourné'}",
        cout_unitaire_ht=ancien.cout_unitaire_ht,
        recu_le=tx.now,
        reception_id=ancien.reception_id,
        reception_numero=ancien.reception_numero,
        ligne_reception_id=ancien.ligne_reception_id,
        cout_suit_id=ancien.id,
        facture_fournisseur=ancien.facture_fournisseur,
        fournisseur_id=retour.fournisseur_id,
        fournisseur_nom=retour.fournisseur_nom,
    )
    depot = stocks.depot(saisie.depot_id)
    nature = await natures.principale(tx)
    arrivage = Arrivage(ancien.produit, depot, retour.quantite, origine, nature, series)
    return mouvements.entrer(tx, stocks, arrivage)[0]


async def _deja_recu(tx: Transaction, ancien: Historique, recu_id: UUID) -> Historique:
    """An object received by itself (a reception of the supplier) is the replacement, wherever it is since.

    What is no longer ours nor a client's replaces nothing: two returned objects could else replace each other.
    """
    recu = await historiques.get_for_update(tx, recu_id)
    perdu = recu.etat in (EtatHistorique.SORTI, EtatHistorique.RETOURNE)
    if perdu or recu.id == ancien.id or recu.remplace_id is not None or recu.parent_id is not None:
        raise RemplacantIncoherent(objet=recu.libelle)
    return recu


async def _designer(tx: Transaction, code: str) -> UUID:
    trouve = await historiques.par_code(tx, code)
    if trouve is None:
        raise CodeInconnu(code=code)
    return trouve


async def _get_for_update(tx: Transaction, retour_id: UUID) -> Retour:
    retour = await tx.get(Retour, retour_id, with_for_update=True, populate_existing=True)
    if retour is None:
        raise RetourInconnu
    return retour
