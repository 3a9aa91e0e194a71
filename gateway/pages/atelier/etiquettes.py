"""Label batches and their sheets, in pages."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.adresse import Designe
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User

router = APIRouter()
FORMATS = (
    ("L7160", "A4, 21 étiquettes 63,5 × 38,1 mm"),
    ("L7159", "A4, 24 étiquettes 63,5 × 33,9 mm"),
    ("L7651", "A4, 65 étiquettes 38,1 × 21,2 mm"),
    ("rouleau-62", "Rouleau 62 mm"),
)
PAPIERS = (*FORMATS, ("libre", "Rouleau sur mesure"))
DETAILS = (
    ("serie", "Numéro de série, sinon référence"),
    ("reference", "Référence du produit"),
    ("telephone", "Notre téléphone"),
    ("rien", "Rien"),
)
CHOIX: dict[str, Any] = {"papiers": PAPIERS, "details": DETAILS}


@router.get("/atelier/etiquettes")
async def liste(
    request: Request, user: User, lot: str = "", feuille: Designe = None, curseur: str | None = None
) -> Response:
    """The batches made; `lot` is the one just created, ready to print, `feuille` the sheet that asked for it."""
    page = await user.services.get("inventory", "/etiquettes/lots", {"curseur": curseur})
    choisi = next((x for x in page["elements"] if x["id"] == lot), None)
    contexte: dict[str, Any] = {"page": page, "choisi": choisi, "feuille": feuille, **CHOIX}
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
async def planche(lot_id: UUID, request: Request, user: User) -> Response:
    """The PDF sheet, on the paper chosen."""
    params = dict(request.query_params)
    return servir(await user.services.fichier("inventory", f"/etiquettes/lots/{lot_id}/planche", params))


@router.get("/atelier/objets/{historique_id}/etiquette")
async def de_l_objet(historique_id: UUID, request: Request, user: User) -> Response:
    """On what the label of one object is printed again."""
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    action = f"/atelier/objets/{historique_id}/etiquette/planche"
    return rendre(request, "atelier/etiquette.html", onglet="objets", o=objet, action=action, **CHOIX)


@router.get("/atelier/objets/{historique_id}/etiquette/planche")
async def reimprimer(historique_id: UUID, request: Request, user: User) -> Response:
    """That label, as a PDF."""
    params = dict(request.query_params)
    return servir(await user.services.fichier("inventory", f"/historiques/{historique_id}/etiquette/planche", params))
