"""The moment goods enter: once, whatever is clicked, with everything the other services need."""

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.purchasing.commande import repository as commandes
from services.purchasing.commande.models import Commande, LigneCommande
from services.purchasing.errors import CommandeDejaCloturee, FactureIllisible, ReceptionVide, ResteInsuffisant
from services.purchasing.negociation.models import Negociation
from services.purchasing.reception import repository
from services.purchasing.reception.models import Reception
from services.purchasing.reception.rules import EtatReception
from services.purchasing.reception.schemas import SaisieValidation
from services.purchasing.reception.use_cases import surplus
from services.purchasing.reception.use_cases.lignes import exiger_borne
from services.purchasing.reception.use_cases.ouverture import indexer
from services.purchasing.tolerance import queries as tolerances
from services.purchasing.tolerance.rules import Tolerance
from shared.contracts.billing import ReceptionChiffree
from shared.contracts.purchasing import ReceptionValidee, ToleranceAchat
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.fichiers.types import JPEG, PDF, PNG
from shared.kernel.money import ZERO
from shared.kernel.nombre import ecrire_quantite
from shared.kernel.refusals import PermissionManquante

Origine = dict[str, Any]
TYPES_FACTURE = frozenset({PDF, JPEG, PNG})


async def valider(tx: Transaction, reception_id: UUID, saisie: SaisieValidation) -> Reception:
    """Freeze the reception, move the orders on, announce. A second click is refused: it is already validated."""
    reception = await repository.get_for_update(tx, reception_id)
    reception.exiger_ouverte()
    if not reception.recues():
        raise ReceptionVide
    for ligne in reception.recues():
        await exiger_borne(tx, ligne)
    series = {(ligne.produit_id, numero) for ligne in reception.recues() for numero in ligne.numeros_serie}
    if series:
        await repository.exiger_libres(tx, series)
    concernees = await commandes.plusieurs_for_update(tx, [c.commande_id for c in reception.commandes])
    reception.facture_fournisseur, reception.date_facture = saisie.facture_fournisseur, saisie.date_facture
    reception.bon_livraison = saisie.bon_livraison
    annonces = frais_annonces(concernees)
    if saisie.frais_ht is not None and not tx.actor.may("couts.voir"):
        raise PermissionManquante(permission="couts.voir")
    frais_ht = annonces if saisie.frais_ht is None else saisie.frais_ht
    reception.valider(frais_ht=frais_ht, par=tx.actor.nom, le=tx.now)
    indexer(reception)
    demande_ids = _recevoir(tx, reception, concernees)
    tolerance = await tolerances.de(tx.session, reception.fournisseur_id)
    origines = await _origines(tx, reception, concernees, surplus.hors_tolerance(tolerance, reception))
    fait = _fait(reception, demande_ids, origines, tolerance)
    tx.publish(fait, correlation_id=demande_ids[0] if len(demande_ids) == 1 else None)
    return reception


async def noter_facture(tx: Transaction, fait: ReceptionChiffree) -> None:
    """Accounts accepted an invoice for these goods, or refused the one they had: buyers see which."""
    reception = await repository.get_for_update(tx, fait.reception_id)
    if fait.revision <= reception.facture_revision:
        return
    reception.facture_revision = fait.revision
    reception.facture_fournisseur, reception.date_facture = fait.facture_fournisseur, fait.date_facture
    indexer(reception)


async def joindre_facture(tx: Transaction, reception_id: UUID, fichier: Fichier) -> Reception:
    """Keep the invoice found in the parcel: accounts get it with the affaire fournisseur (PU-33)."""
    if fichier.type not in TYPES_FACTURE:
        raise FactureIllisible(nom=fichier.nom)
    reception = await repository.get_for_update(tx, reception_id)
    reception.joindre(fichier)
    return reception


def frais_annonces(concernees: Sequence[Commande]) -> Decimal:
    """The fees the orders announced and that no reception has taken yet."""
    return sum((max(ZERO, c.frais_ht - c.frais_factures_ht) for c in concernees), ZERO)


