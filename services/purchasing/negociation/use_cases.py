"""What staff can cause to a negociation."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.copies import queries as copies
from services.purchasing.errors import (
    BesoinAutreProduit,
    BesoinEnDouble,
    BesoinInconnu,
    FournisseurInconnu,
    ProduitInconnu,
)
from services.purchasing.negociation import repository, rules
from services.purchasing.negociation.models import Negociation, PartNegociation
from services.purchasing.negociation.rules import EtatNegociation
from services.purchasing.negociation.schemas import ModificationNegociation, SaisieNegociation, SaisiePart
from shared.database.transaction import Transaction


class _Article(NamedTuple):
    """What the lines of purchasing print of a product."""

    reference: str
    designation: str
    unite: str


async def ouvrir(tx: Transaction, saisie: SaisieNegociation) -> Negociation:
    """A supplier is asked for a price, for one or several projects."""
    fournisseur = await copies.fournisseur(tx.session, saisie.fournisseur_id)
    if fournisseur is None or not fournisseur.est_fournisseur:
        raise FournisseurInconnu
    parts, besoins = await _parts(tx, saisie.besoins)
    article = await _article(tx, saisie.produit_id, besoins)
    _verifier_produit(saisie.produit_id, article.designation, besoins)
    connue = await copies.reference_chez(tx.session, saisie.produit_id, saisie.fournisseur_id)
    quantite = saisie.quantite if saisie.quantite is not None else _total(parts)
    negociation = Negociation(
        produit_id=saisie.produit_id,
        **article._asdict(),
        fournisseur_id=fournisseur.tiers_id,
        fournisseur_nom=fournisseur.nom,
        reference_fournisseur=saisie.reference_fournisseur or (connue.reference if connue else ""),
        quantite=quantite,
        prix_ht=None,
        delai_jours=saisie.delai_jours,
        avancement=saisie.avancement,
        note=saisie.note,
        parts=parts,
    )
    negociation.fixer_prix(saisie.prix_ht, tx.now)
    rules.verifier_repartition(quantite, (part.quantite for part in parts))
    tx.add(negociation)
    tx.publish(negociation.ouvrir())
    return negociation


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
        parts, besoins = await _parts(tx, saisie.besoins)
        _verifier_produit(negociation.produit_id, negociation.designation, besoins)
        negociation.parts = parts
    rules.verifier_repartition(negociation.quantite, (part.quantite for part in negociation.parts))
    return negociation


async def passer(tx: Transaction, negociation_id: UUID, vise: EtatNegociation, version: int | None) -> Negociation:
    """Close what is no longer useful, or reopen it."""
    negociation = await repository.get_for_update(tx, negociation_id)
    await tx.expect_version(negociation, version)
    negociation.passer(vise)
    return negociation


async def _parts(tx: Transaction, saisies: Sequence[SaisiePart]) -> tuple[list[PartNegociation], list[Besoin]]:
    ids = [s.besoin_id for s in saisies]
    if len(set(ids)) != len(ids):
        raise BesoinEnDouble
    requete = select(Besoin, Feuille.demande_id).join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    lignes = await tx.session.execute(requete.where(Besoin.id.in_(ids)))
    trouves = {besoin.id: (besoin, demande_id) for besoin, demande_id in lignes}
    if len(trouves) != len(ids):
        raise BesoinInconnu
    parts = [
        PartNegociation(besoin_id=s.besoin_id, demande_id=trouves[s.besoin_id][1], rang=rang, quantite=s.quantite)
        for rang, s in enumerate(saisies)
    ]
    return parts, [trouves[id_][0] for id_ in ids]


async def _article(tx: Transaction, produit_id: UUID, besoins: Sequence[Besoin]) -> _Article:
    """From the catalogue, else from the need itself when the product has not reached us yet."""
    produit = await copies.produit(tx.session, produit_id)
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
