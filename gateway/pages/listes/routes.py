"""The files and the columns of a list."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import StreamingResponse

from gateway.compte import personnel
from gateway.pages.listes import fichiers, lecture
from gateway.pages.listes.catalogue import LISTES
from gateway.pages.listes.definition import Liste
from gateway.pages.rendu import aujourd_hui, rafraichir, rendre
from gateway.session.dependances import User
from shared.fichiers.types import CSV, XLSX
from shared.kernel.refusals import NotFound
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
COLONNES_MAX = 40


class ListeInconnue(NotFound):
    """Cette liste n’existe pas."""


def _liste(cle: str) -> Liste:
    if cle not in LISTES:
        raise ListeInconnue
    return LISTES[cle]


Choisie = Annotated[Liste, Depends(_liste)]


@router.get("/listes/{cle}/exporter")
async def exporter(
    liste: Choisie, request: Request, db: Db, user: User, forme: Literal["csv", "xlsx"] = "csv"
) -> Response:
    """The whole list as the address filters it, with the columns this person may see and did not hide."""
    dite = {nom: valeur for nom, valeur in lecture.adresse(request).items() if nom != "forme"}
    jour = aujourd_hui(request)
    async with db.read() as session:
        cachees = await lecture.masquees(session, user.compte.id, liste)
    colonnes = [c for c in liste.permises(user, dite) if c.valeur is not None and c.libelle not in cachees]
    suite = fichiers.pages(user, liste, liste.parametres(dite, jour), colonnes)
    premiere = await anext(suite)  # what its service refuses is said before anything leaves
    titres = [c.libelle for c in colonnes]
    if forme == "csv":
        corps, genre = fichiers.csv([*titres], premiere, suite), f"{CSV}; charset=utf-8"
    else:
        corps, genre = fichiers.xlsx(liste.titre, [*titres], premiere, suite), XLSX
    entetes = {"Content-Disposition": f'attachment; filename="{liste.cle}-{jour:%Y-%m-%d}.{forme}"'}
    return StreamingResponse(corps, media_type=genre, headers={**entetes, "Cache-Control": "no-store"})


@router.get("/listes/{cle}/colonnes")
async def colonnes(liste: Choisie, request: Request, db: Db, user: User) -> Response:
    """Which columns to show."""
    async with db.read() as session:
        cachees = await lecture.masquees(session, user.compte.id, liste)
    visibles = [c for c in liste.permises(user, {}) if not c.fichier_seul]
    contexte: dict[str, Any] = {"liste": liste, "colonnes": visibles[1:], "cachees": cachees}
    return rendre(request, "listes/colonnes.html", **contexte)


@router.post("/listes/{cle}/colonnes")
async def choisir(
    liste: Choisie, db: Db, user: User, montrees: Annotated[list[str] | None, Form(max_length=COLONNES_MAX)] = None
) -> Response:
    """Keep the choice for this account; the first column always shows."""
    cachees = [c.libelle for c in liste.colonnes[1:] if not c.fichier_seul and c.libelle not in (montrees or [])]
    async with db.transaction(user.actor) as tx:
        await personnel.retenir(tx, user.compte.id, lecture.cle_de(liste), json.dumps(cachees, ensure_ascii=False))
    return rafraichir(toast="Colonnes enregistrées", fermer=True)
