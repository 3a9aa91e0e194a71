"""A part is used on a demande, or was not after all."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.consommation.models import Consommation
from services.inventory.consommation.schemas import SaisieConsommation
from services.inventory.copies.models import CopieDemande
from services.inventory.depot import repository as depots
from services.inventory.depot.models import Emplacement
from services.inventory.errors import (
    CodeInconnu,
    ConsommationInconnue,
    DemandeInconnue,
    DepotAPreciser,
    EmplacementInconnu,
    ObjetIndisponible,
    ObjetNonLivrable,
    StockInsuffisant,
)
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import ZERO, EtatHistorique, Genre, Lieu
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.database.transaction import Transaction
from shared.kernel.money import arrondi
from shared.kernel.nombre import ecrire_quantite

Prise = list[tuple[Historique, Decimal]]


async def consommer(tx: Transaction, demande_id: UUID, saisie: SaisieConsommation) -> list[Consommation]:
    """Each object, or part of a quantity, leaves its depot or its van for the client; billing hears of it."""
    demande = await tx.get(CopieDemande, demande_id)
    if demande is None:
        raise DemandeInconnue
    if saisie.code is not None:
        stocks, prise = await _scanne(tx, saisie.code, saisie.quantite)
    else:
        stocks, prise = await _en_quantite(tx, saisie)
    consommees = [await _partir(tx, stocks, demande, objet, part, saisie) for objet, part in prise]
    stocks.annoncer(tx)
    return consommees


async def annuler(tx: Transaction, consommation_id: UUID) -> Consommation:
    """Back where it was taken, if it still is at the client's."""
    requete = select(Consommation).where(Consommation.id == consommation_id).with_for_update()
    consommee: Consommation | None = (await tx.scalars(requete)).one_or_none()
    if consommee is None:
        raise ConsommationInconnue
    fait = consommee.annuler(tx)
    stocks = await stock.verrouiller(tx, [consommee.produit_id])
    objet = await historiques.get_for_update(tx, consommee.historique_id)
    if objet.etat is not EtatHistorique.INSTALLE or objet.tiers_id != consommee.tiers_id:
        raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
    depot = stocks.depot(consommee.de_depot_id)
    vers = mouvements.lieu_depot(depot, consommee.de_nature)
    if consommee.de_emplacement_id is not None and (
        emplacement := await tx.get(Emplacement, consommee.de_emplacement_id)
    ):
        vers = mouvements.lieu_emplacement(depot, emplacement)
    mouvements.deplacer(tx, stocks, objet, vers, motif="Pas utilisé : remis en place")
    objet.emplacement_id = consommee.de_emplacement_id
    stocks.annoncer(tx)
    tx.publish(fait)
    return consommee


async def _scanne(tx: Transaction, code: str, quantite: Decimal) -> tuple[Stocks, Prise]:
    """The object of a label or a serial number, with how much of it is used."""
    historique_id = await historiques.par_code(tx, code)
    if historique_id is None:
        raise CodeInconnu(code=code)
    produit_id, _ = await historiques.situer(tx, historique_id)
    stocks = await stock.verrouiller(tx, [produit_id])
    objet = await historiques.get_for_update(tx, historique_id)
    if objet.etat is not EtatHistorique.EN_STOCK:
        raise ObjetIndisponible(objet=objet.libelle, ou=objets.MOTS[objet.etat])
    return stocks, [(objet, quantite)]


async def _en_quantite(tx: Transaction, saisie: SaisieConsommation) -> tuple[Stocks, Prise]:
    """The oldest units of a product where they are taken: a van, else the depot in its main nature."""
    assert saisie.produit_id is not None  # the schema refused anything else
    produit = await produits.un(tx, saisie.produit_id)
    stocks = await stock.verrouiller(tx, [produit.id])
    depot_id, nature, ou = await _ou(tx, stocks, saisie)
    prise, reste = [], saisie.quantite
    lieu = saisie.emplacement_id
    voulus = {produit.id: saisie.quantite}
    for objet in await historiques.en_stock(tx, voulus, depot_id, nature, emplacement_id=lieu):
        part = min(reste, objet.quantite)
        prise.append((objet, part))
        reste -= part
    if reste > ZERO:
        raise StockInsuffisant(
            reference=produit.reference,
            depot=ou,
            disponible=ecrire_quantite(saisie.quantite - reste),
            demande=ecrire_quantite(saisie.quantite),
        )
    return stocks, prise


async def _ou(tx: Transaction, stocks: Stocks, saisie: SaisieConsommation) -> tuple[UUID, str, str]:
    """(depot, nature, name) of the place it is taken from."""
    if saisie.emplacement_id is not None:
        emplacement = await tx.get(Emplacement, saisie.emplacement_id)
        if emplacement is None:
            raise EmplacementInconnu
        return emplacement.depot_id, emplacement.nature, emplacement.libelle or emplacement.code
    depot_id = saisie.depot_id
    if depot_id is None and tx.actor.agence_id is not None:
        sien = await depots.de_l_agence(tx, tx.actor.agence_id)
        depot_id = sien.id if sien is not None else None
    if depot_id is None:
        raise DepotAPreciser
    return depot_id, await natures.principale(tx), stocks.depot(depot_id).nom


async def _partir(
    tx: Transaction,
    stocks: Stocks,
    demande: CopieDemande,
    objet: Historique,
    quantite: Decimal,
    saisie: SaisieConsommation,
) -> Consommation:
    nature = await natures.exiger(tx, objet.nature)
    if not nature.est_livrable:
        raise ObjetNonLivrable(objet=objet.libelle, nature=nature.libelle.lower())
    de, emplacement_id = objet.lieu, objet.emplacement_id
    vers = Lieu(Genre.CLIENT, demande.tiers_nom, demande.tiers_id)
    motif = f"Utilisé pour la demande {demande.numero}"
    parti = mouvements.deplacer(tx, stocks, objet, vers, motif=motif, quantite=quantite, demande_id=demande.demande_id)
    parti.demande_id, parti.tiers_id, parti.tiers_nom = demande.demande_id, demande.tiers_id, demande.tiers_nom
    parti.est_visible_parc = False
    assert de.id is not None  # it was in stock
    produit = parti.produit
    await tx.flush()
    consommee = Consommation(
        demande_id=demande.demande_id,
        tiers_id=demande.tiers_id,
        historique_id=parti.id,
        produit_id=produit.id,
        reference=produit.reference,
        designation=produit.designation,
        unite=produit.unite,
        numero_serie=parti.numero_serie,
        quantite=parti.quantite,
        est_facturable=saisie.est_facturable,
        prix_ht=produit.prix_vente_ht,
        taux_tva=produit.taux_tva,
        deee_ht=produit.deee_ht,
        copie_privee_ht=produit.copie_privee_ht,
        cout_ht=arrondi(parti.cout_unitaire_ht * parti.quantite),
        de_libelle=de.libelle,
        de_depot_id=de.id,
        de_emplacement_id=emplacement_id,
        de_nature=de.nature,
        consommee_par=tx.actor.nom,
        consommee_le=tx.now,
    )
    tx.add(consommee)
    await tx.flush()
    tx.publish(consommee.annoncer(demande.affaire_id))
    return consommee
