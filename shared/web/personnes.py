"""The right of access over HTTP, the same in every service: what is held about whoever bears these names."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from shared.database.personnes import chercher
from shared.kernel.actor import Actor
from shared.web.auth import may
from shared.web.doors import Db

router = APIRouter(tags=["donnees-personnelles"])
Terme = Annotated[str, Query(min_length=4, max_length=200)]


@router.get("/donnees-personnelles")
async def donnees(
    terme: Annotated[list[Terme], Query(min_length=1, max_length=5)],
    db: Db,
    _actor: Annotated[Actor, may("rgpd.exporter")],
) -> dict[str, list[dict[str, Any]]]:
    """The rows that name the person (e-mail, phone, full name), by table."""
    async with db.read() as session:
        return await chercher(session, terme)
