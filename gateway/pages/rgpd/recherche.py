"""What every database holds that says one of these terms: each service searches its own, the gateway its accounts."""

import asyncio
from collections.abc import Sequence
from typing import Any

from gateway.clients.services import LIBELLES, Indisponible
from gateway.errors import Refus, ServiceAbsent
from gateway.session.dependances import Utilisateur
from shared.database.personnes import chercher
from shared.web.doors import Door

Json = dict[str, Any]
GATEWAY = "gateway"
SERVICES = {**LIBELLES, GATEWAY: "Comptes et accès"}


async def partout(db: Door, user: Utilisateur, termes: Sequence[str]) -> tuple[Json, list[Indisponible]]:
    """{service: {table: rows}} of what was found, and the services that did not answer."""
    pages = await asyncio.gather(*(_un(user, service, termes) for service in LIBELLES))
    lus = dict(zip(LIBELLES, pages, strict=True))
    async with db.read() as session:
        ici = await chercher(session, termes)
    absents = [lu for lu in lus.values() if isinstance(lu, Indisponible)]
    trouves: Json = {service: lu for service, lu in lus.items() if lu}
    if ici:
        trouves[GATEWAY] = ici
    return trouves, absents


async def _un(user: Utilisateur, service: str, termes: Sequence[str]) -> Any:
    """Like a panel, but it reads whole tables: it is given the time it takes."""
    try:
        return await user.services.get(service, "/donnees-personnelles", {"terme": list(termes)})
    except (ServiceAbsent, Refus) as refus:
        return Indisponible(service, refus.detail)
