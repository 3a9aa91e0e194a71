"""What staff can cause to an order."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from services.purchasing.commande import repository
from services.purchasing.commande.models import Commande, LigneCommande, PartCommande
from services.purchasing.commande.schemas import ModificationCommande, SaisieCommande
from services.purchasing.commande.use_cases import approbation
from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieTiers
from services.purchasing.errors import (
    AgenceInconnue,
    FournisseurSansAdresse,
    NegociationAutreFournisseur,
    NegociationSansPrix,
)
from services.purchasing.negociation import repository as negociations
from services.purchasing.negociation.models import Negociation
from services.purchasing.negociation.rules import EtatNegociation
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.search import texte_recherche


async def passer(tx: Transaction, saisie: SaisieCommande) -> Commande:
    """Negociations actually ordered become an order; the others are closed or kept (seed §3)."""
    concernees = await _prendre(tx, saisie)
    choisies = [concernees[negociation_id] for negociation_id in dict.fromkeys(saisie.negociation_ids)]
    for negociation in choisies:
        _exiger(negociation, saisie.fournisseur_id)
    await _verifier_adresse(tx, saisie.fournisseur_id)
    await _verifier_agence(tx, saisie.agence_id)
    commande = Commande(
        fournisseur_id=saisie.fournisseur_id,
        fournisseur_nom=choisies[0].fournisseur_nom,
        numero_fournisseur=saisie.numero_fournisseur,
        livraison_prevue=saisie.livraison_prevue,
        frais_ht=saisie.frais_ht,
        agence_id=await copies.agence_par_defaut(tx.session, saisie.agence_id, tx.actor.agence_id),
        note=saisie.note,
        passee_par=tx.actor.nom,
        lignes=[_ligne(negociation, rang) for rang, negociation in enumerate(choisies)],
    )
    for negociation in choisies:
        negociation.passer(EtatNegociation.COMMANDEE)
    _ranger_restantes(saisie, concernees.values())
    annee = jour_paris(tx.now).year
    commande.numero = f"CF-{annee}-{await next_number(tx, f'CF-{annee}'):05d}"
    indexer(commande)
    tx.add(commande)
    if saisie.non_retenues_ids:
        await tx.flush()
        _ecarter(saisie, commande, concernees)
    await approbation.passer_ou_attendre(tx, commande)
    return commande


async def modifier(tx: Transaction, commande_id: UUID, saisie: ModificationCommande, version: int | None) -> Commande:
    """The supplier gave its number, another date, the fees."""
    commande = await repository.get_for_update(tx, commande_id)
    await tx.expect_version(commande, version)
    commande.exiger_ouverte()
    await _verifier_agence(tx, saisie.agence_id)
    for champ, valeur in saisie.model_dump(exclude_unset=True).items():
        if valeur is not None or champ == "livraison_prevue":
            setattr(commande, champ, valeur)
    avant_ht = commande.total_ht
    commande.calculer()
    await approbation.verifier_hausse(tx, commande, avant_ht)
    indexer(commande)
    return commande


async def cloturer(tx: Transaction, commande_id: UUID, version: int | None) -> Commande:
    """Give up what was not delivered: the needs become needs again."""
    commande = await repository.get_for_update(tx, commande_id)
    await tx.expect_version(commande, version)
    tx.publish(commande.cloturer(tx.now))
    return commande


def indexer(commande: Commande) -> None:
    """Recompute what searches look at."""
    commande.recherche_texte = texte_recherche(commande.numero, commande.numero_fournisseur, commande.fournisseur_nom)


async def _verifier_adresse(tx: Transaction, fournisseur_id: UUID) -> None:
    """No commercial paper goes to nowhere (seed: onglet Adresse)."""
    fournisseur = await tx.get(CopieTiers, fournisseur_id)
    if fournisseur is not None and not (fournisseur.adresse or {}).get("ville"):
        raise FournisseurSansAdresse(nom=fournisseur.nom)


def _exiger(negociation: Negociation, fournisseur_id: UUID) -> None:
    if negociation.fournisseur_id != fournisseur_id:
        raise NegociationAutreFournisseur(designation=negociation.designation, fournisseur=negociation.fournisseur_nom)
    if negociation.prix_ht is None:
        raise NegociationSansPrix(designation=negociation.designation)


def _ligne(negociation: Negociation, rang: int) -> LigneCommande:
    """What was recorded while negotiating prefills the order (PU-13)."""
    return LigneCommande(
        negociation_id=negociation.id,
        rang=rang,
        produit_id=negociation.produit_id,
        reference=negociation.reference,
        reference_fournisseur=negociation.reference_fournisseur,
        designation=negociation.designation,
        unite=negociation.unite,
        quantite=negociation.quantite,
        prix_ht=negociation.prix_ht,
        parts=[
            PartCommande(besoin_id=p.besoin_id, demande_id=p.demande_id, rang=p.rang, quantite=p.quantite)
            for p in negociation.parts
        ],
    )


async def _prendre(tx: Transaction, saisie: SaisieCommande) -> dict[UUID, Negociation]:
    """All the negociations an order touches: those picked, the offers it turns down, what it may close at this supplier."""
    nommees = {*saisie.negociation_ids, *saisie.non_retenues_ids}
    if saisie.restantes != "fermer" and not saisie.fermer_ids:
        return await negociations.ensemble_for_update(tx, nommees)
    return await negociations.ensemble_for_update(tx, nommees, negociations.ouvertes_chez(saisie.fournisseur_id))


def _ranger_restantes(saisie: SaisieCommande, concernees: Iterable[Negociation]) -> None:
    """Close the negociations of this supplier that were not picked, all or those named."""
    for negociation in concernees:
        a_fermer = saisie.restantes == "fermer" or negociation.id in saisie.fermer_ids
        est_restante = (
            negociation.etat is EtatNegociation.OUVERTE and negociation.fournisseur_id == saisie.fournisseur_id
        )
        if a_fermer and est_restante:
            negociation.passer(EtatNegociation.FERMEE)


def _ecarter(saisie: SaisieCommande, commande: Commande, concernees: Mapping[UUID, Negociation]) -> None:
    """Turn down what other suppliers offered for the same; an offer somebody else settled meanwhile is left alone."""
    for negociation_id in dict.fromkeys(saisie.non_retenues_ids):
        rivale = concernees[negociation_id]
        if rivale.etat is EtatNegociation.OUVERTE and rivale.fournisseur_id != saisie.fournisseur_id:
            rivale.ecarter(commande.id, commande.numero)


async def _verifier_agence(tx: Transaction, agence_id: UUID | None) -> None:
    if agence_id is not None and await copies.agence(tx.session, agence_id) is None:
        raise AgenceInconnue
