"""A counted sheet becomes movements, each with its reason. Nothing else changes the stock."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_, select

from services.inventory.errors import ComptePlusPetitQueLu, EcartsSansRaison, ObjetIndisponible, SerieObligatoire
from services.inventory.feuille import repository as feuilles
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.historique.use_cases import Arrivage, Origine
from services.inventory.inventaire import repository
from services.inventory.inventaire.models import Inventaire, LigneInventaire
from services.inventory.inventaire.rules import RAISONS, EtatInventaire
from services.inventory.reservation.models import Reservation
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite

ZERO = Decimal(0)
PERDU = Lieu(Genre.INVENTAIRE, "Écart d’inventaire")


async def valider(tx: Transaction, inventaire_id: UUID) -> Inventaire:
    """What was counted becomes what is there; lines nobody counted are left as they are."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    inventaire.passer(EtatInventaire.VALIDE)
    comptees = [ligne for ligne in inventaire.lignes if ligne.comptee is not None]
    stocks = await stock.verrouiller(tx, {ligne.produit_id for ligne in comptees})
    attendus = await repository.attendus(tx.session, inventaire)
    pointes = {p.historique_id for p in inventaire.pointages}
    manques = [x for x in comptees if (x.comptee or ZERO) < attendus[x.produit_id, x.nature]]
    await _liberer(tx, stocks, inventaire, manques, attendus)
    sur_place = await _objets(tx, inventaire, {ligne.produit_id for ligne in comptees}, pointes)
    _ramener(tx, stocks, inventaire, sur_place, pointes)
    par_article = defaultdict(list)
    for objet in sur_place:
        par_article[objet.produit_id, objet.nature].append(objet)
    sans_raison = []
    for ligne in comptees:
        presents = par_article[ligne.produit_id, ligne.nature]
        ligne.attendue = sum((o.quantite for o in presents), ZERO)
        ecart = (ligne.comptee or ZERO) - ligne.attendue
        if ecart and ligne.raison is None:
            sans_raison.append(ligne.produit.reference)
        elif ecart < ZERO:
            _sortir(tx, stocks, inventaire, ligne, presents, pointes)
        elif ecart > ZERO:
            _entrer(tx, stocks, inventaire, ligne, ecart)
    if sans_raison:
        raise EcartsSansRaison(references=", ".join(sorted(sans_raison)[:5]))
    inventaire.valide_par, inventaire.valide_le = tx.actor.nom, tx.now
    stocks.annoncer(tx)
    return inventaire


async def _liberer(
    tx: Transaction,
    stocks: Stocks,
    inventaire: Inventaire,
    manques: Iterable[LigneInventaire],
    attendus: repository.Attendus,
) -> None:
    """What is lost cannot be kept for anybody: the feuilles served last give their reservation back first."""
    trop = {}
    for ligne in manques:
        solde = stocks.de(ligne.produit_id, inventaire.depot_id, ligne.nature)
        perdu = attendus[ligne.produit_id, ligne.nature] - (ligne.comptee or ZERO)
        if perdu > solde.disponible:
            trop[ligne.produit_id, ligne.nature] = perdu - solde.disponible
    if not trop:
        return
    produits = {produit_id for produit_id, _ in trop}
    gardees = select(Reservation.feuille_id).where(
        Reservation.produit_id.in_(produits), Reservation.depot_id == inventaire.depot_id
    )
    servies = await feuilles.sans_objets(tx, await tx.scalars(gardees.distinct()))
    for feuille in sorted(servies, key=lambda f: f.rang, reverse=True):
        avant = feuille.reste
        for attendu in feuille.attendus:
            reste = trop.get((attendu.produit_id, feuille.nature), ZERO)
            gardee = sum((r.quantite for r in attendu.reservations if r.depot_id == inventaire.depot_id), ZERO)
            rendu = min(reste, gardee)
            if rendu > ZERO:
                attendu.liberer(stocks.de(attendu.produit_id, inventaire.depot_id, feuille.nature), rendu)
                trop[attendu.produit_id, feuille.nature] = reste - rendu
        feuille.reste = sum((a.manquant for a in feuille.attendus), ZERO)
        if feuille.reste != avant:
            tx.touch(feuille)
            tx.publish(feuille.modifiee())


