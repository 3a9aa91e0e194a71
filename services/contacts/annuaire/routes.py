"""The directory over HTTP."""

from typing import Annotated

from fastapi import Query, Request

from services.contacts.annuaire import queries
from services.contacts.annuaire.schemas import VueEtablissement
from services.contacts.errors import AnnuaireInjoignable
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.problems import refusals

router = new_router("annuaire")


@router.get("/annuaire", responses=refusals(AnnuaireInjoignable))
async def chercher(
    request: Request,
    _actor: Annotated[Actor, may("tiers.modifier")],
    q: Annotated[str, Query(min_length=3, max_length=200, description="Un SIRET, un SIREN ou un nom.")],
) -> list[VueEtablissement]:
    """At most eight companies of the public directory."""
    trouves = await queries.chercher(request.app.state.means.settings.company_directory, q)
    return [VueEtablissement.de(lu) for lu in trouves]
