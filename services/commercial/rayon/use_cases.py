"""Arranging shelves, and taking products from them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieProduit
from services.commercial.errors import NomDejaPris, ProduitInconnu, RayonInconnu, RayonPartage
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.schemas.saisies import SaisieProduitCache
from services.commercial.proposition.use_cases import edition
from services.commercial.rayon import queries
from services.commercial.rayon.models import ProduitRayon, Rayon
from services.commercial.rayon.schemas import SaisieDepuisRayon, SaisieProduitRayon, SaisieRayon
from services.commercial.tarif.rules import Presentation
from services.commercial.tarif.use_cases import depot
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor


async def creer(tx: Transaction, saisie: SaisieRayon) -> Rayon:
    """A new shelf."""
    return await _remplir(tx, Rayon(produits=[], proprietaire_id=tx.actor.id if saisie.est_personnel else None), saisie)


async def modifier(tx: Transaction, rayon_id: UUID, saisie: SaisieRayon, version: int | None) -> Rayon:
    """Replace a shelf and what is on it. One's own may be shared; everybody's is taken from nobody."""
    rayon = await _get_for_update(tx, rayon_id)
    await tx.expect_version(rayon, version)
    if saisie.est_personnel and rayon.proprietaire_id is None:
        raise RayonPartage(nom=rayon.nom)
    if not saisie.est_personnel:
        rayon.proprietaire_id = None
    return await _remplir(tx, rayon, saisie)


async def ajouter(tx: Transaction, rayon_id: UUID, produit: SaisieProduitRayon) -> Rayon:
    """One more product on a shelf; already there, its quantity changes."""
    rayon = await _get_for_update(tx, rayon_id)
    await _verifier(tx, [produit.produit_id])
    present = next((p for p in rayon.produits if p.produit_id == produit.produit_id), None)
    if present is not None:
        present.quantite = produit.quantite
        tx.touch(rayon)
    else:
        rayon.produits.append(
            ProduitRayon(produit_id=produit.produit_id, quantite=produit.quantite, rang=len(rayon.produits))
        )
    await tx.flush()
    return rayon


async def supprimer(tx: Transaction, rayon_id: UUID) -> None:
    """A shelf is only an arrangement: it may go."""
    await tx.delete(await _get_for_update(tx, rayon_id))


async def deposer(tx: Transaction, proposition_id: UUID, saisie: SaisieDepuisRayon, version: int | None) -> Proposition:
    """Products into a proposition: hidden under a line, or each as a line of its own at the price agreed."""
    if saisie.ligne_id is not None:
        caches = [SaisieProduitCache(produit_id=p.produit_id, quantite=p.quantite) for p in saisie.produits]
        return await edition.ajouter_produits(tx, proposition_id, saisie.ligne_id, caches, version)
    proposition = await repository.get(tx.session, proposition_id)
    vendus = await depot.ventes(tx, proposition, [(p.produit_id, p.quantite) for p in saisie.produits])
    lignes = [ligne for vente in vendus for ligne in depot.en_lignes(vente, Presentation.LIGNE)]
    return await edition.ajouter_lignes(tx, proposition_id, lignes, version, par=Actor.systeme(tx.actor.nom))


async def _get_for_update(tx: Transaction, rayon_id: UUID) -> Rayon:
    visible = queries.siens(tx.actor.id)
    choix = (
        select(Rayon)
        .where(Rayon.id == rayon_id, visible)
        .options(selectinload(Rayon.produits))
        .with_for_update(of=Rayon)
    )
    rayon: Rayon | None = (await tx.scalars(choix)).one_or_none()
    if rayon is None:
        raise RayonInconnu
    return rayon


async def _remplir(tx: Transaction, rayon: Rayon, saisie: SaisieRayon) -> Rayon:
    await _verifier(tx, [p.produit_id for p in saisie.produits])
    rayon.nom, rayon.icone, rayon.rang = saisie.nom, saisie.icone, saisie.rang
    uniques = {p.produit_id: p for p in saisie.produits}.values()
    rayon.produits = [
        ProduitRayon(produit_id=p.produit_id, quantite=p.quantite, rang=rang) for rang, p in enumerate(uniques)
    ]
    tx.add(rayon)
    try:
        await tx.flush()
    except IntegrityError as error:
        raise NomDejaPris(nom=saisie.nom) from error
    return rayon


async def _verifier(tx: Transaction, ids: list[UUID]) -> dict[UUID, CopieProduit]:
    connus = await copies.produits(tx.session, ids)
    if set(ids) - connus.keys():
        raise ProduitInconnu
    return connus