async def _objets(
    tx: Transaction, inventaire: Inventaire, produit_ids: set[UUID], pointes: set[UUID]
) -> list[Historique]:
    """What is there of the counted products, and what was scanned of them, locked."""
    la_ou_vu = or_(repository.sur_place(inventaire), Historique.id.in_(pointes))
    return await historiques.verrouiller(tx, Historique.produit_id.in_(produit_ids) & la_ou_vu)


def _ramener(
    tx: Transaction, stocks: Stocks, inventaire: Inventaire, sur_place: list[Historique], pointes: set[UUID]
) -> None:
    """Scanned here and written elsewhere: it is here."""
    for objet in sur_place:
        if objet.id not in pointes:
            continue
        if objet.etat not in (EtatHistorique.EN_STOCK, EtatHistorique.SORTI):
            raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
        en_stock = objet.etat is EtatHistorique.EN_STOCK and objet.depot_id == inventaire.depot_id
        if not en_stock or inventaire.emplacement_id not in (None, objet.emplacement_id):
            vers = _lieu(inventaire, objet)
            mouvements.deplacer(tx, stocks, objet, vers, motif=f"Inventaire {inventaire.numero} : vu ici")
            objet.emplacement_id = inventaire.emplacement_id


def _sortir(
    tx: Transaction,
    stocks: Stocks,
    inventaire: Inventaire,
    ligne: LigneInventaire,
    presents: list[Historique],
    pointes: set[UUID],
) -> None:
    """What is missing leaves: objects that carry no name first, the latest received first; last, a part of a quantity
    that was seen. ComptePlusPetitQueLu when more single objects were seen than counted: nothing says which is wrong.
    """
    candidats = sorted(
        (o for o in presents if o.id not in pointes or not o.produit.est_unitaire),
        key=lambda o: (o.id in pointes, bool(o.etiquette or o.numero_serie), -o.recu_le.timestamp(), str(o.id)),
    )
    reste = (ligne.attendue or ZERO) - (ligne.comptee or ZERO)
    for objet in candidats:
        if reste <= ZERO:
            break
        pris = min(reste, objet.quantite)
        reste -= pris
        mouvements.deplacer(tx, stocks, objet, PERDU, motif=_motif(inventaire, ligne), quantite=pris)
    if reste > ZERO:
        lus = sum((o.quantite for o in presents if o.id in pointes), ZERO)
        raise ComptePlusPetitQueLu(
            reference=ligne.produit.reference,
            lus=ecrire_quantite(lus),
            comptee=ecrire_quantite(ligne.comptee or ZERO),
        )


def _entrer(tx: Transaction, stocks: Stocks, inventaire: Inventaire, ligne: LigneInventaire, quantite: Decimal) -> None:
    """What nobody expected enters at the catalogue cost: no invoice is known for it."""
    if ligne.produit.politique_serie == "obligatoire":
        raise SerieObligatoire(reference=ligne.produit.reference)
    origine = Origine(
        de=Lieu(Genre.INVENTAIRE, "Inventaire"),
        motif=_motif(inventaire, ligne),
        cout_unitaire_ht=ligne.produit.prix_achat_ht,
        recu_le=tx.now,
    )
    arrivage = Arrivage(
        ligne.produit,
        inventaire.depot,
        quantite,
        origine,
        emplacement=inventaire.emplacement,
        nature=ligne.nature,
    )
    mouvements.entrer(tx, stocks, arrivage)


def _lieu(inventaire: Inventaire, objet: Historique) -> Lieu:
    """Where it was seen; outside any place an object keeps its nature."""
    if inventaire.emplacement is None:
        return mouvements.lieu_depot(inventaire.depot, objet.nature)
    return mouvements.lieu_emplacement(inventaire.depot, inventaire.emplacement)


def _motif(inventaire: Inventaire, ligne: LigneInventaire) -> str:
    raison = RAISONS[ligne.raison] if ligne.raison is not None else ""
    return f"Inventaire {inventaire.numero} : {raison}" + (f", {ligne.note}" if ligne.note else "")
