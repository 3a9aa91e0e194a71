"""The mailbox of the demo: lists and shows what was sent, so that links in mails can be followed."""

import asyncio
import re
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.boite import courriers
from gateway.pages.rendu import rendre
from gateway.session.dependances import User
from shared.kernel.refusals import NotFound

router = APIRouter(include_in_schema=False)
LIEN = re.compile(r"https?://\S+")


class BoiteFermee(NotFound):
    """La boîte locale n’existe que dans la démonstration."""


def _dossier(request: Request) -> Path:
    dossier: Path | None = request.app.state.means.settings.mailbox_folder
    if dossier is None:
        raise BoiteFermee
    return dossier


@router.get("/boite")
async def liste(request: Request, _user: User) -> Response:
    """Every mail sent, newest first."""
    lus = await asyncio.to_thread(courriers.lister, _dossier(request))
    return rendre(request, "boite/liste.html", courriers=lus)


@router.get("/boite/{fichier}")
async def lire(fichier: str, request: Request, _user: User) -> Response:
    """One mail, its links and attachments."""
    message = await asyncio.to_thread(courriers.lire, _dossier(request), fichier)
    morceaux = _avec_liens(courriers.texte(message))
    pieces = [piece.get_filename() or "piece" for piece in message.iter_attachments()]
    contexte: dict[str, Any] = {"objet": str(message["Subject"]), "de": str(message["From"]), "a": str(message["To"])}
    return rendre(request, "boite/courrier.html", **contexte, fichier=fichier, morceaux=morceaux, pieces=pieces)


@router.get("/boite/{fichier}/pieces/{rang}")
async def piece(fichier: str, rang: int, request: Request, _user: User) -> Response:
    """An attachment."""
    message = await asyncio.to_thread(courriers.lire, _dossier(request), fichier)
    nom, type_contenu, contenu = courriers.piece(message, rang)
    propre = nom.replace('"', "")
    return Response(contenu, media_type=type_contenu, headers={"Content-Disposition": f'inline; filename="{propre}"'})


def _avec_liens(texte: str) -> list[tuple[str, bool]]:
    """The text cut into (piece, is a link)."""
    morceaux: list[tuple[str, bool]] = []
    fin = 0
    for lien in LIEN.finditer(texte):
        morceaux += [(texte[fin : lien.start()], False), (lien.group(), True)]
        fin = lien.end()
    return [*morceaux, (texte[fin:], False)]
