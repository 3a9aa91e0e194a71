"""Visits: what must be planned, the preparation and its sheet, the readings."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.coque.formats import aujourd_hui
from gateway.pages.listes.catalogue import VISITES_DUES
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.parc import saisies
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]
SITUATIONS = (
    ("a_traiter", "À traiter"),
    ("due", "À prévoir"),
    ("planifiee", "Planifiées"),
    ("effectuee", "Relevés attendus"),
    ("programmee", "Programmées"),
    ("realisee", "Réalisées"),
    ("toutes", "Toutes"),
)
ETAPES = (("due", "À prévoir"), ("planifiee", "Planifiée"), ("effectuee", "Effectuée"), ("realisee", "Réalisée"))


@router.get("/parc/visites")
async def liste(
    request: Request, user: User, q: str = "", situation: str = "a_traiter", curseur: str | None = None
) -> Response:
    """Visits by due date."""
    page, vue = await lire_exigee(request, user, VISITES_DUES)
    contexte: Json = {**MOTS, "page": page, "liste": vue, "q": q, "situation": situation, "situations": SITUATIONS}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "parc/visites.html", onglet="visites", fragment=fragment, **contexte)


@router.post("/parc/visites/declencher")
async def declencher(request: Request, user: User) -> Response:
    """Announce now the visits due within thirty days: their demandes open by themselves."""
    fait = await user.services.post("maintenance", "/visites/declencher", {}, cle=saisies.cle(request))
    n = len(fait["visite_ids"])
    mots = "Aucune nouvelle visite à prévoir" if n == 0 else f"{n} visite{'s' if n > 1 else ''} à prévoir"
    return rafraichir(toast=mots)


@router.get("/parc/visites/{visite_id}")
async def fiche(visite_id: UUID, request: Request, user: User) -> Response:
    """A visit: who goes where, what must be looked at, what was read."""
    visite = await user.services.get("maintenance", f"/visites/{visite_id}")
    collaborateurs = await user.services.panneau("contacts", "/collaborateurs")
    rang = next((r for r, (etat, _) in enumerate(ETAPES) if etat == visite["etat"]), -1)
    etapes = [
        {"libelle": libelle, "etat": "courante" if r == rang else ("passee" if r < rang else "a_venir")}
        for r, (_, libelle) in enumerate(ETAPES)
    ]
    contexte: Json = {
        **MOTS,
        "v": visite,
        "etapes": etapes,
        "noms": [f"{c['prenom']} {c['nom']}".strip() for c in collaborateurs or ()],
        "jour": aujourd_hui(),
    }
    return rendre(request, "parc/visite.html", onglet="visites", **contexte)


@router.post("/parc/visites/{visite_id}/preparer")
async def preparer(visite_id: UUID, request: Request, user: User) -> Response:
    """Keep the day, the technician and the ticked objects."""
    form = await request.form()
    corps = {
        "date": saisies.texte(form, "date"),
        "intervenant": saisies.texte(form, "intervenant"),
        "equipement_ids": [str(i) for i in form.getlist("ids")],
    }
    chemin = f"/visites/{visite_id}/preparer"
    await user.services.post("maintenance", chemin, corps, version=saisies.version(form), cle=saisies.cle(request))
    return rafraichir(toast="Visite préparée")


@router.get("/parc/visites/{visite_id}/fiche.pdf")
async def fiche_pdf(visite_id: UUID, user: User) -> Response:
    """The fillable sheet to take on site."""
    fichier = await user.services.fichier("maintenance", f"/visites/{visite_id}/fiche.pdf")
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline")}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


@router.get("/parc/visites/{visite_id}/releves")
async def releves(visite_id: UUID, request: Request, user: User) -> Response:
    """Type what was read on site."""
    visite = await user.services.get("maintenance", f"/visites/{visite_id}")
    coches = [e for e in visite["equipements"] if e["est_coche"]] or visite["equipements"]
    jour = aujourd_hui().isoformat()
    proposee = min(visite["effectuee_le"] or visite["planifiee_le"] or jour, jour)
    contexte: Json = {**MOTS, "v": visite, "equipements": coches, "date_proposee": proposee}
    return rendre(request, "parc/releves.html", onglet="visites", **contexte)


@router.post("/parc/visites/{visite_id}/releves")
async def realiser(visite_id: UUID, request: Request, user: User) -> Response:
    """Record the readings: the parc takes the new values."""
    form = await request.form()
    chemin = f"/visites/{visite_id}/realiser"
    corps = saisies.realisation(form)
    await user.services.post("maintenance", chemin, corps, version=saisies.version(form), cle=saisies.cle(request))
    return aller(request, f"/parc/visites/{visite_id}", toast="Visite réalisée, parc mis à jour")
