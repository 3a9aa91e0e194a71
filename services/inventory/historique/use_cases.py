"""How objects come to exist and move. Nothing changes place without a row in `mouvement`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.inventory.depot.models import Depot, Emplacement
from services.inventory.errors import (
    DestinationIncoherente,
    EmplacementInconnu,
    ObjetIndisponible,
    QuantiteRefusee,
    SerieObligatoire,
)
from services.inventory.historique import repository, rules
from services.inventory.historique.models import Historique, Mouvement
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.historique.schemas import SaisieEntree, SaisieTransfert
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.produit.models import Produit
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.contracts.inventory import HistoriqueMouvemente, Provenance
from shared.database.transaction import Transaction
from shared.kernel.money import arrondi
from shared.kernel.nombre import ecrire_quantite
from shared.kernel.refusals import PermissionManquante

REBUT = Lieu(Genre.REBUT, "Rebut")


@dataclass(frozen=True, slots=True)
class Origine:
    """Where goods come from, kept on each object for ever: that is how it is followed back to its invoice."""

    de: Lieu
    motif: str
    cout_unitaire_ht: Decimal
    recu_le: datetime
    reception_id: UUID | None = None
    reception_numero: str | None = None
    facture_fournisseur: str | None = None
    fournisseur_id: UUID | None = None
    fournisseur_nom: str | None = None
    remplace_reference: str = ""
    provenance: Provenance | None = None
    ligne_reception_id: UUID | None = None
    cout_suit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Arrivage:
    """Goods of one product entering a depot. `nature` counts outside any place: a place says its own.

    `cout_ht` is what all of it cost, when that is known to the cent; else each unit costs what the origin says.
    """

    produit: Produit
    depot: Depot
    quantite: Decimal
    origine: Origine
    nature: str
    series: tuple[str, ...] = field(default=())
    emplacement: Emplacement | None = None
    cout_ht: Decimal | None = None

    def couts_unitaires(self, quantites: Sequence[Decimal]) -> list[Decimal]:
        """The unit cost of each object that it becomes."""
        if self.cout_ht is None:
            return [self.origine.cout_unitaire_ht] * len(quantites)
        return rules.couts_unitaires(self.cout_ht, quantites)

    @property
    def vers(self) -> Lieu:
        """Where they enter."""
        if self.emplacement is None:
            return lieu_depot(self.depot, self.nature)
        return lieu_emplacement(self.depot, self.emplacement)


def lieu_depot(depot: Depot, nature: str) -> Lieu:
    """A depot as one end of a movement."""
    return Lieu(Genre.DEPOT, f"Stock {depot.nom}", depot.id, nature)


def lieu_emplacement(depot: Depot, emplacement: Emplacement) -> Lieu:
    """A place of a depot; what is kept there is of its nature."""
    return Lieu(Genre.DEPOT, f"Stock {depot.nom} · {emplacement.code}", depot.id, emplacement.nature)


def entrer(tx: Transaction, stocks: Stocks, arrivage: Arrivage) -> list[Historique]:
    """Goods become objects in a depot whose balance is locked: one per unit, or one traceable quantity."""
    produit, origine, vers = arrivage.produit, arrivage.origine, arrivage.vers
    objets = []
    unites = rules.unites(arrivage.quantite, arrivage.series, est_unitaire=produit.est_unitaire)
    for unite, cout in zip(unites, arrivage.couts_unitaires([u.quantite for u in unites]), strict=True):
        objet = Historique(
            quantite=unite.quantite,
            numero_serie=unite.numero_serie,
            etat=EtatHistorique.EN_STOCK,
            depot_id=arrivage.depot.id,
            emplacement_id=arrivage.emplacement.id if arrivage.emplacement is not None else None,
            nature=vers.nature,
            lieu_libelle=vers.libelle,
            cout_unitaire_ht=cout,
            cout_recu_ht=cout,
            cout_suit_id=origine.cout_suit_id,
            ligne_reception_id=origine.ligne_reception_id,
            recu_le=origine.recu_le,
            reception_id=origine.reception_id,
            reception_numero=origine.reception_numero,
            facture_fournisseur=origine.facture_fournisseur,
            fournisseur_id=origine.fournisseur_id,
            fournisseur_nom=origine.fournisseur_nom,
            remplace_reference=origine.remplace_reference,
            valeurs=[],
            actions=[],
            etiquette=None,
            est_visible_parc=None,
        )
        objet.produit, objet.produit_id = produit, produit.id
        objet.constater()
        tx.add(objet)
        objets.append(objet)
        _noter(tx, objet, origine.de, vers, unite.quantite, origine.motif, provenance=origine.provenance)
    stocks.de(produit.id, arrivage.depot.id, vers.nature).entrer(arrivage.quantite)
    return objets


def deplacer(
    tx: Transaction,
    stocks: Stocks,
    objet: Historique,
    vers: Lieu,
    *,
    motif: str,
    quantite: Decimal | None = None,
    demande_id: UUID | None = None,
) -> Historique:
    """Move an object, or a part of a quantity, whose balances are locked; the historique that moved.

    Whoever takes reserved goods frees the reservation first: StockInsuffisant otherwise. From a place to another of
    the same depot and nature no balance changes. `demande_id` is the project the movement belongs to.
    """
    bouge = _part(tx, objet, quantite)
    de = bouge.lieu
    meme_solde = de.genre is vers.genre is Genre.DEPOT and (de.id, de.nature) == (vers.id, vers.nature)
    if de.genre is Genre.DEPOT and de.id is not None and not meme_solde:
        solde = stocks.de(bouge.produit_id, de.id, de.nature)
        solde.sortir(bouge.quantite, reference=bouge.produit.reference)
    if vers.genre is Genre.DEPOT and vers.id is not None and not meme_solde:
        stocks.de(bouge.produit_id, vers.id, vers.nature).entrer(bouge.quantite)
    bouge.arriver(vers)
    _noter(tx, bouge, de, vers, bouge.quantite, motif, demande_id)
    return bouge


async def saisir_entree(tx: Transaction, saisie: SaisieEntree) -> list[Historique]:
    """Goods counted by hand: opening inventory, or a correction with its reason."""
    if saisie.cout_unitaire_ht is not None and not tx.actor.may("couts.voir"):
        raise PermissionManquante(permission="couts.voir")
    stocks = await stock.verrouiller(tx, [saisie.produit_id])
    produit = await produits.un(tx, saisie.produit_id)
    depot = stocks.depot(saisie.depot_id)
    if produit.politique_serie == "obligatoire" and len(saisie.numeros_serie) != saisie.quantite:
        raise SerieObligatoire(reference=produit.reference)
    await repository.exiger_series_libres(tx, produit.id, saisie.numeros_serie)
    origine = Origine(
        de=Lieu(Genre.INVENTAIRE, "Inventaire"),
        motif=saisie.motif,
        cout_unitaire_ht=produit.prix_achat_ht if saisie.cout_unitaire_ht is None else saisie.cout_unitaire_ht,
        recu_le=tx.now,
        facture_fournisseur=saisie.facture_fournisseur or None,
        fournisseur_nom=saisie.fournisseur_nom or None,
    )
    emplacement = await _emplacement(tx, depot, saisie.emplacement_id)
    series, nature = tuple(saisie.numeros_serie), await natures.principale(tx)
    objets = entrer(tx, stocks, Arrivage(produit, depot, saisie.quantite, origine, nature, series, emplacement))
    stocks.annoncer(tx)
    return objets


async def transferer(tx: Transaction, historique_id: UUID, saisie: SaisieTransfert) -> Historique:
    """Move stock to another depot, or to another place of its depot."""
    produit_id, _ = await repository.situer(tx, historique_id)
    stocks = await stock.verrouiller(tx, [produit_id])
    objet = await repository.get_for_update(tx, historique_id)
    if objet.etat is not EtatHistorique.EN_STOCK:
        raise ObjetIndisponible(objet=objet.libelle, ou=rules.MOTS[objet.etat])
    depot = stocks.depot(saisie.depot_id)
    if objet.depot_id == depot.id and objet.emplacement_id == saisie.emplacement_id:
        raise DestinationIncoherente
    emplacement = await _emplacement(tx, depot, saisie.emplacement_id)
    if emplacement is None:
        vers = lieu_depot(depot, await natures.principale(tx))
    else:
        vers = lieu_emplacement(depot, emplacement)
    bouge = deplacer(tx, stocks, objet, vers, motif=saisie.motif, quantite=saisie.quantite)
    bouge.emplacement_id = saisie.emplacement_id
    stocks.annoncer(tx)
    return bouge


async def _emplacement(tx: Transaction, depot: Depot, emplacement_id: UUID | None) -> Emplacement | None:
    """A place of the depot, when one is given; EmplacementInconnu."""
    if emplacement_id is None:
        return None
    emplacement = await tx.get(Emplacement, emplacement_id)
    if emplacement is None or emplacement.depot_id != depot.id:
        raise EmplacementInconnu
    return emplacement


def _part(tx: Transaction, objet: Historique, quantite: Decimal | None) -> Historique:
    """The whole object, or the part of it that will move; the separation is a movement that goes nowhere."""
    if quantite is None or quantite == objet.quantite:
        return objet
    if not 0 < quantite < objet.quantite:
        raise QuantiteRefusee(minimum=0, maximum=ecrire_quantite(objet.quantite))
    part = objet.scinder(quantite)
    tx.add(part)
    ici = part.lieu
    tx.add(_mouvement(tx, part, ici, ici, quantite, "Séparation d’une quantité", source_id=objet.id))
    return part


def _noter(
    tx: Transaction,
    objet: Historique,
    de: Lieu,
    vers: Lieu,
    quantite: Decimal,
    motif: str,
    demande_id: UUID | None = None,
    *,
    provenance: Provenance | None = None,
) -> None:
    tx.add(_mouvement(tx, objet, de, vers, quantite, motif))
    tx.publish(
        HistoriqueMouvemente(
            historique_id=objet.id,
            produit_id=objet.produit.id,
            quantite=quantite,
            de=de.libelle,
            vers=vers.libelle,
            motif=motif,
            demande_id=demande_id,
            vers_genre=vers.genre.value,
            provenance=provenance,
            cout_ht=arrondi(objet.cout_unitaire_ht * quantite),
        )
    )
    if objet.numero_serie:
        tx.publish(objet.situer())


def _mouvement(
    tx: Transaction,
    objet: Historique,
    de: Lieu,
    vers: Lieu,
    quantite: Decimal,
    motif: str,
    *,
    source_id: UUID | None = None,
) -> Mouvement:
    return Mouvement(
        historique_id=objet.id,
        source_id=source_id,
        produit_id=objet.produit.id,
        quantite=quantite,
        de_genre=de.genre,
        de_id=de.id,
        de_nature=de.nature,
        de_libelle=de.libelle,
        vers_genre=vers.genre,
        vers_id=vers.id,
        vers_nature=vers.nature,
        vers_libelle=vers.libelle,
        motif=motif,
        par=tx.actor.id,
        par_nom=tx.actor.nom,
        le=tx.now,
    )
