"""What a validated preparation sheet puts into the parc, and what the workshop changes afterwards."""

from uuid import UUID

from services.maintenance.couverture import use_cases as couverture
from services.maintenance.equipement import repository
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.use_cases import valeurs
from services.maintenance.parc import use_cases as parc
from shared.contracts.inventory import FeuilleValidee, HistoriqueConfigure, HistoriqueEtiquete, ObjetInstalle
from shared.contracts.inventory_cout import CoutsEtablis
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

ATELIER = "atelier"
OTE_DE_LA_FEUILLE = "Ôté de la feuille {numero} corrigée"


async def installer(tx: Transaction, fait: FeuilleValidee) -> dict[str, list[Equipement]]:
    """One equipment per delivered object meant for the parc, with its configuration as first dated values.

    Answers the equipment of each line of the sheet (by id of the line), already known ones included.
    """
    visibles = [objet for objet in fait.objets if objet.est_visible_parc]
    await _retirer_les_absents(tx, fait, {objet.historique_id for objet in visibles})
    if not visibles:
        return {}
    await parc.ouvrir(tx, fait.tiers_id, fait.tiers_nom)
    connus = await repository.d_historiques(tx, [o.historique_id for o in visibles])
    par_ligne: dict[str, list[Equipement]] = {}
    for objet in visibles:
        equipement = connus.get(objet.historique_id)
        if equipement is None or equipement.tiers_id != fait.tiers_id or _a_ete_ote(equipement):
            equipement = connus[objet.historique_id] = await _livrer(tx, fait, objet, equipement)
        equipement.nommer(objet.libelles)
        par_ligne.setdefault(str(objet.ligne_id), []).append(equipement)
    await tx.flush()
    await valeurs.relever(
        tx,
        {connus[o.historique_id].id: o.configuration for o in visibles},
        le=jour_paris(fait.valide_le),
        par=tx.actor.nom,
        source=ATELIER,
        source_id=fait.feuille_id,
    )
    return par_ligne


async def _retirer_les_absents(tx: Transaction, fait: FeuilleValidee, presents: set[UUID]) -> None:
    """A feuille corrected and validated again: what was taken off it was not delivered after all."""
    for equipement in await repository.de_la_feuille(tx, fait.feuille_id):
        if equipement.historique_id not in presents and not equipement.est_retire:
            motif = OTE_DE_LA_FEUILLE.format(numero=fait.numero)
            tx.publish(equipement.retirer(jour_paris(fait.valide_le), motif))
            await couverture.oublier(tx, equipement.tiers_id, equipement.id)


def _a_ete_ote(equipement: Equipement) -> bool:
    """Whether it left the parc because its feuille no longer had it: it is delivered again."""
    ote = OTE_DE_LA_FEUILLE.format(numero=equipement.feuille_numero)
    return equipement.est_retire and equipement.motif_retrait == ote


async def _livrer(tx: Transaction, fait: FeuilleValidee, objet: ObjetInstalle, deja: Equipement | None) -> Equipement:
    """A new equipment, or the same physical object delivered to another client."""
    equipement = deja or Equipement.nouveau(fait.tiers_id, fait.tiers_nom, historique_id=objet.historique_id)
    equipement.demenager(fait.tiers_id, fait.tiers_nom)
    copies = ("produit_id", "reference", "designation", "quantite", "type_code", "type_libelle", "numero_serie")
    chaine = ("reception_numero", "facture_fournisseur", "fournisseur_nom", "garantie_jusqu_au")
    for champ in (*copies, *chaine):
        setattr(equipement, champ, getattr(objet, champ))
    equipement.feuille_id, equipement.feuille_numero = fait.feuille_id, fait.numero
    equipement.devis_numero = fait.devis_numero
    equipement.demande_id, equipement.affaire_id = fait.demande_id, fait.affaire_id
    equipement.installe_le = jour_paris(fait.valide_le)
    if objet.etiquette:
        await poser(tx, equipement, objet.etiquette)
    if deja is None:
        if objet.remplace_reference:
            equipement.notes = f"Livré à la place de {objet.remplace_reference}, dont la référence a changé."
        equipement.indexer()
        tx.add(equipement)
        tx.publish(equipement.ajouter())
    else:
        tx.publish(equipement.modifier())
    return equipement


async def etiqueter(tx: Transaction, fait: HistoriqueEtiquete) -> None:
    """A label was bound in the workshop or on site: a label moves with what inventory says last."""
    equipement = (await repository.d_historiques(tx, [fait.historique_id])).get(fait.historique_id)
    if equipement is not None and equipement.etiquette != fait.code:
        await poser(tx, equipement, fait.code)
        tx.publish(equipement.modifier())


async def configurer(tx: Transaction, fait: HistoriqueConfigure) -> None:
    """The configuration form was filled again after delivery: new dated values."""
    equipement = (await repository.d_historiques(tx, [fait.historique_id])).get(fait.historique_id)
    if equipement is None:
        return
    equipement.nommer(fait.libelles)
    lues = {equipement.id: fait.valeurs}
    if await valeurs.relever(tx, lues, le=jour_paris(tx.now), par=tx.actor.nom, source=ATELIER):
        tx.touch(equipement)


async def facturer(tx: Transaction, fait: CoutsEtablis) -> None:
    """The supplier's invoice came, or was refused, after the delivery: the parc says the one inventory says."""
    livres = await repository.d_historiques(tx, [objet.historique_id for objet in fait.objets])
    for equipement in livres.values():
        equipement.facture_fournisseur = fait.facture_fournisseur or None


async def poser(tx: Transaction, equipement: Equipement, code: str) -> None:
    """Give the label to `equipement`; whoever carried it before loses it."""
    ancien = await repository.par_etiquette(tx, code)
    if ancien is not None and ancien is not equipement:
        ancien.etiquette = None
        tx.publish(ancien.modifier())
        await tx.flush()
    equipement.etiquette = code
