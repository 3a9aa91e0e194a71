"""Label batches and their sheets, in pages."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter()
FORMATS = (
    ("L7160", "A4, 21 étiquettes 63,5 × 38,1 mm"),
    ("L7159", "A4, 24 étiquettes 63,5 × 33,9 mm"),
    ("L7651", "A4, 65 étiquettes 38,1 × 21,2 mm"),
    ("rouleau-62", "Rouleau 62 mm"),
)


@router.get("/atelier/etiquettes")
async def liste(
    request: Request, user: User, lot: str = "", feuille: UUID | None = None, curseur: str | None = None
) -> Response:
    """The batches made; `lot` is the one just created, ready to print, `feuille` the sheet that asked for it."""
    page = await user.services.get("inventory", "/etiquettes/lots", {"curseur": curseur})
    choisi = next((x for x in page["elements"] if x["id"] == lot), None)
    contexte: dict[str, Any] = {"page": page, "choisi": choisi, "feuille": feuille, "formats": FORMATS}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/etiquettes.html", onglet="etiquettes", fragment=fragment, **contexte)


@router.post("/atelier/etiquettes")
async def generer(request: Request, user: User) -> Response:
    """Make a batch of free codes."""
    nombre = str((await request.form()).get("nombre") or "21")
    cle = request.headers.get("idempotency-key")
    lot = await user.services.post("inventory", "/etiquettes/generer", {"nombre": nombre}, cle=cle)
    return aller(request, f"/atelier/etiquettes?lot={lot['id']}", toast="Étiquettes créées : imprimez la planche")


@router.get("/atelier/etiquettes/{lot_id}/planche")
async def planche(lot_id: UUID, user: User, format: str = "L7160", depart: int = 1) -> Response:
    """The PDF sheet."""
    params = {"format": format, "depart": depart}
    fichier = await user.services.fichier("inventory", f"/etiquettes/lots/{lot_id}/planche", params)
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline")}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)
