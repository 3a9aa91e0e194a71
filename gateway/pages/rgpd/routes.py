"""Access and erasure in pages. Each service searches its own database; the gateway searches its accounts."""

import asyncio
import re
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from gateway.clients.services import LIBELLES, Indisponible
from gateway.errors import Refus, ServiceAbsent
from gateway.pages.rendu import aujourd_hui, rafraichir, rendre
from gateway.session.dependances import Utilisateur, exiger
from shared.database.personnes import chercher
from shared.web.doors import Db, Door

router = APIRouter(include_in_schema=False)
Exporteur = Annotated[Utilisateur, exiger("rgpd.exporter")]
Anonymiseur = Annotated[Utilisateur, exiger("rgpd.anonymiser")]
Saisie = Annotated[str, Query(max_length=600)]
Json = dict[str, Any]
GATEWAY = "gateway"
SERVICES = {**LIBELLES, GATEWAY: "Comptes et accès"}
TERMES_MAX, TERME_MIN = 5, 4


@router.get("/administration/rgpd")
async def page(request: Request, db: Db, user: Exporteur, q: Saisie = "") -> Response:
    """What is held about whoever bears these names, service by service."""
    termes = _termes(q)
    trouves, absents = await _chercher(db, user, termes) if termes else ({}, [])
    personnes = trouves.get("contacts", {}).get("interlocuteur", [])
    contexte: Json = {
        "q": q,
        "termes": termes,
        "trouves": [
            (SERVICES[s], sorted((t, len(lignes)) for t, lignes in tables.items())) for s, tables in trouves.items()
        ],
        "nombre": sum(len(lignes) for tables in trouves.values() for lignes in tables.values()),
        "absents": absents,
        "personnes": personnes if user.may("rgpd.anonymiser") else [],
        "trop_court": bool(q.strip()) and not termes,
    }
    return rendre(request, "rgpd/rgpd.html", onglet="rgpd", **contexte)


@router.get("/administration/rgpd/export.json")
async def export(request: Request, db: Db, user: Exporteur, q: Saisie = "") -> Response:
    """Everything found, in a form programs read; what could not be asked is named in it."""
    trouves, absents = await _chercher(db, user, _termes(q))
    corps = {
        "recherche": _termes(q),
        "le": aujourd_hui(request),
        "non_consultes": [a.libelle for a in absents],
        "donnees": {SERVICES[s]: tables for s, tables in trouves.items()},
    }
    entetes = {"Content-Disposition": 'attachment; filename="donnees-personnelles.json"', "Cache-Control": "no-store"}
    return Response(orjson.dumps(corps, option=orjson.OPT_INDENT_2), media_type="application/json", headers=entetes)


@router.post("/administration/rgpd/{tiers_id}/{personne_id}/anonymiser")
async def anonymiser(tiers_id: UUID, personne_id: UUID, request: Request, user: Anonymiseur) -> Response:
    """Forget a person; it cannot be undone."""
    chemin = f"/tiers/{tiers_id}/interlocuteurs/{personne_id}/anonymiser"
    await user.services.post("contacts", chemin, cle=request.headers.get("idempotency-key"))
    return rafraichir(toast="Personne anonymisée")


def _termes(q: str) -> list[str]:
    """What names the person: one term a line, or separated by commas; too short ones would name everybody."""
    bruts = (terme.strip() for terme in re.split(r"[,\n;]", q))
    return [terme[:200] for terme in bruts if len(terme) >= TERME_MIN][:TERMES_MAX]


async def _chercher(db: Door, user: Utilisateur, termes: list[str]) -> tuple[Json, list[Indisponible]]:
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


async def _un(user: Utilisateur, service: str, termes: list[str]) -> Any:
    """Like a panel, but it reads whole tables: it is given the time it takes."""
    try:
        return await user.services.get(service, "/donnees-personnelles", {"terme": termes})
    except (ServiceAbsent, Refus) as refus:
        return Indisponible(service, refus.detail)