def _recevoir(tx: Transaction, reception: Reception, concernees: Sequence[Commande]) -> list[UUID]:
    """Move each order line on; the demandes served, in the order of the lines."""
    lignes: dict[UUID, LigneCommande] = {ligne.id: ligne for commande in concernees for ligne in commande.lignes}
    touchees: dict[UUID, None] = {}
    demande_ids: dict[UUID, None] = {}
    for recue in reception.recues():
        if recue.ligne_commande_id is None:
            continue
        ligne = lignes[recue.ligne_commande_id]
        if recue.quantite > ligne.restante:
            raise ResteInsuffisant(designation=recue.designation, reste=ecrire_quantite(ligne.restante))
        ligne.recevoir(recue.quantite)
        touchees[ligne.commande_id] = None
        demande_ids |= dict.fromkeys(part.demande_id for part in ligne.parts)
    _imputer_frais(reception.frais_ht, concernees)
    for commande in concernees:
        if commande.id in touchees:
            _avancer(tx, commande)
    return list(demande_ids)


async def _origines(
    tx: Transaction, reception: Reception, concernees: Sequence[Commande], au_dela: Set[UUID]
) -> dict[UUID, Origine]:
    """By line of the reception: what was ordered, when and by whom, when its price was first asked, what it replaces."""
    commandes_par_id = {commande.id: commande for commande in concernees}
    commandees = {ligne.id: ligne for commande in concernees for ligne in commande.lignes}
    negociees = {li.negociation_id for li in commandees.values() if li.negociation_id is not None}
    requete = select(Negociation.id, Negociation.cree_le).where(Negociation.id.in_(negociees))
    demandees = {ligne.id: ligne.cree_le for ligne in await tx.session.execute(requete)}
    origines: dict[UUID, Origine] = {id_: {"est_hors_tolerance": True} for id_ in au_dela}
    for recue in reception.recues():
        if recue.ligne_commande_id is not None and recue.commande_id is not None:
            commande, commandee = commandes_par_id[recue.commande_id], commandees[recue.ligne_commande_id]
            origines[recue.id] = {
                "commande_le": commande.cree_le,
                "commande_par": commande.passee_par,
                "prix_commande_ht": commandee.prix_ht,
                "negociee_le": demandees.get(commandee.negociation_id) if commandee.negociation_id else None,
                "remplace_reference": commandee.reference if recue.remplace_produit_id is not None else "",
            }
    return origines


def _imputer_frais(frais_ht: Decimal, concernees: Sequence[Commande]) -> None:
    """What was invoiced now is no longer announced; the rest stays for the next delivery."""
    for commande in concernees:
        part = min(frais_ht, max(ZERO, commande.frais_ht - commande.frais_factures_ht))
        commande.frais_factures_ht += part
        frais_ht -= part


def _avancer(tx: Transaction, commande: Commande) -> None:
    if commande.cloturee_le is not None:
        raise CommandeDejaCloturee(numero=commande.numero)
    cloture = commande.recevoir(tx.now)
    tx.touch(commande)
    if cloture is not None:
        tx.publish(cloture)


def _fait(
    reception: Reception, demande_ids: Sequence[UUID], origines: Mapping[UUID, Origine], tolerance: Tolerance
) -> ReceptionValidee:
    assert reception.etat is EtatReception.VALIDEE
    assert reception.validee_le is not None
    return ReceptionValidee(
        reception_id=reception.id,
        numero=reception.numero,
        fournisseur_id=reception.fournisseur_id,
        fournisseur_nom=reception.fournisseur_nom,
        agence_id=reception.agence_id,
        facture_fournisseur=reception.facture_fournisseur,
        date_facture=reception.date_facture,
        facture_jointe=reception.facture_jointe(),
        bon_livraison=reception.bon_livraison,
        frais_ht=reception.frais_ht,
        total_ht=reception.total_ht,
        recu_le=reception.validee_le,
        lignes=tuple(ligne.contrat().model_copy(update=origines.get(ligne.id, {})) for ligne in reception.recues()),
        commande_ids=tuple(c.commande_id for c in reception.commandes),
        demande_ids=tuple(demande_ids),
        tolerance=ToleranceAchat(quantite_pct=tolerance.quantite_pct, prix_pct=tolerance.prix_pct),
    )
