"""Identify an object from its label over HTTP."""

from typing import Annotated

from fastapi import Path

from services.maintenance.errors import EtiquetteInconnue
from services.maintenance.identification import queries
from services.maintenance.identification.schemas import Identification
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("parc")


@router.get("/equipements/par-etiquette/{code}", responses=refusals(EtiquetteInconnue))
async def par_etiquette(
    code: Annotated[str, Path(min_length=1, max_length=60)], db: Db, _actor: Annotated[Actor, may("parc.lire")]
) -> Identification:
    """Client, object, place, contract and whether somebody may come, in one answer."""
    async with db.read() as session:
        return await queries.par_etiquette(session, code)
