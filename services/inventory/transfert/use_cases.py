"""Goods leave a depot, travel, arrive; every step is a movement."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import (
    CodeInconnu,
    DestinationIncoherente,
    EcartDejaRegle,
    ObjetIndisponible,
    QuantiteRefusee,
    StockInsuffisant,
    TransfertInconnu,
)
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from services.inventory.transfert import rules
from services.inventory.transfert.models import LigneTransfert, Transfert
from services.inventory.transfert.rules import EtatTransfert, Issue
from services.inventory.transfert.schemas import SaisieEnvoye, SaisieIssue, SaisieReception, SaisieTransit
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.nombre import ecrire_quantite

ENTIER = (
    joinedload(Transfert.de_depot),
    joinedload(Transfert.vers_depot),
    selectinload(Transfert.lignes),
)
PERDU = Lieu(Genre.INVENTAIRE, "Perdu en transit")
ZERO = Decimal(0)


async def envoyer(tx: Transaction, saisie: SaisieTransit) -> Transfert:
    """Goods leave: they are in no depot's balance until they are received."""
    if saisie.de_depot_id == saisie.vers_depot_id:
        raise DestinationIncoherente
    choisis = [(x, await _designer(tx, x)) for x in saisie.lignes]
    stocks = await stock.verrouiller(tx, {produit_id for _, (produit_id, _) in choisis})
    annee = jour_paris(tx.now).year
    transfert = Transfert(
        numero=f"TR-{annee}-{await next_number(tx, f'TR-{annee}'):05d}",
        de_depot_id=saisie.de_depot_id,
        vers_depot_id=saisie.vers_depot_id,
        motif=saisie.motif,
        etat=EtatTransfert.ENVOYE,
        envoye_par=tx.actor.nom,
        envoye_le=tx.now,
        lignes=[],
    )
    transfert.de_depot, transfert.vers_depot = stocks.depot(saisie.de_depot_id), stocks.depot(saisie.vers_depot_id)
    tx.add(transfert)
    await tx.flush()
    for voulu, (produit_id, historique_id) in choisis:
        for objet, quantite in await _prendre(tx, transfert, voulu, produit_id, historique_id):
            _partir(tx, stocks, transfert, objet, quantite)
    stocks.annoncer(tx)
    return transfert


async def recevoir(tx: Transaction, transfert_id: UUID, saisie: SaisieReception) -> Transfert:
    """What arrived enters the other depot; what did not stays in transit until somebody says what became of it."""
    stocks, transfert = await _verrouiller(tx, transfert_id)
    recues = {x.ligne_id: x.recue for x in saisie.lignes}
    for ligne_id in recues:
        transfert.ligne(ligne_id)
    if transfert.etat is not EtatTransfert.ENVOYE:
        rules.passer(transfert.etat, EtatTransfert.RECU, transfert.numero)
    presents = await _en_route(tx, transfert)
    for ligne in transfert.lignes:
        ligne.recue = recues.get(ligne.id, ligne.quantite)
        if ligne.recue > ligne.quantite:
            raise QuantiteRefusee(minimum=0, maximum=ecrire_quantite(ligne.quantite))
        if ligne.recue > ZERO:
            motif = f"Transfert {transfert.numero} reçu"
            _arriver(tx, stocks, presents[ligne.historique_id], transfert.vers_depot_id, motif, ligne.recue)
    transfert.constater()
    transfert.recu_par, transfert.recu_le = tx.actor.nom, tx.now
    stocks.annoncer(tx)
    return transfert


async def regler(tx: Transaction, transfert_id: UUID, ligne_id: UUID, saisie: SaisieIssue) -> Transfert:
    """What became of what did not arrive: found after all, back at the start, or lost."""
    stocks, transfert = await _verrouiller(tx, transfert_id)
    ligne = transfert.ligne(ligne_id)
    if transfert.etat is not EtatTransfert.ECART or ligne.manquante == ZERO or ligne.issue is not None:
        raise EcartDejaRegle(numero=transfert.numero)
    objet = await _reste(tx, transfert, ligne)
    motif = f"Transfert {transfert.numero} : {saisie.motif}"
    if saisie.issue is Issue.PERDU:
        mouvements.deplacer(tx, stocks, objet, PERDU, motif=motif)
        objet.transfert_id = None
    else:
        depot_id = transfert.vers_depot_id if saisie.issue is Issue.RETROUVE else transfert.de_depot_id
        _arriver(tx, stocks, objet, depot_id, motif, objet.quantite)
    ligne.issue, ligne.issue_motif = saisie.issue, saisie.motif
    if all(x.manquante == ZERO or x.issue is not None for x in transfert.lignes):
        transfert.constater()
    tx.touch(transfert)
    stocks.annoncer(tx)
    return transfert


