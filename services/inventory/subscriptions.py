"""Every fact inventory reacts to."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from services.inventory.base import Base
from services.inventory.copies import use_cases as copies
from services.inventory.copies.models import CopieDemande, CopieTiers
from services.inventory.cout import use_cases as couts
from services.inventory.depot import use_cases as depots
from services.inventory.feuille.use_cases import approvisionnement, ouverture
from services.inventory.fil.use_cases import recit as fil
from services.inventory.fil.use_cases import reconstruction
from services.inventory.fil.use_cases.recit import Recit
from services.inventory.logistique import use_cases as logistique
from services.inventory.produit import use_cases as produits
from services.inventory.pv_reception import jobs as pv_reception
from shared.bus.subscriptions import Handler, Subscriptions
from shared.contracts.base import Fact
from shared.contracts.billing import FactureEmise, ReceptionChiffree
from shared.contracts.commercial import AffaireCreee, AffaireModifiee, ArticleRetenu, DevisValide
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersFusionne, TiersModifie
from shared.contracts.demandes import DemandeCreee, TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.inventory import (
    FeuilleValidee,
    FichierObjetJoint,
    HistoriqueConfigure,
    HistoriqueEtiquete,
    HistoriqueMouvemente,
    LivraisonEffectuee,
    ObjetEchange,
    PvReceptionSigne,
    RetourFournisseurConclu,
    RetourFournisseurOuvert,
)
from shared.contracts.inventory_cout import CoutsEtablis
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.contracts.maintenance import ContratModifie, EquipementAjoute, EquipementModifie, VisiteRealisee
from shared.contracts.purchasing import ReceptionValidee
from shared.database import fusion
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, total_ligne_ht

subscriptions = Subscriptions("inventory")
RECITS: dict[str, Handler[Any]] = {}  # how each type of fact is told in the fil de vie


@subscriptions.on(DevisValide)
async def ouvrir_feuille(tx: Transaction, fait: DevisValide) -> None:
    """A signed devis becomes work to prepare; an avenant adds to it."""
    await (ouverture.completer if fait.avenant_de else ouverture.ouvrir)(tx, fait)


@subscriptions.on(ArticleRetenu)
async def retenir_article(tx: Transaction, fait: ArticleRetenu) -> None:
    """What is quoted from a supplier's catalogue is a product of ours."""
    await produits.retenir(tx, fait)


@subscriptions.on(ReceptionValidee)
async def recevoir(tx: Transaction, fait: ReceptionValidee) -> None:
    """Goods checked in become objects, and go to the feuilles that wait for them."""
    await approvisionnement.recevoir(tx, fait)


@subscriptions.on(ReceptionChiffree)
async def etablir_couts(tx: Transaction, fait: ReceptionChiffree) -> None:
    """The invoice of a reception was accepted: its objects cost what it says."""
    await couts.chiffrer(tx, fait)


@subscriptions.on(AffaireCreee, AffaireModifiee)
async def suivre_affaire(tx: Transaction, fait: AffaireCreee | AffaireModifiee) -> None:
    """The feuilles of an affaire are served as it says from now on; who has what changes at the next run of reservations."""
    changement = await copies.retenir_affaire(tx, fait.affaire_id, fait.fiche)
    if changement is not None:
        await logistique.suivre_affaire(tx, fait.affaire_id, changement)


@subscriptions.on(SocieteModifiee)
async def suivre_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Each agency has its depot; labels print the company's name."""
    await depots.suivre_agences(tx, fait, _seq(tx))
    await copies.retenir_societe(tx, fait)


@subscriptions.copies(CopieTiers, TiersCree, TiersModifie)
def suivre_tiers(fait: TiersCree | TiersModifie) -> Values:
    """The names of suppliers, shown on products."""
    return copies.tiers(fait)


