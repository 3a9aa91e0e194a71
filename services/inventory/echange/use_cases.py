"""An object is replaced at a client's during a SAV, or any other day."""

from uuid import UUID

from services.inventory.bon_livraison import repository as bons
from services.inventory.depot import repository as depots
from services.inventory.echange.schemas import SaisieEchange
from services.inventory.errors import (
    CodeInconnu,
    DepotDuRetourAPreciser,
    EchangeAvecSoi,
    EtiquetteAPoser,
    ObjetIndisponible,
    ObjetNonLivrable,
    ObjetNonUnitaire,
)
from services.inventory.etiquette import use_cases as etiquettes
from services.inventory.historique import repository as historiques
from services.inventory.historique import rules as objets
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import UN, EtatHistorique, Genre, Lieu
from services.inventory.nature import repository as natures
from services.inventory.nature.rules import DOUTEUSE
from services.inventory.retour import use_cases as retours
from services.inventory.retour.models import nommer
from services.inventory.retour.rules import Attente
from services.inventory.retour.schemas import SaisieRetour
from services.inventory.stock import repository as stock
from services.inventory.stock.repository import Stocks
from shared.contracts.inventory import ObjetEchange, Remplacant
from shared.database.transaction import Transaction


async def echanger(tx: Transaction, ancien_id: UUID, saisie: SaisieEchange) -> Historique:
    """The new one leaves the stock for the client, the old one the client; what took its place."""
    nouveau_id = await historiques.par_code(tx, saisie.code)
    if nouveau_id is None:
        raise CodeInconnu(code=saisie.code)
    if nouveau_id == ancien_id:
        raise EchangeAvecSoi
    produits = {(await historiques.situer(tx, id_))[0] for id_ in (ancien_id, nouveau_id)}
    stocks = await stock.verrouiller(tx, produits)
    verrouilles = await historiques.verrouiller(tx, Historique.id.in_([ancien_id, nouveau_id]))
    ancien, nouveau = sorted(verrouilles, key=lambda o: o.id == nouveau_id)
    await _exiger(tx, ancien, nouveau)
    fait = _fait(tx, ancien, nouveau, saisie)
    await _installer(tx, stocks, ancien, nouveau, saisie)
    await _reprendre(tx, stocks, ancien, saisie)
    fait = fait.model_copy(update={"remplacant": _remplacant(nouveau)})
    tx.publish(fait)
    return nouveau


async def _exiger(tx: Transaction, ancien: Historique, nouveau: Historique) -> None:
    if ancien.etat is not EtatHistorique.INSTALLE:
        raise ObjetIndisponible(objet=ancien.libelle, ou=objets.MOTS[ancien.etat])
    if nouveau.etat is not EtatHistorique.EN_STOCK:
        raise ObjetIndisponible(objet=nouveau.libelle, ou=objets.MOTS[nouveau.etat])
    nature = await natures.exiger(tx, nouveau.nature)
    if not nature.est_livrable:
        raise ObjetNonLivrable(objet=nouveau.libelle, nature=nature.libelle.lower())
    for objet in (ancien, nouveau):
        if objet.quantite != UN:
            raise ObjetNonUnitaire(objet=objet.libelle)


async def _installer(
    tx: Transaction, stocks: Stocks, ancien: Historique, nouveau: Historique, saisie: SaisieEchange
) -> None:
    """At the same client's; what its product asks of a label is done now, the parc shows it as it showed the old one."""
    if saisie.code_etiquette:
        await etiquettes.poser(tx, nouveau, saisie.code_etiquette)
    if nouveau.produit.demande_etiquette and nouveau.etiquette is None:
        raise EtiquetteAPoser(objet=nouveau.libelle)
    client = Lieu(Genre.CLIENT, ancien.lieu_libelle, ancien.tiers_id)
    motif = f"Échange : remplace {_nom(ancien)}, {saisie.motif[:1].lower()}{saisie.motif[1:]}"
    demande_id = saisie.demande_id or ancien.demande_id
    mouvements.deplacer(tx, stocks, nouveau, client, motif=motif, demande_id=demande_id)
    nouveau.demande_id, nouveau.tiers_id, nouveau.tiers_nom = demande_id, ancien.tiers_id, ancien.tiers_nom
    nouveau.est_visible_parc = ancien.visible_parc
    nouveau.garantie_jusqu_au = ancien.garantie_jusqu_au
    nouveau.remplace_id = ancien.id


async def _reprendre(tx: Transaction, stocks: Stocks, ancien: Historique, saisie: SaisieEchange) -> None:
    """Back in a depot, where nobody counts on it before it was looked at; scrapped; or on its way to its supplier."""
    if saisie.devenir == "fournisseur":
        stocks.annoncer(tx)
        retour = SaisieRetour(
            historique_id=ancien.id, attente=Attente.ECHANGE, motif=saisie.motif, numero_rma=saisie.numero_rma
        )
        await retours.ouvrir(tx, retour)
        return
    vers = mouvements.REBUT
    if saisie.devenir == "stock":
        vers = mouvements.lieu_depot(stocks.depot(await _depot(tx, saisie)), DOUTEUSE)
    mouvements.deplacer(tx, stocks, ancien, vers, motif=f"Échangé chez {ancien.tiers_nom} : {saisie.motif}")
    await bons.rendre(tx, ancien.id)
    stocks.annoncer(tx)


async def _depot(tx: Transaction, saisie: SaisieEchange) -> UUID:
    if saisie.depot_id is not None:
        return saisie.depot_id
    depot = await depots.de_l_agence(tx, tx.actor.agence_id) if tx.actor.agence_id else None
    if depot is None:
        raise DepotDuRetourAPreciser
    return depot.id


def _nom(objet: Historique) -> str:
    return nommer(objet.numero_serie, objet.produit.designation)


def _fait(tx: Transaction, ancien: Historique, nouveau: Historique, saisie: SaisieEchange) -> ObjetEchange:
    """Said before anything moves: afterwards the old one belongs to no client."""
    if ancien.tiers_id is None:
        raise ObjetIndisponible(objet=ancien.libelle, ou="chez un client inconnu")
    return ObjetEchange(
        historique_id=ancien.id,
        remplace=_nom(ancien),
        remplacant=_remplacant(nouveau),
        remplacant_nom=_nom(nouveau),
        tiers_id=ancien.tiers_id,
        tiers_nom=ancien.tiers_nom or "",
        demande_id=saisie.demande_id or ancien.demande_id,
        motif=saisie.motif,
        devenir=saisie.devenir,
        echange_le=tx.now,
    )


def _remplacant(objet: Historique) -> Remplacant:
    du_type = objet.produit.type
    return Remplacant(
        historique_id=objet.id,
        produit_id=objet.produit_id,
        reference=objet.produit.reference,
        designation=objet.produit.designation,
        type_code=du_type.code if du_type is not None else None,
        type_libelle=du_type.libelle if du_type is not None else None,
        numero_serie=objet.numero_serie,
        etiquette=objet.etiquette,
        reception_numero=objet.reception_numero,
        facture_fournisseur=objet.facture_fournisseur,
        fournisseur_nom=objet.fournisseur_nom,
    )
