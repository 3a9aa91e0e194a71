"""Stock kept for feuilles: shared again from nothing, priority then delay, always the same answer; or given back by hand."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.copies.use_cases import Changement
from services.inventory.depot import use_cases as depots
from services.inventory.errors import BeneficiaireSansManque, LiberationExcessive, ReservationInconnue
from services.inventory.feuille import repository
from services.inventory.feuille.models import Attendu, Feuille
from services.inventory.feuille.repository import LigneAttendue
from services.inventory.feuille.rules import EN_COURS, manquant
from services.inventory.logistique.schemas import SaisieLiberation
from services.inventory.reservation.models import Liberation
from services.inventory.reservation.rules import Plan, Voeu, planifier, repartir
from services.inventory.stock import repository as stock
from services.inventory.stock.models import Stock
from services.inventory.stock.repository import Stocks
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite

ZERO = Decimal(0)


async def suivre_affaire(tx: Transaction, affaire_id: UUID, changement: Changement) -> None:
    """The feuilles in progress of an affaire take its priority, its depot, its nature of stock and its place.

    Only what the affaire changed is followed: a place that the workshop chose since stays. What was kept in another
    nature is given back, and kept again in the new one.
    """
    avant, apres = changement.avant, changement.apres
    ids = list(await tx.scalars(select(Feuille.id).where(Feuille.affaire_id == affaire_id, Feuille.etat.in_(EN_COURS))))
    depot = await depots.assurer(tx, apres.agence_id) if ids and apres.agence_id else None
    voulus = await repository.produits_des_feuilles(tx, ids) if avant.nature != apres.nature else []
    stocks = await stock.verrouiller(tx, voulus)
    for feuille in await repository.sans_objets(tx, ids):
        etait = (feuille.priorite, feuille.zone, feuille.depot_id, feuille.nature)
        feuille.priorite = apres.priorite if apres.priorite is not None else feuille.priorite
        if feuille.zone == avant.emplacement:
            feuille.zone = apres.emplacement
        if depot is not None and avant.agence_id != apres.agence_id:
            feuille.depot_id = depot.id
        if apres.nature and feuille.nature != apres.nature and avant.nature in (None, feuille.nature):
            await _changer_de_nature(tx, stocks, feuille, apres.nature)
        if (feuille.priorite, feuille.zone, feuille.depot_id, feuille.nature) != etait:
            tx.publish(feuille.modifiee())
    stocks.annoncer(tx)


async def _changer_de_nature(tx: Transaction, stocks: Stocks, feuille: Feuille, nature: str) -> None:
    for attendu in feuille.attendus:
        for depot_id, quantite in _gardes(attendu).items():
            attendu.liberer(stocks.de(attendu.produit_id, depot_id, feuille.nature), quantite)
    feuille.nature = nature
    await tx.flush()  # what was kept leaves before what is kept again: one row per depot
    for attendu in feuille.attendus:
        if attendu.est_stockable and stocks.connait(attendu.produit_id):
            attendu.manquant = manquant(attendu.quantite, attendu.present, attendu.reserve)
            attendu.reserver(stocks.de_produit(attendu.produit_id, nature, depuis=feuille.depot_id))
    feuille.reste = sum((a.manquant for a in feuille.attendus), ZERO)


async def generer(tx: Transaction) -> int:
    """Give everything back, then keep again in the sequence of service; how many feuilles changed.

    What is already on a feuille stays there. A run after another changes nothing.
    """
    stocks = await stock.verrouiller(tx, await repository.produits_attendus(tx))
    feuilles = await repository.sans_objets(tx, await repository.en_cours(tx))
    feuilles.sort(key=lambda f: f.rang)
    plan = planifier(
        _voeux(feuilles, stocks),
        {((p, n), d): q for (p, d, n), q in stocks.physiques().items()},
        [d.id for d in stocks.depots],
    )
    avant = {a.id: _gardes(a) for f in feuilles for a in f.attendus}
    for feuille in feuilles:  # what is given back first: it may be what a feuille served before is waiting for
        _rendre(stocks, feuille, plan)
    changees = 0
    for feuille in feuilles:
        _garder(stocks, feuille, plan)
        if any(avant[a.id] != _gardes(a) for a in feuille.attendus):
            _changee(tx, feuille)
            changees += 1
    stocks.annoncer(tx)
    return changees


async def liberer(tx: Transaction, attendu_id: UUID, saisie: SaisieLiberation) -> None:
    """Give back what is kept for a feuille, with the reason; at once to the line of another one that misses it, if said.

    What nobody gets is free until somebody takes it, or a run shares it again.
    """
    pour = saisie.pour_attendu_id
    lignes = await repository.situer_attendus(tx, {attendu_id, pour or attendu_id})
    if attendu_id not in lignes or (pour is not None and pour not in lignes):
        raise ReservationInconnue
    stocks = await stock.verrouiller(tx, [lignes[attendu_id].produit_id])
    feuilles = {f.id: f for f in await repository.sans_objets(tx, {ligne.feuille_id for ligne in lignes.values()})}
    feuille, attendu = _ouverte(feuilles, lignes[attendu_id])
    if saisie.quantite > attendu.reserve:
        reserve = ecrire_quantite(attendu.reserve)
        raise LiberationExcessive(numero=feuille.numero, reserve=reserve, designation=attendu.designation)
    autre, beneficiaire = _ouverte(feuilles, lignes[pour]) if pour is not None else (None, None)
    if autre is not None and beneficiaire is not None:
        du_meme_stock = beneficiaire.produit_id == attendu.produit_id and autre.nature == feuille.nature
        if beneficiaire is attendu or not du_meme_stock or beneficiaire.manquant == ZERO:
            raise BeneficiaireSansManque(numero=autre.numero, designation=attendu.designation)
    for depot_id, rendu in repartir(saisie.quantite, _gardes(attendu).items()):
        _passer(stocks.de(attendu.produit_id, depot_id, feuille.nature), rendu, attendu, beneficiaire)
    tx.add(_liberation(feuille, attendu, autre, saisie, tx.actor.nom))
    for touchee in {f.id: f for f in (feuille, autre) if f is not None}.values():
        _changee(tx, touchee)
    stocks.annoncer(tx)


def _ouverte(feuilles: Mapping[UUID, Feuille], ligne: LigneAttendue) -> tuple[Feuille, Attendu]:
    feuille = feuilles[ligne.feuille_id]
    feuille.exiger_modifiable()
    return feuille, feuille.attendu(ligne.attendu_id)


def _passer(solde: Stock, quantite: Decimal, attendu: Attendu, beneficiaire: Attendu | None) -> None:
    attendu.liberer(solde, quantite)
    if beneficiaire is not None and beneficiaire.manquant > ZERO:
        beneficiaire.garder(solde, min(quantite, beneficiaire.manquant))


def _liberation(
    feuille: Feuille, attendu: Attendu, autre: Feuille | None, saisie: SaisieLiberation, par: str
) -> Liberation:
    return Liberation(
        feuille_id=feuille.id,
        feuille_numero=feuille.numero,
        attendu_id=attendu.id,
        reference=attendu.reference,
        designation=attendu.designation,
        quantite=saisie.quantite,
        motif=saisie.motif,
        par=par,
        pour_feuille_id=autre.id if autre else None,
        pour_feuille=autre.numero if autre else "",
    )


def _changee(tx: Transaction, feuille: Feuille) -> None:
    feuille.reste = sum((a.manquant for a in feuille.attendus), ZERO)
    tx.touch(feuille)
    tx.publish(feuille.modifiee())


def _voeux(feuilles: Iterable[Feuille], stocks: Stocks) -> list[Voeu]:
    return [
        Voeu(a.id, (a.produit_id, f.nature), a.reste_a_placer, f.depot_id)
        for f in feuilles
        for a in f.attendus
        if a.est_stockable and stocks.connait(a.produit_id)
    ]


def _gardes(attendu: Attendu) -> dict[UUID, Decimal]:
    return {r.depot_id: r.quantite for r in attendu.reservations}


def _rendre(stocks: Stocks, feuille: Feuille, plan: Plan) -> None:
    for attendu in feuille.attendus:
        if attendu.id not in plan:
            continue
        for depot_id, quantite in _gardes(attendu).items():
            trop = quantite - plan[attendu.id].get(depot_id, ZERO)
            if trop > ZERO:
                attendu.liberer(stocks.de(attendu.produit_id, depot_id, feuille.nature), trop)


def _garder(stocks: Stocks, feuille: Feuille, plan: Plan) -> None:
    for attendu in feuille.attendus:
        deja = _gardes(attendu)
        for depot_id, quantite in plan.get(attendu.id, {}).items():
            encore = quantite - deja.get(depot_id, ZERO)
            if encore > ZERO:
                attendu.garder(stocks.de(attendu.produit_id, depot_id, feuille.nature), encore)
