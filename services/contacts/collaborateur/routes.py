"""Collaborators over HTTP: a company has at most hundreds, so the list is whole."""

from typing import Annotated
from uuid import UUID

from sqlalchemy import select

from services.contacts.collaborateur import use_cases
from services.contacts.collaborateur.models import Collaborateur
from services.contacts.collaborateur.schemas import SaisieCollaborateur, VueCollaborateur
from services.contacts.errors import CollaborateurInconnu
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("collaborateurs")


@router.get("/collaborateurs")
async def lister(db: Db, _actor: CurrentActor) -> list[VueCollaborateur]:
    """Everybody of the company, by name."""
    async with db.read() as session:
        lignes = await session.scalars(select(Collaborateur).order_by(Collaborateur.nom, Collaborateur.prenom))
        return [VueCollaborateur.model_validate(ligne) for ligne in lignes]


@router.post("/collaborateurs", status_code=201)
async def creer(
    saisie: SaisieCollaborateur, db: Db, actor: Annotated[Actor, may("societe.modifier")]
) -> VueCollaborateur:
    """Somebody joins."""
    async with db.transaction(actor) as tx:
        collaborateur = await use_cases.creer(tx, saisie)
    return VueCollaborateur.model_validate(collaborateur)


@router.put("/collaborateurs/{collaborateur_id}", responses=refusals(CollaborateurInconnu))
async def modifier(
    collaborateur_id: UUID,
    saisie: SaisieCollaborateur,
    db: Db,
    version: IfMatch,
    actor: Annotated[Actor, may("societe.modifier")],
) -> VueCollaborateur:
    """Replace what is known of a collaborator."""
    async with db.transaction(actor) as tx:
        collaborateur = await use_cases.modifier(tx, collaborateur_id, saisie, version)
    return VueCollaborateur.model_validate(collaborateur)