@subscriptions.copies(CopieDemande, DemandeCreee)
def suivre_demande(fait: DemandeCreee) -> Values:
    """What is used on a demande goes to its tiers."""
    return copies.demande(fait)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one tiers: everything follows the one kept."""
    await fusion.rattacher(tx, Base.metadata, fait)


# The fil de vie ------------------------------------------------------------------------------------------------------


def _raconte(*faits: type[Fact]) -> Callable[[Handler[Any]], Handler[Any]]:
    """Subscribe a handler of the fil de vie: its fact is kept, and told again by a rebuild."""

    def register(recit: Handler[Any]) -> Handler[Any]:
        @wraps(recit)
        async def garder_et_raconter(tx: Transaction, fait: Any) -> None:
            await reconstruction.garder(tx)
            await recit(tx, fait)

        subscriptions.on(*faits)(garder_et_raconter)
        RECITS.update({fait.type: recit for fait in faits})
        return recit

    return register


@_raconte(HistoriqueMouvemente)
async def raconter_mouvement(tx: Transaction, fait: HistoriqueMouvemente) -> None:
    """Every movement, with what the object cost."""
    await fil.suivre_projet(tx, fait)
    cout = fait.cout_ht if fait.cout_ht is not None else await fil.cout(tx, fait.historique_id, fait.quantite)
    recit = Recit("mouvement", fait.motif, f"{fait.de} → {fait.vers}", montant_ht=cout)
    achat = fil.achat(fait.provenance) if fait.provenance is not None else []
    await fil.raconter(tx, [fait.historique_id], recit, *achat)


@_raconte(CoutsEtablis)
async def raconter_couts(tx: Transaction, fait: CoutsEtablis) -> None:
    """The invoice of its supplier, and what the object costs since."""
    await fil.raconter_les_couts(tx, fait)


@_raconte(HistoriqueConfigure)
async def raconter_configuration(tx: Transaction, fait: HistoriqueConfigure) -> None:
    """Values filled in, secrets left out."""
    libelles = fait.libelles or await fil.libelles(tx, fait.historique_id)
    detail = ", ".join(f"{libelles.get(cle, cle)} : {_valeur(valeur)}" for cle, valeur in fait.valeurs.items())
    titre = "Configuration terminée" if fait.est_complete and not fait.etait_complete else "Configuration modifiée"
    await fil.raconter(tx, [fait.historique_id], Recit("configuration", titre, detail))


@_raconte(HistoriqueEtiquete)
async def raconter_etiquette(tx: Transaction, fait: HistoriqueEtiquete) -> None:
    """A label stuck on the object."""
    await fil.raconter(tx, [fait.historique_id], Recit("etiquette", "Étiquette posée", fait.code, f"/e/{fait.code}"))


@_raconte(FeuilleValidee)
async def raconter_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """The object was delivered and its project checked; what it brings is known."""
    await fil.raconter_la_vente(tx, fait)
    recit = Recit(
        "feuille",
        f"Feuille {fait.numero} validée",
        f"{fait.tiers_nom} · devis {fait.devis_numero}",
        f"/atelier/feuilles/{fait.feuille_id}",
    )
    await fil.raconter(tx, (objet.historique_id for objet in fait.objets), recit)


@_raconte(LivraisonEffectuee)
async def raconter_livraison(tx: Transaction, fait: LivraisonEffectuee) -> None:
    """The object left for the client."""
    recit = Recit("livraison", f"Livré : {fait.numero}", lien=f"/atelier/bons-livraison/{fait.bon_id}.pdf")
    await fil.raconter(tx, fait.historique_ids, recit)


@_raconte(PvReceptionSigne)
async def raconter_pv(tx: Transaction, fait: PvReceptionSigne) -> None:
    """The client received the object."""
    detail = f"{fait.signe_par}, {'avec réserves' if fait.a_reserves else 'sans réserve'}"
    recit = Recit("pv", f"Réception signée : {fait.numero}", detail, f"/atelier/pv/{fait.pv_id}.pdf")
    await fil.raconter(tx, fait.historique_ids, recit)


@subscriptions.job(PvReceptionSigne)
async def archiver_pv(db: Database, fait: PvReceptionSigne) -> None:
    """Print the PV and keep its exact file."""
    await pv_reception.archiver(db, fait)


@_raconte(RetourFournisseurOuvert)
async def raconter_retour(tx: Transaction, fait: RetourFournisseurOuvert) -> None:
    """The object left for its supplier."""
    attendu = "échange attendu" if fait.attente == "echange" else "avoir attendu"
    detail = f"{fait.motif} · {attendu}" + (f" · RMA {fait.numero_rma}" if fait.numero_rma else "")
    titre = f"Retour {fait.numero} chez {fait.fournisseur_nom}"
    await fil.raconter(tx, [fait.historique_id], Recit("retour", titre, detail, f"/atelier/retours/{fait.retour_id}"))


@_raconte(RetourFournisseurConclu)
async def raconter_issue(tx: Transaction, fait: RetourFournisseurConclu) -> None:
    """What came of it, told on both objects of an exchange."""
    ici = f"/atelier/retours/{fait.retour_id}"
    if fait.remplacant_id is not None:
        la = f"/atelier/objets/{fait.remplacant_id}"
        await fil.raconter(
            tx, [fait.historique_id], Recit("retour", f"Remplacé par {fait.remplacant}", fait.numero, la)
        )
        ici = f"/atelier/objets/{fait.historique_id}"
        await fil.raconter(tx, [fait.remplacant_id], Recit("retour", f"Remplace {fait.remplace}", fait.numero, ici))
    elif fait.issue == "avoir":
        recit = Recit("retour", f"Avoir {fait.avoir_numero} du fournisseur", fait.numero, ici, fait.avoir_ht)
        await fil.raconter(tx, [fait.historique_id], recit)
    else:
        await fil.raconter(tx, [fait.historique_id], Recit("retour", "Revenu du fournisseur", fait.numero, ici))


@_raconte(FichierObjetJoint)
async def raconter_fichier(tx: Transaction, fait: FichierObjetJoint) -> None:
    """What it looked like that day."""
    photo = f"Photo : {fait.operation}" if fait.operation else "Photo ajoutée"
    titre = photo if fait.est_photo else "Document joint"
    lien = f"/fichiers/objet/{fait.historique_id}/{fait.fichier_id}"
    await fil.raconter(
        tx,
        [fait.historique_id],
        Recit("photo" if fait.est_photo else "document", titre, "" if fait.operation else fait.nom, lien),
    )


@_raconte(ObjetEchange)
async def raconter_echange(tx: Transaction, fait: ObjetEchange) -> None:
    """Another object took its place at the client's: told on both."""
    detail, remplacant_id = f"{fait.tiers_nom} · {fait.motif}", fait.remplacant.historique_id
    la, ici = f"/atelier/objets/{remplacant_id}", f"/atelier/objets/{fait.historique_id}"
    parti = Recit("echange", f"Remplacé par {fait.remplacant_nom} chez le client", detail, la)
    await fil.raconter(tx, [fait.historique_id], parti)
    venu = Recit("echange", f"Remplace {fait.remplace} chez le client", detail, ici)
    await fil.raconter(tx, [remplacant_id], venu)