async def _designer(tx: Transaction, voulu: SaisieEnvoye) -> tuple[UUID, UUID | None]:
    """(product, object) of what is asked, read without lock to know what to lock."""
    if not voulu.code:
        if voulu.produit_id is None:
            raise CodeInconnu(code="")
        return voulu.produit_id, None
    historique_id = await historiques.par_code(tx, voulu.code)
    if historique_id is None:
        raise CodeInconnu(code=voulu.code)
    return (await historiques.situer(tx, historique_id))[0], historique_id


async def _prendre(
    tx: Transaction, transfert: Transfert, voulu: SaisieEnvoye, produit_id: UUID, historique_id: UUID | None
) -> list[tuple[Historique, Decimal]]:
    """The objects that leave, each with how much of it."""
    if historique_id is not None:
        objet = await historiques.get_for_update(tx, historique_id)
        if objet.etat is not EtatHistorique.EN_STOCK or objet.depot_id != transfert.de_depot_id:
            ou = objet.lieu_libelle if objet.etat is EtatHistorique.EN_STOCK else objets.MOTS[objet.etat]
            raise ObjetIndisponible(objet=objet.libelle, ou=ou)
        return [(objet, voulu.quantite or objet.quantite)]
    reste = voulu.quantite or ZERO
    pris = []
    depot_id, nature = transfert.de_depot_id, await natures.principale(tx)
    for objet in await historiques.en_stock(tx, {produit_id: reste}, depot_id, nature):
        part = min(reste, objet.quantite)
        pris.append((objet, part))
        reste -= part
    if reste > ZERO:
        demande = voulu.quantite or ZERO
        raise StockInsuffisant(
            reference=(await produits.un(tx, produit_id)).reference,
            depot=transfert.de_depot.nom,
            disponible=ecrire_quantite(demande - reste),
            demande=ecrire_quantite(demande),
        )
    return pris


def _partir(tx: Transaction, stocks: Stocks, transfert: Transfert, objet: Historique, quantite: Decimal) -> None:
    motif = f"Transfert {transfert.numero} : {transfert.motif}"
    parti = mouvements.deplacer(tx, stocks, objet, transfert.lieu, motif=motif, quantite=quantite)
    parti.transfert_id = transfert.id
    transfert.lignes.append(
        LigneTransfert(
            rang=len(transfert.lignes),
            historique_id=parti.id,
            reference=parti.produit.reference,
            designation=parti.produit.designation,
            unite=parti.produit.unite,
            numero_serie=parti.numero_serie,
            quantite=parti.quantite,
        )
    )


def _arriver(tx: Transaction, stocks: Stocks, objet: Historique, depot_id: UUID, motif: str, quantite: Decimal) -> None:
    vers = mouvements.lieu_depot(stocks.depot(depot_id), objet.nature)
    mouvements.deplacer(tx, stocks, objet, vers, motif=motif, quantite=quantite).transfert_id = None


async def _verrouiller(tx: Transaction, transfert_id: UUID) -> tuple[Stocks, Transfert]:
    """The transfer, then the balances of what it carries."""
    requete = select(Transfert).where(Transfert.id == transfert_id).options(*ENTIER)
    verrou = requete.with_for_update(of=Transfert).execution_options(populate_existing=True)
    transfert: Transfert | None = (await tx.scalars(verrou)).one_or_none()
    if transfert is None:
        raise TransfertInconnu
    portes = select(Historique.produit_id).where(Historique.id.in_([x.historique_id for x in transfert.lignes]))
    return await stock.verrouiller(tx, await tx.scalars(portes)), transfert


async def _en_route(tx: Transaction, transfert: Transfert) -> dict[UUID, Historique]:
    presents = await historiques.verrouiller(tx, Historique.transfert_id == transfert.id)
    return {objet.id: objet for objet in presents}


async def _reste(tx: Transaction, transfert: Transfert, ligne: LigneTransfert) -> Historique:
    """What is still on its way of a line."""
    presents = await _en_route(tx, transfert)
    if ligne.historique_id not in presents:
        raise EcartDejaRegle(numero=transfert.numero)
    return presents[ligne.historique_id]
