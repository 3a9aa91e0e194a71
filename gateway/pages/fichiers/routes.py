"""Attached files in pages: the list of an object, one file looked at with its versions, taken off and put back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from gateway.pages.fichiers import lecture
from gateway.pages.fichiers.lecture import GENRES
from gateway.pages.rendu import rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
Cle = Annotated[str, Path(pattern=f"^({'|'.join(GENRES)})$")]


@router.get("/fichiers/{genre}/{objet_id}")
async def liste(genre: Cle, objet_id: UUID, request: Request, user: User) -> Response:
    """The files of an object, alone: in the drawer of a page that has no room for them."""
    contexte: dict[str, Any] = {
        "genre": GENRES[genre],
        "objet": GENRES[genre].page.format(id=objet_id),
        "objet_id": objet_id,
        **await lecture.de(user, genre, objet_id),
    }
    return rendre(request, "fichiers/liste.html", chemin=contexte["objet"], **contexte)


@router.get("/fichiers/{genre}/{objet_id}/{fichier_id}")
async def voir(genre: Cle, objet_id: UUID, fichier_id: UUID, request: Request, user: User) -> Response:
    """One file: shown when it is an image or a PDF, with its versions."""
    connu = GENRES[genre]
    lu = await user.services.get(connu.service, f"{connu.api(objet_id)}/{fichier_id}")
    objet = connu.page.format(id=objet_id)
    contexte: dict[str, Any] = {
        "f": lecture.fichier(lu, genre, objet_id),
        "editions": [lecture.fichier(e, genre, objet_id) for e in lu["editions"]],
        "fil": [(connu.nom, objet), ("Fichiers", f"/fichiers/{genre}/{objet_id}")],
        "peut": connu.modifiable(user),
    }
    return rendre(request, "fichiers/fichier.html", chemin=objet, **contexte)


@router.post("/fichiers/{genre}/{objet_id}/{fichier_id}/retirer")
async def retirer(genre: Cle, objet_id: UUID, fichier_id: UUID, user: User) -> Response:
    """Take a version off; the toast puts it back."""
    connu = GENRES[genre]
    await user.services.delete(connu.service, f"{connu.api(objet_id)}/{fichier_id}")
    annuler = f"/fichiers/{genre}/{objet_id}/{fichier_id}/remettre"
    return rafraichir(toast="Fichier retiré", annuler=annuler, fermer=True)


@router.post("/fichiers/{genre}/{objet_id}/{fichier_id}/remettre")
async def remettre(genre: Cle, objet_id: UUID, fichier_id: UUID, user: User) -> Response:
    """Put back what was taken off."""
    connu = GENRES[genre]
    await user.services.post(connu.service, f"{connu.api(objet_id)}/{fichier_id}/remettre")
    return rafraichir(toast="Fichier remis")