@_raconte(ConsommationSaisie)
async def raconter_consommation(tx: Transaction, fait: ConsommationSaisie) -> None:
    """What a part used on a demande brings; its movement is told by itself."""
    if fait.est_facturable:
        detail, lien = (
            f"{fait.consommee_par} · à facturer au client{', prix à donner' if fait.prix_a_fixer else ''}",
            f"/demandes/{fait.demande_id}",
        )
        prix = None if fait.prix_a_fixer else total_ligne_ht(fait.quantite, fait.prix_ht)
        recit = Recit("vente", f"Utilisé en dépannage : {fait.designation}", detail, lien, prix)
        await fil.raconter(tx, [fait.historique_id], recit)


@_raconte(ConsommationAnnulee)
async def raconter_consommation_annulee(tx: Transaction, fait: ConsommationAnnulee) -> None:
    """It brings nothing after all."""
    if fait.est_facturable:
        recit = Recit("vente", "Vente annulée : pas utilisé", lien=f"/demandes/{fait.demande_id}", montant_ht=ZERO)
        await fil.raconter(tx, [fait.historique_id], recit)


@_raconte(FactureEmise)
async def raconter_facture(tx: Transaction, fait: FactureEmise) -> None:
    """The project of the object was invoiced: the whole invoice in words, the object's own sale as its amount."""
    nom = {"facture": "Facture", "acompte": "Facture d’acompte", "avoir": "Avoir"}[fait.nature]
    lien = f"/administratif/factures/{fait.facture_id}"
    recit = Recit("facture", f"{nom} {fait.numero} émise", fait.tiers_nom, lien, fait.total_ht)
    if fait.contrat_id is None and fait.nature == "facture":
        await fil.raconter_la_facture(tx, fait.demande_id, recit)
    elif fait.contrat_id is None:
        await fil.raconter_au_projet(tx, fait.demande_id, replace(recit, montant_ht=None))
    else:
        await fil.raconter_au_contrat(tx, fait.contrat_id, recit)


