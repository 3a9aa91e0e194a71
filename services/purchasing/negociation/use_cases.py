"""What staff can cause to a negociation."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit
from services.purchasing.errors import (
    BesoinAutreProduit,
    BesoinEnDouble,
    BesoinInconnu,
    FournisseurInconnu,
    ProduitInconnu,
)
from services.purchasing.negociation import repository
from services.purchasing.negociation.models import Negociation, PartNegociation
from services.purchasing.negociation.rules import EtatNegociation
from services.purchasing.negociation.schemas import (
    ModificationNegociation,
    SaisieChez,
    SaisieNegociation,
    SaisieOffre,
    SaisiePart,
)
from shared.database.transaction import Transaction


class _Besoin(NamedTuple):
    """A need and the demande it comes from."""

    besoin: Besoin
    demande_id: UUID


class _Article(NamedTuple):
    """What the lines of purchasing print of a product."""

    reference: str
    designation: str
    unite: str


async def ouvrir(tx: Transaction, saisie: SaisieNegociation) -> Negociation:
    """A supplier is asked for a price, for one or several projects."""
    (negociation,) = await ouvrir_plusieurs(tx, saisie, [saisie])
    return negociation


async def ouvrir_plusieurs(tx: Transaction, chez: SaisieChez, offres: Sequence[SaisieOffre]) -> list[Negociation]:
    """A supplier is asked for the prices of several products, each for one or several projects."""
    fournisseur = await copies.fournisseur(tx.session, chez.fournisseur_id)
    if fournisseur is None or not fournisseur.est_fournisseur:
        raise FournisseurInconnu
    besoins = await _besoins(tx, [part.besoin_id for offre in offres for part in offre.besoins])
    ids = [offre.produit_id for offre in offres]
    produits = await copies.produits(tx.session, ids)
    references = await copies.noms_chez(tx.session, fournisseur.tiers_id, ids)
    negociations = []
    for offre in offres:
        produit_id, demandes = offre.produit_id, [besoins[part.besoin_id].besoin for part in offre.besoins]
        article = _article(produits.get(produit_id), demandes)
        _verifier_produit(produit_id, article.designation, demandes)
        parts = _parts(besoins, offre.besoins)
        negociation = Negociation(
            produit_id=produit_id,
            **article._asdict(),
            fournisseur_id=fournisseur.tiers_id,
            fournisseur_nom=fournisseur.nom,
            reference_fournisseur=offre.reference_fournisseur or references.get(produit_id, ""),
            quantite=offre.quantite if offre.quantite is not None else _total(parts),
            prix_ht=None,
            delai_jours=offre.delai_jours,
            avancement=chez.avancement,
            note=offre.note,
            parts=parts,
        )
        negociation.fixer_prix(offre.prix_ht, tx.now)
        negociation.verifier_repartition()
        tx.add(negociation)
        tx.publish(negociation.ouvrir())
        negociations.append(negociation)
    return negociations


async def modifier(
    tx: Transaction, negociation_id: UUID, saisie: ModificationNegociation, version: int | None
) -> Negociation:
    """The price came, the basket was filled, the quantity or the split changed."""
    negociation = await repository.get_for_update(tx, negociation_id)
    await tx.expect_version(negociation, version)
    negociation.exiger_ouverte()
    dits = saisie.model_dump(exclude_unset=True, exclude={"besoins", "prix_ht"})
    for champ, valeur in dits.items():
        if valeur is not None or champ == "delai_jours":
            setattr(negociation, champ, valeur)
    if "prix_ht" in saisie.model_fields_set:
        negociation.fixer_prix(saisie.prix_ht, tx.now)
    if saisie.besoins is not None:
        besoins = await _besoins(tx, [part.besoin_id for part in saisie.besoins])
        _verifier_produit(negociation.produit_id, negociation.designation, [b.besoin for b in besoins.values()])
        negociation.parts = _parts(besoins, saisie.besoins)
    negociation.verifier_repartition()
    return negociation


async def passer(tx: Transaction, negociation_id: UUID, vise: EtatNegociation, version: int | None) -> Negociation:
    """Close what is no longer useful, or reopen it."""
    negociation = await repository.get_for_update(tx, negociation_id)
    await tx.expect_version(negociation, version)
    negociation.passer(vise)
    return negociation


async def _besoins(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, _Besoin]:
    if len(set(ids)) != len(ids):
        raise BesoinEnDouble
    trouves = {}
    if ids:
        requete = select(Besoin, Feuille.demande_id).join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        lignes = await tx.session.execute(requete.where(Besoin.id.in_(ids)))
        trouves = {besoin.id: _Besoin(besoin, demande_id) for besoin, demande_id in lignes}
    if len(trouves) != len(ids):
        raise BesoinInconnu
    return trouves


def _parts(besoins: Mapping[UUID, _Besoin], saisies: Sequence[SaisiePart]) -> list[PartNegociation]:
    return [
        PartNegociation(
            besoin_id=part.besoin_id,
            demande_id=besoins[part.besoin_id].demande_id,
            rang=rang,
            quantite=part.quantite,
        )
        for rang, part in enumerate(saisies)
    ]


def _article(produit: CopieProduit | None, besoins: Sequence[Besoin]) -> _Article:
    """From the catalogue, else from the need itself when the product has not reached us yet."""
    if produit is not None:
        return _Article(produit.reference, produit.designation, produit.unite)
    if not besoins:
        raise ProduitInconnu
    return _Article(besoins[0].reference, besoins[0].designation, "u")


def _verifier_produit(produit_id: UUID, designation: str, besoins: Sequence[Besoin]) -> None:
    for besoin in besoins:
        if besoin.produit_id != produit_id:
            raise BesoinAutreProduit(autre=besoin.designation, designation=designation)


def _total(parts: Sequence[PartNegociation]) -> Decimal:
    return sum((part.quantite for part in parts), Decimal(0)) or Decimal(1)
