"""What screens need of other services while opening a demande: people, teams, objects, coverage."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from services.demandes.copies import queries
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db

router = new_router("reperes")
Lire = Annotated[Actor, may("demande.lire")]


class VueResponsable(BaseModel):
    """Somebody who may be in charge."""

    model_config = ConfigDict(from_attributes=True)

    collaborateur_id: UUID
    nom: str
    fonction: str


class VueObjet(BaseModel):
    """An object at a client's."""

    model_config = ConfigDict(from_attributes=True)

    equipement_id: UUID
    tiers_id: UUID
    designation: str
    numero_serie: str | None
    etiquette: str | None


class VueCouverture(BaseModel):
    """Whether a SAV may be opened, and thanks to what; `motif` says why not."""

    est_acquise: bool
    contrat_id: UUID | None
    accord_id: UUID | None
    motif: str


@router.get("/responsables")
async def responsables(db: Db, _actor: Lire) -> list[VueResponsable]:
    """Active staff, by name."""
    async with db.read() as session:
        return [VueResponsable.model_validate(c) for c in await queries.collaborateurs(session)]


@router.get("/equipements")
async def equipements(
    db: Db,
    _actor: Lire,
    tiers_id: UUID | None = None,
    etiquette: Annotated[str | None, Query(max_length=60)] = None,
) -> list[VueObjet]:
    """The objects of a client, or the one that wears a label."""
    async with db.read() as session:
        if etiquette:
            trouve = await queries.par_etiquette(session, etiquette)
            return [VueObjet.model_validate(trouve)] if trouve else []
        trouves = await queries.equipements_de(session, tiers_id) if tiers_id else []
    return [VueObjet.model_validate(e) for e in trouves]


@router.get("/couverture/{tiers_id}")
async def couverture(tiers_id: UUID, db: Db, _actor: Lire, equipement_id: UUID | None = None) -> VueCouverture:
    """The gate of a SAV, before anybody types one."""
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        decision = await queries.couverture(session, tiers_id, equipement_id, jour)
    return VueCouverture(
        est_acquise=decision.est_acquise,
        contrat_id=decision.contrat_id,
        accord_id=decision.accord_id,
        motif=decision.motif,
    )