@_raconte(EquipementAjoute, EquipementModifie)
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


@_raconte(ContratModifie)
async def raconter_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """A contract covers the object from now on, or no longer does."""
    gagnes, perdus = await fil.lier_contrat(tx, fait)
    sous = Recit("contrat", f"Sous contrat {fait.numero}", fait.objet, f"/parc/contrats/{fait.contrat_id}")
    await fil.raconter(tx, gagnes, sous)
    fins = {"resilie": f"Contrat {fait.numero} résilié", "termine": f"Contrat {fait.numero} terminé"}
    await fil.raconter(tx, perdus, replace(sous, titre=fins.get(fait.etat, f"Sorti du contrat {fait.numero}")))


@_raconte(VisiteRealisee)
async def raconter_visite(tx: Transaction, fait: VisiteRealisee) -> None:
    """A preventive visit passed by the objects of its contract."""
    recit = Recit("visite", "Visite de maintenance réalisée", lien=f"/parc/visites/{fait.visite_id}")
    await fil.raconter_au_contrat(tx, fait.contrat_id, recit)


@_raconte(DemandeCreee)
async def raconter_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """Somebody asked something about the object (SAV most of the time)."""
    if fait.equipement_id is not None:
        recit = Recit("demande", f"Demande {fait.numero}", fait.objet, f"/demandes/{fait.demande_id}")
        await fil.raconter_a_l_equipement(tx, fait.equipement_id, recit)


@_raconte(TempsSaisi)
async def raconter_temps(tx: Transaction, fait: TempsSaisi) -> None:
    """Time spent on the object itself, else on its project."""
    detail = " · ".join(filter(None, (fait.collaborateur_nom, fait.travaux)))
    recit = Recit("temps", f"Temps passé : {_duree(fait.minutes)}", detail, f"/demandes/{fait.demande_id}")
    if (temps := await fil.compter_le_temps(tx, fait)) is not None:
        await fil.raconter_le_temps(tx, temps, recit)


@_raconte(TempsCorrige, TempsRetire)
async def raconter_temps_corrige(tx: Transaction, fait: TempsCorrige | TempsRetire) -> None:
    """Time told before was not that one, or was never spent."""
    recit = Recit("temps", "Temps retiré", lien=f"/demandes/{fait.demande_id}")
    if isinstance(fait, TempsCorrige):
        recit = replace(recit, titre=f"Temps corrigé : {_duree(fait.minutes)}", detail=fait.travaux)
    if (temps := await fil.compter_le_temps(tx, fait)) is not None:
        await fil.raconter_le_temps(tx, temps, recit)
    else:
        await fil.raconter_au_projet(tx, fait.demande_id, recit)


def _duree(minutes: int) -> str:
    heures, reste = divmod(minutes, 60)
    return f"{heures} h {reste:02d}" if heures else f"{reste} min"


def _seq(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope is not None else 0


def _valeur(valeur: object) -> str:
    if valeur is None:
        return "effacé"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(valeur)
