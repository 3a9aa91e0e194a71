"""Places and groups of a parc over HTTP."""

from typing import Annotated
from uuid import UUID

from services.maintenance.equipement.use_cases import tenue
from services.maintenance.errors import (
    CheminInvalide,
    EmplacementOccupe,
    GroupeInconnu,
    LieuInconnu,
    NomDejaPris,
)
from services.maintenance.parc import use_cases as parc
from services.maintenance.parc.schemas import SaisieGroupe, SaisieLieu, SaisieNom, VueGroupe, VueLieu
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("parc")
Auteur = Annotated[Actor, may("parc.modifier")]


@router.post("/lieux", status_code=201, responses=refusals(CheminInvalide))
async def creer_lieu(saisie: SaisieLieu, db: Db, actor: Auteur) -> VueLieu:
    """A place, with the places around it; answers the existing one when there is one."""
    async with db.transaction(actor) as tx:
        lieu = await parc.placer(tx, saisie.tiers_id, saisie.chemin)
    return VueLieu.model_validate(lieu)


@router.put("/lieux/{lieu_id}", responses=refusals(LieuInconnu, NomDejaPris, VersionPerimee))
async def renommer_lieu(lieu_id: UUID, saisie: SaisieNom, db: Db, version: IfMatch, actor: Auteur) -> VueLieu:
    """Rename a place; everything in it follows."""
    async with db.transaction(actor) as tx:
        lieu = await tenue.renommer_lieu(tx, lieu_id, saisie.nom, version)
    return VueLieu.model_validate(lieu)


@router.delete("/lieux/{lieu_id}", status_code=204, responses=refusals(LieuInconnu, EmplacementOccupe))
async def supprimer_lieu(lieu_id: UUID, db: Db, actor: Auteur) -> None:
    """Remove an empty place."""
    async with db.transaction(actor) as tx:
        await tenue.supprimer_lieu(tx, lieu_id)


@router.post("/groupes", status_code=201)
async def creer_groupe(saisie: SaisieGroupe, db: Db, actor: Auteur) -> VueGroupe:
    """A group; answers the existing one when there is one."""
    async with db.transaction(actor) as tx:
        groupe = await parc.grouper(tx, saisie.tiers_id, saisie.nom)
    return VueGroupe.model_validate(groupe)


@router.put("/groupes/{groupe_id}", responses=refusals(GroupeInconnu, NomDejaPris, VersionPerimee))
async def renommer_groupe(groupe_id: UUID, saisie: SaisieNom, db: Db, version: IfMatch, actor: Auteur) -> VueGroupe:
    """Rename a group."""
    async with db.transaction(actor) as tx:
        groupe = await tenue.renommer_groupe(tx, groupe_id, saisie.nom, version)
    return VueGroupe.model_validate(groupe)


@router.delete("/groupes/{groupe_id}", status_code=204, responses=refusals(GroupeInconnu, EmplacementOccupe))
async def supprimer_groupe(groupe_id: UUID, db: Db, actor: Auteur) -> None:
    """Remove an empty group."""
    async with db.transaction(actor) as tx:
        await tenue.supprimer_groupe(tx, groupe_id)
