"""A reception is opened on the orders of a supplier, its lines prefilled with what remains."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.besoin.rules import RIEN
from services.purchasing.commande import repository as commandes
from services.purchasing.commande.models import Commande, LigneCommande
from services.purchasing.commande.rules import EtatCommande
from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit
from services.purchasing.errors import AgenceInconnue, CommandeAutreFournisseur, CommandeDejaCloturee
from services.purchasing.reception import repository
from services.purchasing.reception.models import LigneReception, Reception, ReceptionCommande
from services.purchasing.reception.schemas import SaisieReception
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.search import texte_recherche


async def ouvrir(tx: Transaction, saisie: SaisieReception) -> Reception:
    """Start checking goods in."""
    ouvertes = await commandes.plusieurs_for_update(tx, saisie.commande_ids)
    _exiger(ouvertes)
    premiere = ouvertes[0]
    agence_id = await copies.agence_par_defaut(
        tx.session, saisie.agence_id, *(c.agence_id for c in ouvertes), tx.actor.agence_id
    )
    if agence_id is None:
        raise AgenceInconnue
    politiques = await _politiques(tx, [ligne.produit_id for c in ouvertes for ligne in c.lignes])
    lignes = [(c, ligne) for c in ouvertes for ligne in c.lignes if ligne.restante > 0]
    natures = await _natures(tx, [ligne for _, ligne in lignes])
    annee = jour_paris(tx.now).year
    reception = Reception(
        numero=f"REC-{annee}-{await next_number(tx, f'REC-{annee}'):05d}",
        fournisseur_id=premiere.fournisseur_id,
        fournisseur_nom=premiere.fournisseur_nom,
        agence_id=agence_id,
        ouverte_par=tx.actor.nom,
        commandes=[ReceptionCommande(commande_id=c.id, commande_numero=c.numero) for c in ouvertes],
        lignes=[
            _ligne(rang, c, ligne, politiques.get(ligne.produit_id, "aucune"), natures[ligne.id])
            for rang, (c, ligne) in enumerate(lignes)
        ],
    )
    indexer(reception)
    tx.add(reception)
    await tx.flush()
    return await repository.get_for_update(tx, reception.id)


async def abandonner(tx: Transaction, reception_id: UUID) -> Reception:
    """Opened by mistake: its serial numbers become free again."""
    reception = await repository.get_for_update(tx, reception_id)
    reception.abandonner()
    for ligne in reception.lignes:
        if ligne.series:
            await repository.retirer_series(tx, ligne)
    return reception


def indexer(reception: Reception) -> None:
    """Recompute what searches look at."""
    numeros = (c.commande_numero for c in reception.commandes)
    papiers = (reception.facture_fournisseur, reception.bon_livraison)
    reception.recherche_texte = texte_recherche(reception.numero, reception.fournisseur_nom, *numeros, *papiers)


def _exiger(ouvertes: Sequence[Commande]) -> None:
    for commande in ouvertes:
        if commande.fournisseur_id != ouvertes[0].fournisseur_id:
            raise CommandeAutreFournisseur(numero=commande.numero)
        commande.exiger_passee()
        if commande.etat is EtatCommande.CLOTUREE:
            raise CommandeDejaCloturee(numero=commande.numero)


async def _politiques(tx: Transaction, produit_ids: Sequence[UUID]) -> dict[UUID, str]:
    requete = select(CopieProduit.produit_id, CopieProduit.politique_serie)
    lignes = (await tx.session.execute(requete.where(CopieProduit.produit_id.in_(produit_ids)))).all()
    return {ligne.produit_id: ligne.politique_serie for ligne in lignes}


async def _natures(tx: Transaction, lignes: Sequence[LigneCommande]) -> dict[UUID, list[str]]:
    """By ordered line: the natures of stock its projects ask, and the main one for what was ordered beyond them."""
    besoins = [part.besoin_id for ligne in lignes for part in ligne.parts]
    requete = select(Besoin.id, Feuille.nature_stock).join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    demandees = {b: nature for b, nature in await tx.session.execute(requete.where(Besoin.id.in_(besoins))) if nature}
    principale = await copies.nature_principale(tx.session)
    natures = {}
    for ligne in lignes:
        voulues = {demandees.get(part.besoin_id, principale) for part in ligne.parts}
        au_dela = ligne.quantite > sum((part.quantite for part in ligne.parts), RIEN)
        natures[ligne.id] = sorted(voulues | {principale} if au_dela else voulues)
    return natures


def _ligne(rang: int, commande: Commande, ligne: LigneCommande, politique: str, natures: list[str]) -> LigneReception:
    return LigneReception(
        ligne_commande_id=ligne.id,
        commande_id=commande.id,
        commande_numero=commande.numero,
        rang=rang,
        produit_id=ligne.produit_id,
        reference=ligne.reference,
        reference_fournisseur=ligne.reference_fournisseur,
        designation=ligne.designation,
        unite=ligne.unite,
        politique_serie=politique,
        attendue=ligne.restante,
        prix_ht=ligne.prix_ht,
        natures_stock=natures,
    )
