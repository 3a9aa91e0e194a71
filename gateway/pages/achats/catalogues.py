"""Suppliers' catalogues in pages: their columns, their files, the imports."""

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from gateway.errors import Refus
from gateway.pages.rendu import aller, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
CHAMPS = (
    ("reference", "Référence", "Code article"),
    ("designation", "Désignation", "Libellé"),
    ("prix_achat_ht", "Prix d’achat HT", "Prix net"),
    ("prix_public_ht", "Prix public HT", ""),
    ("marque", "Marque", ""),
    ("ean", "Code-barres EAN", ""),
    ("famille", "Famille", ""),
    ("stock", "Stock", ""),
)
MORCEAU = 1024 * 1024
Json = dict[str, Any]


@router.get("/achats/catalogues")
async def catalogues(request: Request, user: User, fournisseur_id: str = "") -> Response:
    """The last imports; those of one supplier with the columns of its files."""
    return await _page(request, user, fournisseur_id, {})


@router.post("/achats/catalogues")
async def importer(request: Request, user: User) -> Response:
    """Keep the columns, then read the file or try it."""
    async with request.form() as form:
        fournisseur_id = str(form.get("fournisseur_id") or "")
        if not fournisseur_id:
            return await _page(request, user, "", {"fournisseur_id": "Choisissez le fournisseur."}, bloc="imports")
        try:
            toast = await _deposer(user, f"/catalogues-fournisseur/{fournisseur_id}", form)
        except Refus as refus:
            return await _page(request, user, fournisseur_id, refus.erreurs or {"": refus.detail}, bloc="imports")
        if est_htmx(request):  # tried: the file stays chosen
            return await _page(request, user, fournisseur_id, {}, bloc="imports")
    return aller(request, f"/achats/catalogues?fournisseur_id={fournisseur_id}", toast=toast)


async def _deposer(user: Utilisateur, chemin: str, form: FormData) -> str:
    """What was done, in a word; the file, which may be large, goes to the service by pieces."""
    colonnes = {champ: titre for champ, _, _ in CHAMPS if (titre := str(form.get(champ) or "").strip())}
    await user.services.put(
        "commercial", f"{chemin}/profil", {"colonnes": colonnes, "source": form.get("source") or ""}
    )
    if form.get("geste") == "relever":
        await user.services.post("commercial", f"{chemin}/relever")
        return "Relevé en cours"
    fichier, essai = form.get("fichier"), form.get("geste") != "importer"
    if not isinstance(fichier, UploadFile) or not fichier.filename:
        return "Colonnes enregistrées"
    depot = (fichier.filename[:200], fichier.content_type or "", _morceaux(fichier))
    await user.services.deposer("commercial", f"{chemin}/fichier", *depot, essai=str(essai).lower())
    return "Essai en cours" if essai else "Import en cours"


async def _morceaux(fichier: UploadFile) -> AsyncIterator[bytes]:
    while morceau := await fichier.read(MORCEAU):
        yield morceau


async def _page(
    request: Request, user: Utilisateur, fournisseur_id: str, erreurs: dict[str, str], *, bloc: str | None = None
) -> Response:
    imports = await user.services.get("commercial", "/imports-catalogue", {"fournisseur_id": fournisseur_id})
    profil, tiers = {}, None
    if fournisseur_id:
        profil, tiers = await user.services.panneaux(
            ("commercial", f"/catalogues-fournisseur/{fournisseur_id}/profil"), ("contacts", f"/tiers/{fournisseur_id}")
        )
    contexte: Json = {
        "imports": imports,
        "fournisseur_id": fournisseur_id,
        "fournisseur": tiers["nom"] if tiers else "",
        "champs": [
            (champ, libelle, (profil or {}).get("colonnes", {}).get(champ, exemple))
            for champ, libelle, exemple in CHAMPS
        ],
        "source": (profil or {}).get("source", ""),
        "erreurs": erreurs,
        "htmx": est_htmx(request),
    }
    statut = 422 if erreurs else 200
    gabarit = "achats/catalogues.html"
    return rendre(request, gabarit, onglet="catalogues", fragment=bloc, status_code=statut, **contexte)
