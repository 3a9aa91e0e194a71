"""The end of a preparation: closed by the field team, validated towards billing and the parc, reopened with a trace."""

from decimal import Decimal
from uuid import UUID

from services.inventory.feuille import repository
from services.inventory.feuille.models import Feuille
from services.inventory.feuille.repository import Chantier
from services.inventory.feuille.schemas import SaisieSuivi
from services.inventory.feuille.use_cases.livraison import livrer_le_reste
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import EtatHistorique, Genre, Lieu
from services.inventory.type_produit.rules import ecrire
from shared.contracts.inventory import FeuilleValidee, ObjetInstalle
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import arrondi


async def suivre(tx: Transaction, feuille_id: UUID, saisie: SaisieSuivi, version: int | None) -> Chantier:
    """Priority, wished delivery and preparation zone."""
    chantier = await repository.get_for_update(tx, feuille_id)
    feuille = chantier.feuille
    await tx.expect_version(feuille, version)
    feuille.exiger_modifiable()
    avant = (feuille.priorite, feuille.zone, feuille.livraison_souhaitee)
    voulu = (saisie.priorite, saisie.zone, saisie.livraison_souhaitee)
    feuille.priorite, feuille.zone, feuille.livraison_souhaitee = voulu
    if voulu != avant:
        tx.publish(feuille.modifiee())
    return chantier


async def cloturer(tx: Transaction, feuille_id: UUID) -> Chantier:
    """Button "Clôturer la préparation": the intervention ended."""
    chantier = await repository.get_for_update(tx, feuille_id)
    tx.publish(chantier.feuille.cloturer(tx.actor, tx.now))
    return chantier


async def valider(tx: Transaction, feuille_id: UUID, *, malgre_ecarts: bool) -> Chantier:
    """Button "Valider la feuille": objects leave for the client, billing and the parc take over. Exactly once."""
    stocks, chantier = await repository.avec_stock(tx, feuille_id)
    feuille = chantier.feuille
    feuille.constater(chantier.objets)
    feuille.valider(tx.actor, tx.now, malgre_ecarts=malgre_ecarts)
    client = Lieu(Genre.CLIENT, feuille.tiers_nom, feuille.tiers_id)
    for objet in chantier.objets:
        if objet.etat is EtatHistorique.EN_PREPARATION:
            motif = f"Installé : feuille {feuille.numero}"
            mouvements.deplacer(tx, stocks, objet, client, motif=motif, demande_id=feuille.demande_id)
            objet.garantir(jour_paris(tx.now))
            objet.est_visible_parc = objet.visible_parc  # what its product says later is for those not delivered yet
    for attendu in feuille.attendus:
        for reservation in list(attendu.reservations):
            solde = stocks.de(reservation.produit_id, reservation.depot_id, feuille.nature)
            attendu.liberer(solde, reservation.quantite)
        attendu.manquant = Decimal(0)
    feuille.reste = Decimal(0)
    await livrer_le_reste(tx, chantier, chantier.objets)
    tx.publish(validee(feuille, chantier.objets))
    tx.publish(feuille.modifiee())
    stocks.annoncer(tx)
    return chantier


async def rouvrir(tx: Transaction, feuille_id: UUID, motif: str) -> Chantier:
    """Correct a validated feuille: who, when and why stay on it; what it misses is kept in stock, or wanted again."""
    stocks, chantier = await repository.avec_stock(tx, feuille_id)
    feuille = chantier.feuille
    for attendu in feuille.attendus:
        attendu.compter(o for o in chantier.objets if o.attendu_id == attendu.id)
        if attendu.est_stockable:
            attendu.reserver(stocks.de_produit(attendu.produit_id, feuille.nature, depuis=feuille.depot_id))
    tx.publish(feuille.rouvrir(tx.actor, tx.now, motif))
    stocks.annoncer(tx)
    return chantier


def validee(feuille: Feuille, objets: list[Historique]) -> FeuilleValidee:
    """Everything billing and the parc need: lines of the devis, objects without their secrets."""
    colonnes = {c.id: c for c in feuille.colonnes}
    if feuille.validee_le is None:
        raise ValueError("only a validated feuille is announced as such")
    return FeuilleValidee(
        feuille_id=feuille.id,
        demande_id=feuille.demande_id,
        numero=feuille.numero,
        proposition_id=feuille.proposition_id,
        devis_numero=feuille.devis_numero,
        tiers_id=feuille.tiers_id,
        tiers_nom=feuille.tiers_nom,
        objet=feuille.objet,
        lignes=tuple(c.contrat() for c in feuille.colonnes),
        objets=tuple(
            objet_installe(o, colonnes[o.colonne_id].ligne_id, colonnes[o.colonne_id].maintenance_souhaitee)
            for o in objets
            if o.colonne_id is not None
        ),
        valide_le=feuille.validee_le,
        agence_id=feuille.agence_id,
        affaire_id=feuille.affaire_id,
    )


def objet_installe(objet: Historique, ligne_id: UUID, maintenance_souhaitee: bool) -> ObjetInstalle:
    """An object as the parc receives it; its cost is that of the whole quantity."""
    produit, du_type = objet.produit, objet.produit.type
    formulaire = {c.cle: c for c in du_type.formulaire} if du_type is not None else {}
    return ObjetInstalle(
        historique_id=objet.id,
        ligne_id=ligne_id,
        produit_id=produit.id,
        reference=produit.reference,
        designation=produit.designation,
        quantite=objet.quantite,
        type_code=du_type.code if du_type is not None else None,
        type_libelle=du_type.libelle if du_type is not None else None,
        numero_serie=objet.numero_serie,
        etiquette=objet.etiquette,
        configuration={
            v.cle: ecrire(formulaire[v.cle], v.contenu)
            for v in objet.actuelles
            if v.cle in formulaire and not formulaire[v.cle].secret and not v.est_secrete and v.est_remplie
        },
        libelles={cle: champ.titre for cle, champ in formulaire.items() if not champ.secret},
        est_visible_parc=objet.visible_parc,
        maintenance_souhaitee=maintenance_souhaitee or produit.maintenance_requise,
        cout_ht=arrondi(objet.cout_unitaire_ht * objet.quantite),
        reception_numero=objet.reception_numero,
        facture_fournisseur=objet.facture_fournisseur,
        fournisseur_nom=objet.fournisseur_nom,
        remplace_reference=objet.remplace_reference,
        garantie_jusqu_au=objet.garantie_jusqu_au,
    )
