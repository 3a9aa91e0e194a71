"""Objects go on a feuille, come back, are replaced: from stock, by scan, or because the workshop forgot something."""

from decimal import Decimal
from uuid import UUID

from services.inventory.bon_livraison import repository as bons
from services.inventory.errors import (
    ChoixAPreciser,
    CodeInconnu,
    ObjetDejaSurLaFeuille,
    ObjetHorsFeuille,
    ObjetIndisponible,
    ObjetNonAttendu,
    ObjetNonLivrable,
    ReductionImpossible,
    StockInsuffisant,
)
from services.inventory.feuille import repository
from services.inventory.feuille.models import Attendu, Colonne, Feuille
from services.inventory.feuille.repository import Chantier
from services.inventory.feuille.schemas import SaisiePrelevement, SaisieRemplacement, SaisieRetrait
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.stock.repository import Stocks
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite

UN = Decimal(1)


def placer(
    tx: Transaction,
    stocks: Stocks,
    chantier: Chantier,
    objet: Historique,
    ou: tuple[Colonne, Attendu | None],
    *,
    quantite: Decimal,
    motif: str,
) -> Historique:
    """Move a stock object (or a part of it) to a column; what the feuille had reserved is used first."""
    feuille, (colonne, attendu) = chantier.feuille, ou
    du_meme_stock = attendu is not None and attendu.produit_id == objet.produit_id and objet.nature == feuille.nature
    if attendu is not None and du_meme_stock and objet.depot_id is not None:
        attendu.liberer(stocks.de(objet.produit_id, objet.depot_id, feuille.nature), quantite)
    place = mouvements.deplacer(
        tx, stocks, objet, feuille.lieu, motif=motif, quantite=quantite, demande_id=feuille.demande_id
    )
    place.feuille_id, place.colonne_id = feuille.id, colonne.id
    place.attendu_id = attendu.id if attendu is not None else None
    place.demande_id, place.tiers_id, place.tiers_nom = feuille.demande_id, feuille.tiers_id, feuille.tiers_nom
    chantier.objets.append(place)
    if attendu is not None:
        attendu.compter(o for o in chantier.objets if o.attendu_id == attendu.id)
        _rendre_le_surplus(stocks, feuille, attendu)
    return place


async def prelever(tx: Transaction, feuille_id: UUID, saisie: SaisiePrelevement) -> Chantier:
    """Take from stock: a scanned object, what a column expects, or an unplanned complement."""
    historique_id = saisie.historique_id
    if historique_id is None and saisie.code:
        historique_id = await historiques.par_code(tx, saisie.code)
        if historique_id is None:
            raise CodeInconnu(code=saisie.code)
    produits = {saisie.produit_id} if saisie.produit_id else set()
    if historique_id is not None:
        produits.add((await historiques.situer(tx, historique_id))[0])
    stocks, chantier = await repository.avec_stock(tx, feuille_id, produits)
    chantier.feuille.exiger_modifiable()
    if historique_id is not None:
        await _prelever_objet(tx, stocks, chantier, historique_id, saisie)
    else:
        await _prelever_produit(tx, stocks, chantier, saisie)
    _conclure(tx, stocks, chantier)
    return chantier


async def prelever_reserve(tx: Transaction, feuille_id: UUID) -> Chantier:
    """Bring to the feuille everything that was kept in stock for it."""
    stocks, chantier = await repository.avec_stock(tx, feuille_id)
    feuille = chantier.feuille
    feuille.exiger_modifiable()
    for attendu in feuille.attendus:
        for reservation in list(attendu.reservations):
            ou = (feuille.colonne(attendu.colonne_id), attendu)
            await _prendre(tx, stocks, chantier, ou, reservation.depot_id, attendu.produit_id, reservation.quantite)
    _conclure(tx, stocks, chantier)
    return chantier


async def retirer(tx: Transaction, feuille_id: UUID, saisie: SaisieRetrait) -> Chantier:
    """Take an object off the feuille: back to stock, or scrapped; the gap is filled from stock when possible."""
    produit_id, _ = await historiques.situer(tx, saisie.historique_id)
    stocks, chantier = await repository.avec_stock(tx, feuille_id, [produit_id])
    chantier.feuille.exiger_modifiable()
    await bons.rendre(tx, _retirer(tx, stocks, chantier, saisie).id)
    _conclure(tx, stocks, chantier)
    return chantier


