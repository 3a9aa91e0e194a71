"""Access and erasure in pages. Each service searches its own database; the gateway searches its accounts."""

import re
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response

from gateway.errors import FicheAbsente
from gateway.pages.fichiers.lecture import GENRES
from gateway.pages.rendu import aujourd_hui, rafraichir, rendre
from gateway.pages.rgpd import fichiers
from gateway.pages.rgpd.recherche import SERVICES, partout
from gateway.session.dependances import Utilisateur, exiger
from shared.means import Means
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
Exporteur = Annotated[Utilisateur, exiger("rgpd.exporter")]
Anonymiseur = Annotated[Utilisateur, exiger("rgpd.anonymiser")]
Saisie = Annotated[str, Query(max_length=600)]
Json = dict[str, Any]
TERMES_MAX, TERME_MIN = 5, 4


@router.get("/administration/rgpd")
async def page(request: Request, db: Db, user: Exporteur, q: Saisie = "") -> Response:
    """What is held about whoever bears these names, service by service."""
    termes = _termes(q)
    trouves, absents = await partout(db, user, termes) if termes else ({}, [])
    personnes = trouves.get("contacts", {}).get("interlocuteur", [])
    efface = user.may("rgpd.anonymiser")
    contexte: Json = {
        "q": q,
        "termes": termes,
        "trouves": [
            (SERVICES[s], sorted((t, len(lignes)) for t, lignes in tables.items())) for s, tables in trouves.items()
        ],
        "nombre": sum(len(lignes) for tables in trouves.values() for lignes in tables.values()),
        "absents": absents,
        "personnes": personnes if efface else [],
        "nommants": fichiers.nommants(trouves) if efface else [],
        "autres": await fichiers.des_contacts(user, personnes, trouves) if efface else [],
        "trop_court": bool(q.strip()) and not termes,
    }
    return rendre(request, "rgpd/rgpd.html", onglet="rgpd", **contexte)


@router.get("/administration/rgpd/export.json")
async def export(request: Request, db: Db, user: Exporteur, q: Saisie = "") -> Response:
    """Everything found, in a form programs read; what could not be asked is named in it."""
    trouves, absents = await partout(db, user, _termes(q))
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


@router.post("/administration/rgpd/fichiers/{cle}/{objet_id}/{fichier_id}/effacer")
async def effacer(
    cle: str, objet_id: UUID, fichier_id: UUID, request: Request, db: Db, user: Anonymiseur, _exporteur: Exporteur
) -> Response:
    """Erase a file that tells of the person; its bytes go too, unless something else is made of them."""
    if cle not in GENRES:
        raise FicheAbsente
    means: Means = request.app.state.means
    reste = await fichiers.effacer(db, user, means.stockage, GENRES[cle], objet_id, fichier_id)
    return rafraichir(toast=fichiers.dire(reste))


def _termes(q: str) -> list[str]:
    """What names the person: one term a line, or separated by commas; too short ones would name everybody."""
    bruts = (terme.strip() for terme in re.split(r"[,\n;]", q))
    return [terme[:200] for terme in bruts if len(terme) >= TERME_MIN][:TERMES_MAX]
