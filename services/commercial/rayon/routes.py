"""Shelves over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from services.commercial.errors import (
    LigneInconnue,
    NomDejaPris,
    ProduitInconnu,
    PropositionFigee,
    PropositionInconnue,
    RayonInconnu,
    RayonPartage,
)
from services.commercial.proposition.schemas.vues import VueContenu
from services.commercial.rayon import queries, use_cases
from services.commercial.rayon.schemas import SaisieDepuisRayon, SaisieProduitRayon, SaisieRayon, VueRayon
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("rayons")
Lecteur = Annotated[Actor, may("devis.lire")]
Redacteur = Annotated[Actor, may("devis.modifier")]


@router.get("/rayons")
async def lister(db: Db, actor: Lecteur) -> list[VueRayon]:
    """Everybody's shelves and one's own, with their products, cost and stock."""
    async with db.read() as session:
        return await queries.lister(session, couts=actor.may("couts.voir"), qui=actor.id)


@router.post("/rayons", status_code=201, responses=refusals(NomDejaPris, ProduitInconnu))
async def creer(saisie: SaisieRayon, db: Db, actor: Redacteur) -> VueRayon:
    """A new shelf."""
    async with db.transaction(actor) as tx:
        rayon = await use_cases.creer(tx, saisie)
        return (await queries.lister(tx.session, couts=actor.may("couts.voir"), qui=actor.id, rayon_id=rayon.id))[0]


@router.put(
    "/rayons/{rayon_id}", responses=refusals(RayonInconnu, RayonPartage, NomDejaPris, ProduitInconnu, VersionPerimee)
)
async def modifier(rayon_id: UUID, saisie: SaisieRayon, db: Db, version: IfMatch, actor: Redacteur) -> VueRayon:
    """Replace a shelf and what is on it."""
    async with db.transaction(actor) as tx:
        rayon = await use_cases.modifier(tx, rayon_id, saisie, version)
        return (await queries.lister(tx.session, couts=actor.may("couts.voir"), qui=actor.id, rayon_id=rayon.id))[0]


@router.post("/rayons/{rayon_id}/produits", status_code=201, responses=refusals(RayonInconnu, ProduitInconnu))
async def ajouter(rayon_id: UUID, saisie: SaisieProduitRayon, db: Db, actor: Redacteur) -> VueRayon:
    """One more product on a shelf."""
    async with db.transaction(actor) as tx:
        rayon = await use_cases.ajouter(tx, rayon_id, saisie)
        return (await queries.lister(tx.session, couts=actor.may("couts.voir"), qui=actor.id, rayon_id=rayon.id))[0]


@router.delete("/rayons/{rayon_id}", status_code=204, responses=refusals(RayonInconnu))
async def supprimer(rayon_id: UUID, db: Db, actor: Redacteur) -> Response:
    """Take a shelf away."""
    async with db.transaction(actor) as tx:
        await use_cases.supprimer(tx, rayon_id)
    return Response(status_code=204)


@router.post(
    "/propositions/{proposition_id}/ajouter-rayon",
    responses=refusals(PropositionInconnue, LigneInconnue, PropositionFigee, ProduitInconnu, VersionPerimee),
)
async def deposer(
    proposition_id: UUID, saisie: SaisieDepuisRayon, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """Products into a proposition: hidden under a line, or each as a line of its own."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.deposer(tx, proposition_id, saisie, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))