async def remplacer(tx: Transaction, feuille_id: UUID, saisie: SaisieRemplacement) -> Chantier:
    """Put another object in the place of one that does not suit."""
    sortant, _ = await historiques.situer(tx, saisie.historique_id)
    entrant, _ = await historiques.situer(tx, saisie.par_historique_id)
    stocks, chantier = await repository.avec_stock(tx, feuille_id, [sortant, entrant])
    feuille = chantier.feuille
    feuille.exiger_modifiable()
    ancien = _sur_la_feuille(chantier, saisie.historique_id)
    colonne = feuille.colonne(_renseigne(ancien.colonne_id))
    attendu = feuille.attendu(ancien.attendu_id) if ancien.attendu_id is not None else None
    quantite = ancien.quantite
    nouveau = await historiques.get_for_update(tx, saisie.par_historique_id)
    await _exiger_en_stock(tx, nouveau, feuille)
    retrait = SaisieRetrait(historique_id=ancien.id, depot_id=saisie.depot_id, au_rebut=saisie.au_rebut)
    await bons.rendre(tx, _retirer(tx, stocks, chantier, retrait).id)
    pris = min(quantite, nouveau.quantite)
    placer(tx, stocks, chantier, nouveau, (colonne, attendu), quantite=pris, motif="Remplacement sur la feuille")
    _conclure(tx, stocks, chantier)
    return chantier


async def ajuster_attendu(tx: Transaction, feuille_id: UUID, attendu_id: UUID, quantite: Decimal) -> Chantier:
    """Expect more or less of a product than the devis said, because reality differs."""
    stocks, chantier = await repository.avec_stock(tx, feuille_id)
    feuille = chantier.feuille
    feuille.exiger_modifiable()
    attendu = feuille.attendu(attendu_id)
    if quantite < attendu.present and attendu.est_stockable:
        raise ReductionImpossible(present=ecrire_quantite(attendu.present))
    attendu.quantite = quantite
    attendu.compter(o for o in chantier.objets if o.attendu_id == attendu.id)
    _rendre_le_surplus(stocks, feuille, attendu)
    if attendu.est_stockable:
        attendu.reserver(stocks.de_produit(attendu.produit_id, feuille.nature, depuis=feuille.depot_id))
    _conclure(tx, stocks, chantier)
    return chantier


async def _prelever_objet(
    tx: Transaction, stocks: Stocks, chantier: Chantier, historique_id: UUID, saisie: SaisiePrelevement
) -> None:
    objet = await historiques.get_for_update(tx, historique_id)
    await _exiger_en_stock(tx, objet, chantier.feuille)
    colonne, attendu = _destination(chantier.feuille, saisie, objet.produit_id, objet.libelle)
    quantite = saisie.quantite
    if quantite is None:
        quantite = min(objet.quantite, attendu.reste_a_placer) if attendu is not None else objet.quantite
        quantite = quantite or objet.quantite
    motif = "Prélevé sur le stock" if attendu is not None else "Complément non prévu"
    placer(tx, stocks, chantier, objet, (colonne, attendu), quantite=quantite, motif=motif)


async def _prelever_produit(tx: Transaction, stocks: Stocks, chantier: Chantier, saisie: SaisiePrelevement) -> None:
    feuille = chantier.feuille
    produit_id = saisie.produit_id
    if saisie.attendu_id is not None:
        produit_id = feuille.attendu(saisie.attendu_id).produit_id
    if produit_id is None:
        raise ChoixAPreciser
    colonne, attendu = _destination(feuille, saisie, produit_id, "Ce produit")
    reste = saisie.quantite or (attendu.reste_a_placer if attendu is not None else UN) or UN
    for solde in stocks.de_produit(produit_id, feuille.nature, depuis=feuille.depot_id):
        garde = Decimal(0)
        if attendu is not None:
            garde = sum((r.quantite for r in attendu.reservations if r.depot_id == solde.depot_id), garde)
        pris = min(reste, solde.disponible + garde)
        if pris > 0:
            await _prendre(tx, stocks, chantier, (colonne, attendu), solde.depot_id, produit_id, pris)
            reste -= pris
    if reste > 0:
        voulu = saisie.quantite or reste
        raise StockInsuffisant(
            reference=(await produits.un(tx, produit_id)).reference,
            depot="toutes les agences",
            disponible=ecrire_quantite(voulu - reste),
            demande=ecrire_quantite(voulu),
        )


