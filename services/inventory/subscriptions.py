"""Every fact inventory reacts to."""

from services.inventory.copies import use_cases as copies
from services.inventory.depot import use_cases as depots
from services.inventory.feuille.use_cases import approvisionnement, ouverture
from services.inventory.fil import use_cases as fil
from services.inventory.fil.use_cases import Recit
from shared.bus.subscriptions import Subscriptions
from shared.contracts.billing import FactureEmise
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee
from shared.contracts.inventory import FeuilleValidee, HistoriqueConfigure, HistoriqueEtiquete, HistoriqueMouvemente
from shared.contracts.maintenance import ContratModifie, EquipementAjoute, EquipementModifie, VisiteRealisee
from shared.contracts.purchasing import ReceptionValidee
from shared.database.transaction import Transaction

subscriptions = Subscriptions("inventory")


@subscriptions.on(DevisValide)
async def ouvrir_feuille(tx: Transaction, fait: DevisValide) -> None:
    """A signed devis becomes work to prepare."""
    await ouverture.ouvrir(tx, fait)


@subscriptions.on(ReceptionValidee)
async def recevoir(tx: Transaction, fait: ReceptionValidee) -> None:
    """Goods checked in become objects, and go to the feuilles that wait for them."""
    await approvisionnement.recevoir(tx, fait)


@subscriptions.on(SocieteModifiee)
async def suivre_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Each agency has its depot; labels print the company's name."""
    await depots.suivre_agences(tx, fait, _seq(tx))
    await copies.retenir_societe(tx, fait)


@subscriptions.on(TiersCree, TiersModifie)
async def suivre_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """The names of suppliers, shown on products."""
    await copies.retenir_tiers(tx, fait.tiers_id, fait.fiche)


# The fil de vie ------------------------------------------------------------------------------------------------------


@subscriptions.on(HistoriqueMouvemente)
async def raconter_mouvement(tx: Transaction, fait: HistoriqueMouvemente) -> None:
    """Every movement, with what the object cost."""
    cout = await fil.cout(tx, fait.historique_id, fait.quantite)
    recit = Recit("mouvement", fait.motif, f"{fait.de} → {fait.vers}", montant_ht=cout)
    await fil.raconter(tx, [fait.historique_id], recit)


@subscriptions.on(HistoriqueConfigure)
async def raconter_configuration(tx: Transaction, fait: HistoriqueConfigure) -> None:
    """Values filled in, secrets left out."""
    libelles = await fil.libelles(tx, fait.historique_id)
    detail = ", ".join(f"{libelles.get(cle, cle)} : {_valeur(valeur)}" for cle, valeur in fait.valeurs.items())
    titre = "Configuration terminée" if fait.est_complete else "Configuration modifiée"
    await fil.raconter(tx, [fait.historique_id], Recit("configuration", titre, detail))


@subscriptions.on(HistoriqueEtiquete)
async def raconter_etiquette(tx: Transaction, fait: HistoriqueEtiquete) -> None:
    """A label stuck on the object."""
    await fil.raconter(tx, [fait.historique_id], Recit("etiquette", "Étiquette posée", fait.code, f"/e/{fait.code}"))


@subscriptions.on(FeuilleValidee)
async def raconter_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """The object was delivered and its project checked."""
    recit = Recit(
        "feuille",
        f"Feuille {fait.numero} validée",
        f"{fait.tiers_nom} · devis {fait.devis_numero}",
        f"/atelier/feuilles/{fait.feuille_id}",
    )
    await fil.raconter(tx, (objet.historique_id for objet in fait.objets), recit)


@subscriptions.on(FactureEmise)
async def raconter_facture(tx: Transaction, fait: FactureEmise) -> None:
    """The project of the object was invoiced."""
    nom = {"facture": "Facture", "acompte": "Facture d’acompte", "avoir": "Avoir"}[fait.nature]
    lien = f"/administratif/factures/{fait.facture_id}"
    recit = Recit("facture", f"{nom} {fait.numero} émise", fait.tiers_nom, lien, fait.total_ht)
    if fait.contrat_id is None:
        await fil.raconter_au_projet(tx, fait.demande_id, recit)
    else:
        await fil.raconter_au_contrat(tx, fait.contrat_id, recit)


@subscriptions.on(EquipementAjoute, EquipementModifie)
async def raconter_equipement(tx: Transaction, fait: EquipementAjoute | EquipementModifie) -> None:
    """The object entered a client's parc, or gained a contract there."""
    fiche = fait.fiche
    contrat_id = await fil.lier_equipement(tx, fait.equipement_id, fiche)
    if fiche.historique_id is None:
        return
    if isinstance(fait, EquipementAjoute):
        lieu = f" · {fiche.lieu}" if fiche.lieu else ""
        recit = Recit(
            "parc", "Entré au parc client", f"{fiche.tiers_nom}{lieu}", f"/parc/equipements/{fait.equipement_id}"
        )
        await fil.raconter(tx, [fiche.historique_id], recit)
    elif contrat_id is not None:
        recit = Recit("contrat", f"Contrat {fiche.contrat_numero or ''}".strip(), lien=f"/parc/contrats/{contrat_id}")
        await fil.raconter(tx, [fiche.historique_id], recit)


@subscriptions.on(ContratModifie)
async def raconter_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """A contract covers the object from now on."""
    equipements = [e for ligne in fait.lignes for e in ligne.equipement_ids]
    gagnes = await fil.lier_contrat(tx, fait.contrat_id, fait.numero, equipements)
    recit = Recit("contrat", f"Sous contrat {fait.numero}", fait.objet, f"/parc/contrats/{fait.contrat_id}")
    await fil.raconter(tx, gagnes, recit)


@subscriptions.on(VisiteRealisee)
async def raconter_visite(tx: Transaction, fait: VisiteRealisee) -> None:
    """A preventive visit passed by the objects of its contract."""
    recit = Recit("visite", "Visite de maintenance réalisée", lien=f"/parc/visites/{fait.visite_id}")
    await fil.raconter_au_contrat(tx, fait.contrat_id, recit)


@subscriptions.on(DemandeCreee)
async def raconter_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """Somebody asked something about the object (SAV most of the time)."""
    if fait.equipement_id is not None:
        recit = Recit("demande", f"Demande {fait.numero}", fait.objet, f"/demandes/{fait.demande_id}")
        await fil.raconter_a_l_equipement(tx, fait.equipement_id, recit)


def _seq(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope is not None else 0


def _valeur(valeur: object) -> str:
    if valeur is None:
        return "effacé"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)
