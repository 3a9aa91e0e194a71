"""Models over HTTP."""

from typing import Annotated
from uuid import UUID

from services.commercial.errors import ModeleInconnu, NomDejaPris, PropositionFigee, PropositionInconnue
from services.commercial.modele_proposition import queries, use_cases
from services.commercial.modele_proposition.schemas import (
    LigneModele,
    RetoucheModele,
    SaisieApplication,
    SaisieModele,
    VueModele,
)
from services.commercial.proposition.schemas.vues import VueContenu
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("modeles")
Lecteur = Annotated[Actor, may("devis.lire")]
Redacteur = Annotated[Actor, may("devis.modifier")]


@router.get("/modeles")
async def lister(db: Db, _actor: Lecteur, actifs: bool = True) -> list[LigneModele]:
    """Models by name."""
    async with db.read() as session:
        return await queries.lister(session, actifs=actifs)


@router.post("/modeles", status_code=201, responses=refusals(NomDejaPris, PropositionInconnue))
async def creer(saisie: SaisieModele, db: Db, actor: Redacteur) -> VueModele:
    """A model from the lines and hidden products of a proposition."""
    async with db.transaction(actor) as tx:
        modele = await use_cases.creer(tx, saisie)
        return await queries.vue(tx.session, modele)


@router.get("/modeles/{modele_id}", responses=refusals(ModeleInconnu))
async def entier(modele_id: UUID, db: Db, _actor: Lecteur) -> VueModele:
    """A model and what it lays down."""
    async with db.read() as session:
        return await queries.entier(session, modele_id)


@router.put("/modeles/{modele_id}", responses=refusals(ModeleInconnu, NomDejaPris, VersionPerimee))
async def modifier(modele_id: UUID, retouche: RetoucheModele, db: Db, version: IfMatch, actor: Redacteur) -> VueModele:
    """Name, description, whether it is still offered."""
    async with db.transaction(actor) as tx:
        modele = await use_cases.modifier(tx, modele_id, retouche, version)
        return await queries.vue(tx.session, modele)


@router.post(
    "/propositions/{proposition_id}/appliquer-modele",
    responses=refusals(ModeleInconnu, PropositionInconnue, PropositionFigee, VersionPerimee),
)
async def appliquer(
    proposition_id: UUID, saisie: SaisieApplication, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """The lines of a model at the end of a proposition, with their hidden products."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.appliquer(tx, proposition_id, saisie.modele_id, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))
