"""How devis look, changed beside an example that follows what is typed."""

import base64
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from gateway.errors import Refus
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Json = dict[str, Any]
TEXTES = ("entete", "pied", "mentions", "conditions")
COLONNES = (("numero", "Numéros de ligne"), ("prix", "Prix unitaires"), ("remise", "Remises"), ("tva", "Taux de TVA"))


@router.get("/devis/presentation")
async def presentation(request: Request, user: User, agence_id: str = "") -> Response:
    """The form, and the example beside it."""
    vue = await user.services.get("commercial", "/presentations", {"agence_id": agence_id or None})
    return await _page(request, user, vue, {})


@router.post("/devis/presentation")
async def enregistrer(request: Request, user: User) -> Response:
    """One more version; what was sent keeps the one it had."""
    async with request.form() as form:
        agence_id = str(form.get("agence_id") or "")
        try:
            saisie = await _saisie(form) | await _cgv(form, user)
            rang = version_lue(form.get("rang"))
            await user.services.put("commercial", "/presentations", saisie, version=rang)
        except Refus as refus:
            vue = await user.services.get("commercial", "/presentations", {"agence_id": agence_id or None})
            tape = {nom: v for nom, v in (await _saisie(form)).items() if nom != "logo"}
            return await _page(request, user, {**vue, **tape, "rang": form.get("rang")}, erreurs_de(refus))
    suite = f"?agence_id={agence_id}" if agence_id else ""
    return aller(request, f"/devis/presentation{suite}", toast="Présentation enregistrée")


@router.post("/devis/presentation/apercu")
async def apercu(request: Request, user: User) -> Response:
    """The example of what is typed, shown in the frame beside; nothing is kept."""
    async with request.form() as form:
        saisie = await _saisie(form)
        fichier = form.get("cgv")
        if isinstance(fichier, UploadFile) and fichier.filename:
            saisie |= {"cgv_sha256": "0" * 64, "cgv_nom": fichier.filename[:120]}
    entetes = {"content-type": "application/json"}
    pdf = await user.services.transmettre(
        "commercial", "POST", "/presentations/apercu", entetes=entetes, corps=orjson.dumps(saisie)
    )
    return Response(pdf.corps, pdf.statut, media_type=pdf.entetes.get("content-type"))


async def _saisie(form: FormData) -> Json:
    """What is typed; an image chosen travels with it."""
    montrees = {str(nom) for nom in form.getlist("colonnes")}
    saisie: Json = {nom: str(form.get(nom) or "").strip() for nom in TEXTES}
    saisie["agence_id"] = str(form.get("agence_id") or "") or None
    saisie["couleur"] = str(form.get("couleur") or "") if "couleur_propre" in form else ""
    saisie["sans"] = [nom for nom, _ in COLONNES if nom not in montrees]
    saisie |= {nom: nom in form for nom in ("sans_logo", "sans_cgv")}
    logo = form.get("logo")
    if isinstance(logo, UploadFile) and logo.filename:
        saisie["logo"] = base64.b64encode(await logo.read()).decode()
        await logo.seek(0)
    return saisie


async def _cgv(form: FormData, user: Utilisateur) -> Json:
    fichier = form.get("cgv")
    if not isinstance(fichier, UploadFile) or not fichier.filename:
        return {}
    depot = (fichier.filename[:200], fichier.content_type or "", await fichier.read())
    pose = await user.services.deposer("commercial", "/presentations/cgv", *depot)
    return {"cgv_sha256": pose["sha256"], "cgv_nom": pose["nom"]}


async def _page(request: Request, user: Utilisateur, vue: Json, erreurs: dict[str, str]) -> Response:
    societe = await user.services.panneau("contacts", "/societe")
    agences = (societe or {}).get("agences", [])
    portees = [{"libelle": "Toute la société", "href": "/devis/presentation", "actif": not vue["agence_id"]}] + [
        {"libelle": a["nom"], "href": f"/devis/presentation?agence_id={a['id']}", "actif": vue["agence_id"] == a["id"]}
        for a in agences
    ]
    contexte: Json = {"v": vue, "erreurs": erreurs, "portees": portees, "colonnes": COLONNES}
    statut = 422 if erreurs else 200
    return rendre(request, "devis/presentation.html", onglet="modeles", status_code=statut, **contexte)
