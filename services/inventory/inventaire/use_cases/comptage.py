"""Opening a count and filling its sheet. Nothing moves here."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, or_, select

from services.inventory.depot import repository as depots
from services.inventory.errors import (
    EmplacementInconnu,
    InventaireCodeInconnu,
    ObjetIndisponible,
    PointageInconnu,
    ProduitInconnu,
)
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique
from services.inventory.inventaire import repository
from services.inventory.inventaire.models import Inventaire, LigneInventaire, Pointage
from services.inventory.inventaire.rules import EtatInventaire
from services.inventory.inventaire.schemas import SaisieComptages, SaisieInventaire, VuePointage
from services.inventory.nature import repository as natures
from services.inventory.produit.models import Produit
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.nombre import ecrire_quantite

UN = Decimal(1)


async def ouvrir(tx: Transaction, saisie: SaisieInventaire) -> Inventaire:
    """A sheet with a line per product that should be there."""
    depot = await depots.get_for_update(tx, saisie.depot_id)
    if saisie.emplacement_id is not None and saisie.emplacement_id not in {e.id for e in depot.emplacements}:
        raise EmplacementInconnu
    annee = jour_paris(tx.now).year
    inventaire = Inventaire(
        numero=f"INV-{annee}-{await next_number(tx, f'INV-{annee}'):05d}",
        depot_id=depot.id,
        emplacement_id=saisie.emplacement_id,
        motif=saisie.motif,
        est_aveugle=saisie.est_aveugle,
        ouvert_par=tx.actor.nom,
        lignes=[],
        pointages=[],
    )
    tx.add(inventaire)
    for produit_id, nature in sorted(await repository.attendus(tx.session, inventaire)):
        inventaire.lignes.append(LigneInventaire(produit_id=produit_id, nature=nature, comptee=None, note=""))
    await tx.flush()
    return inventaire


async def compter(tx: Transaction, inventaire_id: UUID, saisie: SaisieComptages) -> Inventaire:
    """Quantities written on the sheet; reasons may be added once it is counted."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    if inventaire.etat is not EtatInventaire.COMPTE:
        inventaire.exiger_ouvert()
    connus = {ligne.produit_id for ligne in inventaire.lignes}
    ajoutes = {voulue.produit_id for voulue in saisie.lignes} - connus
    await _exiger_stockables(tx, ajoutes)
    principale = await natures.principale(tx)
    for voulue in saisie.lignes:
        nature = (await natures.exiger(tx, voulue.nature)).code if voulue.nature else principale
        ligne = inventaire.ligne(voulue.produit_id, nature)
        ligne.comptee, ligne.raison, ligne.note = voulue.comptee, voulue.raison, voulue.note
    tx.touch(inventaire)
    return inventaire


async def scanner(tx: Transaction, inventaire_id: UUID, code: str) -> VuePointage:
    """An object seen there, or one more unit of a product: counted as it is read."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    inventaire.exiger_ouvert()
    historique_id = await historiques.par_code(tx, code)
    vue = (
        await _pointer(tx, inventaire, historique_id)
        if historique_id is not None
        else await _une_unite(tx, inventaire, code)
    )
    tx.touch(inventaire)
    await tx.flush()
    return vue


async def annuler_pointage(tx: Transaction, inventaire_id: UUID, pointage_id: UUID) -> None:
    """Scanned by mistake."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    inventaire.exiger_ouvert()
    pointage = next((p for p in inventaire.pointages if p.id == pointage_id), None)
    if pointage is None:
        raise PointageInconnu
    objet = await historiques.lire(tx, pointage.historique_id)
    inventaire.ligne(objet.produit_id, _nature(inventaire, objet)).ajouter(-objet.quantite)
    inventaire.pointages.remove(pointage)
    tx.touch(inventaire)


async def terminer(tx: Transaction, inventaire_id: UUID, *, absents_a_zero: bool) -> Inventaire:
    """The count is over: differences show, whoever counted blind."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    inventaire.passer(EtatInventaire.COMPTE)
    inventaire.compte_par, inventaire.compte_le = tx.actor.nom, tx.now
    if absents_a_zero:
        for ligne in inventaire.lignes:
            ligne.comptee = ligne.comptee if ligne.comptee is not None else Decimal(0)
    return inventaire


async def passer(tx: Transaction, inventaire_id: UUID, vise: EtatInventaire) -> Inventaire:
    """Count again, or give up."""
    inventaire = await repository.get_for_update(tx, inventaire_id)
    inventaire.passer(vise)
    return inventaire


async def _pointer(tx: Transaction, inventaire: Inventaire, historique_id: UUID) -> VuePointage:
    objet = await historiques.lire(tx, historique_id)
    detail = objet.numero_serie or objet.etiquette or objet.produit.reference
    if any(p.historique_id == objet.id for p in inventaire.pointages):
        return VuePointage(resultat="deja", pointage_id=None, libelle=objet.produit.designation, detail=detail)
    if objet.etat not in (EtatHistorique.EN_STOCK, EtatHistorique.SORTI):
        raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
    en_stock = objet.etat is EtatHistorique.EN_STOCK and objet.depot_id == inventaire.depot_id
    ici = en_stock and inventaire.emplacement_id in (None, objet.emplacement_id)
    pointage = Pointage(historique_id=objet.id, est_ailleurs=not ici, par_nom=tx.actor.nom, le=tx.now)
    inventaire.pointages.append(pointage)
    inventaire.ligne(objet.produit_id, _nature(inventaire, objet)).ajouter(objet.quantite)
    await tx.flush()
    return VuePointage(
        resultat="vu" if ici else "ailleurs",
        pointage_id=pointage.id,
        libelle=objet.produit.designation,
        detail=detail if ici else f"{detail} · attendu : {objet.lieu_libelle}",
    )


async def _une_unite(tx: Transaction, inventaire: Inventaire, code: str) -> VuePointage:
    chiffres = code.strip()
    nomme = or_(func.upper(Produit.reference) == chiffres.upper(), Produit.ean == chiffres)
    produit: Produit | None = (
        await tx.scalars(select(Produit).where(nomme, Produit.est_stockable).order_by(Produit.id).limit(1))
    ).one_or_none()
    if produit is None:
        raise InventaireCodeInconnu(code=code)
    nature = inventaire.emplacement.nature if inventaire.emplacement is not None else await natures.principale(tx)
    ligne = inventaire.ligne(produit.id, nature)
    ligne.ajouter(UN)
    detail = f"{produit.reference} · {ecrire_quantite(ligne.comptee or UN)} {produit.unite}"
    return VuePointage(resultat="vu", pointage_id=None, libelle=produit.designation, detail=detail)


def _nature(inventaire: Inventaire, objet: Historique) -> str:
    return inventaire.emplacement.nature if inventaire.emplacement is not None else objet.nature


async def _exiger_stockables(tx: Transaction, produit_ids: set[UUID]) -> None:
    if not produit_ids:
        return
    trouves = select(func.count()).where(Produit.id.in_(produit_ids), Produit.est_stockable)
    if await tx.scalar(trouves) != len(produit_ids):
        raise ProduitInconnu
