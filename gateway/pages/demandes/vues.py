"""Views somebody named: a board or a list with its filters, found again on any machine."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import personnel
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User
from shared.database.transaction import Transaction
from shared.kernel.refusals import Conflict, Invalid
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
CLE = "demandes.vues"
VUES_MAX = 30
Libelle = Annotated[str, Form(min_length=1, max_length=60)]
Adresse = Annotated[str, Form(max_length=600)]


class TropDeVues(Conflict):
    """Vous avez déjà {nombre} vues ; retirez-en une avant d’en enregistrer une autre."""


class VueAilleurs(Invalid):
    """Une vue enregistrée est un tableau ou une liste de demandes."""


async def lire(session: AsyncSession, compte_id: UUID) -> list[dict[str, str]]:
    """The views of an account, in the order they were named."""
    return lues(await personnel.preference(session, compte_id, CLE))


def lues(gardees: str | None) -> list[dict[str, str]]:
    """The views as their preference keeps them."""
    vues: list[dict[str, str]] = json.loads(gardees) if gardees else []
    return vues


@router.get("/demandes/vues")
async def vues(request: Request, db: Db, user: User, adresse: str = "") -> Response:
    """Name the view one looks at; the ones named before may be taken away."""
    async with db.read() as session:
        gardees = await lire(session, user.compte.id)
    contexte: dict[str, Any] = {"vues": gardees, "adresse": adresse if _est_ici(adresse) else ""}
    return rendre(request, "demandes/vues.html", onglet="liste", **contexte)


@router.post("/demandes/vues")
async def enregistrer(request: Request, db: Db, user: User, libelle: Libelle, adresse: Adresse) -> Response:
    """Keep it; a view of the same name is replaced."""
    if not _est_ici(adresse):
        raise VueAilleurs
    async with db.transaction(user.actor) as tx:
        gardees = [v for v in await lire(tx.session, user.compte.id) if v["libelle"] != libelle.strip()]
        if len(gardees) >= VUES_MAX:
            raise TropDeVues(nombre=VUES_MAX)
        await _garder(tx, user.compte.id, [*gardees, {"libelle": libelle.strip(), "adresse": adresse}])
    return aller(request, adresse, toast="Vue enregistrée")


@router.post("/demandes/vues/retirer")
async def retirer(request: Request, db: Db, user: User, libelle: Libelle) -> Response:
    """Take a view away; the demandes it showed do not change."""
    async with db.transaction(user.actor) as tx:
        gardees = [v for v in await lire(tx.session, user.compte.id) if v["libelle"] != libelle]
        await _garder(tx, user.compte.id, gardees)
    return aller(request, "/demandes/liste", toast="Vue retirée")


async def _garder(tx: Transaction, compte_id: UUID, gardees: list[dict[str, str]]) -> None:
    await personnel.retenir(tx, compte_id, CLE, json.dumps(gardees, ensure_ascii=False))


def _est_ici(adresse: str) -> bool:
    return adresse.startswith(("/demandes/tableaux/", "/demandes/liste", "/demandes/mes-demandes"))
