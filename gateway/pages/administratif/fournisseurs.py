"""Supplier invoices: what was received, to check against what the supplier bills."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/administratif/fournisseurs")
async def liste(request: Request, user: User, etat: str = "", curseur: str | None = None) -> Response:
    """Supplier invoices, newest first."""
    page = await user.services.get("billing", "/affaires-fournisseur", {"etat": etat, "curseur": curseur})
    fragment = "rangees" if curseur else None
    return rendre(
        request, "administratif/fournisseurs.html", onglet="fournisseurs", fragment=fragment, page=page, etat=etat
    )


@router.get("/administratif/fournisseurs/{achat_id}")
async def fiche(achat_id: UUID, request: Request, user: User) -> Response:
    """One supplier invoice, line by line."""
    achat = await user.services.get("billing", f"/affaires-fournisseur/{achat_id}")
    return rendre(request, "administratif/fournisseur.html", onglet="fournisseurs", a=achat)


@router.post("/administratif/fournisseurs/{achat_id}/controler")
async def controler(achat_id: UUID, request: Request, user: User) -> Response:
    """It matches what the supplier bills."""
    form = await request.form()
    corps = {"facture_fournisseur": form.get("facture_fournisseur"), "date_facture": form.get("date_facture") or None}
    await user.services.post("billing", f"/affaires-fournisseur/{achat_id}/controler", corps)
    return aller(request, f"/administratif/fournisseurs/{achat_id}", toast="Facture contrôlée")