async def _prendre(
    tx: Transaction,
    stocks: Stocks,
    chantier: Chantier,
    ou: tuple[Colonne, Attendu | None],
    depot_id: UUID,
    produit_id: UUID,
    quantite: Decimal,
) -> None:
    """The oldest objects of a depot, up to `quantite`."""
    reste = quantite
    motif = "Prélevé sur le stock" if ou[1] is not None else "Complément non prévu"
    for objet in await historiques.en_stock(tx, {produit_id: quantite}, depot_id, chantier.feuille.nature):
        pris = min(reste, objet.quantite)
        placer(tx, stocks, chantier, objet, ou, quantite=pris, motif=motif)
        reste -= pris


def _destination(
    feuille: Feuille, saisie: SaisiePrelevement, produit_id: UUID, nom: str
) -> tuple[Colonne, Attendu | None]:
    """Where the object goes: what was asked, else the first column that expects this product, else a complement."""
    if saisie.attendu_id is not None:
        attendu = feuille.attendu(saisie.attendu_id)
        return feuille.colonne(attendu.colonne_id), attendu
    for attendu in feuille.attendus:
        ici = saisie.colonne_id in (None, attendu.colonne_id)
        if ici and attendu.produit_id == produit_id and attendu.est_stockable and attendu.reste_a_placer > 0:
            return feuille.colonne(attendu.colonne_id), attendu
    if saisie.colonne_id is None:
        raise ObjetNonAttendu(objet=nom)
    return feuille.colonne(saisie.colonne_id), None


def _retirer(tx: Transaction, stocks: Stocks, chantier: Chantier, saisie: SaisieRetrait) -> Historique:
    """What came off: the object, or the part of it that was taken, the rest staying on its bon de livraison."""
    feuille, objet = chantier.feuille, _sur_la_feuille(chantier, saisie.historique_id)
    attendu = feuille.attendu(objet.attendu_id) if objet.attendu_id is not None else None
    vers = mouvements.REBUT
    if not saisie.au_rebut:
        depot_id = saisie.depot_id or feuille.depot_id or stocks.depots[0].id
        vers = mouvements.lieu_depot(stocks.depot(depot_id), objet.nature)
    retire = mouvements.deplacer(
        tx,
        stocks,
        objet,
        vers,
        motif=saisie.motif or f"Retiré de la feuille {feuille.numero}",
        quantite=saisie.quantite,
        demande_id=feuille.demande_id,
    )
    if attendu is not None:
        attendu.compter(o for o in chantier.objets if o.attendu_id == attendu.id)
        attendu.reserver(stocks.de_produit(attendu.produit_id, feuille.nature, depuis=feuille.depot_id))
    return retire


def _rendre_le_surplus(stocks: Stocks, feuille: Feuille, attendu: Attendu) -> None:
    """Keep no more than what is still expected: a whole object may have come from another depot."""
    for reservation in list(attendu.reservations):
        surplus = attendu.present + attendu.reserve - attendu.quantite
        if surplus > 0:
            attendu.liberer(stocks.de(attendu.produit_id, reservation.depot_id, feuille.nature), surplus)


def _sur_la_feuille(chantier: Chantier, historique_id: UUID) -> Historique:
    objet = next((o for o in chantier.objets if o.id == historique_id), None)
    if objet is None:
        raise ObjetHorsFeuille(objet="demandé", numero=chantier.feuille.numero)
    return objet


async def _exiger_en_stock(tx: Transaction, objet: Historique, feuille: Feuille) -> None:
    if objet.feuille_id == feuille.id:
        raise ObjetDejaSurLaFeuille(objet=objet.libelle, numero=feuille.numero)
    if objet.etat is not EtatHistorique.EN_STOCK:
        raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
    nature = await natures.exiger(tx, objet.nature)
    if not nature.est_livrable:
        raise ObjetNonLivrable(objet=objet.libelle, nature=nature.libelle.lower())


def _renseigne(colonne_id: UUID | None) -> UUID:
    if colonne_id is None:
        raise ChoixAPreciser
    return colonne_id


def _conclure(tx: Transaction, stocks: Stocks, chantier: Chantier) -> None:
    chantier.constater(tx)
    tx.publish(chantier.feuille.modifiee())
    stocks.annoncer(tx)
