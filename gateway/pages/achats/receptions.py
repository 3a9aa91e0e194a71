"""Receptions: the list, the scanning screen, typed lines, validation."""

from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.achats.substitution import plus_proche
from gateway.pages.achats.textes import MOTS
from gateway.pages.atelier.etiquettes import FORMATS
from gateway.pages.coque.gabarits import DIST, asset, version
from gateway.pages.listes.catalogue import ENTREES
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import aller, aujourd_hui, notifier, rafraichir, rendre, servir
from gateway.session.dependances import User, Utilisateur
from shared.documents.typographie import francais

router = APIRouter()
SITUATIONS = (("ouverte", "En cours"), ("validee", "Validées"), ("toutes", "Toutes"))


@router.get("/achats/receptions")
async def liste(
    request: Request, user: User, q: str = "", situation: str = "toutes", curseur: str | None = None
) -> Response:
    """Receptions by number, supplier, order, invoice or delivery note; orders to come beside them."""
    etat = situation if situation in MOTS["etats_reception"] else ""
    page, vue = await lire_exigee(request, user, ENTREES)
    attendues = await user.services.panneau("purchasing", "/commandes", {"en_cours": "true", "limite": 8})
    contexte: dict[str, Any] = {
        **MOTS,
        "page": page,
        "liste": vue,
        "q": q,
        "situation": etat or "toutes",
        "situations": SITUATIONS,
        "attendues": attendues,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "achats/receptions.html", onglet="receptions", fragment=fragment, **contexte)


async def _contexte(user: Utilisateur, reception_id: UUID) -> dict[str, Any]:
    """The reception, with its thousand serial numbers only once they no longer change, and the last codes read."""
    chemin = f"/receptions/{reception_id}"
    reception = await user.services.get("purchasing", chemin, {"series": "false"})
    if reception["etat"] != "ouverte":
        reception = await user.services.get("purchasing", chemin)
    lectures = await user.services.get("purchasing", f"{chemin}/scans")
    derniere = next((lecture for lecture in lectures if not lecture["est_annulee"]), None)
    return {
        **MOTS,
        "r": reception,
        "lectures": lectures,
        "derniere": derniere,
        "papiers": FORMATS,
        "version": version(),
        "depassement": None,
    }


@router.get("/achats/receptions/hors-ligne.js")
async def hors_ligne() -> Response:
    """The worker that shows the scanning screen without a network: here, so that its scope is these pages alone."""
    fichier = DIST / Path(asset("sw.js")).name
    return FileResponse(fichier, media_type="text/javascript", headers={"cache-control": "no-cache"})


@router.get("/achats/receptions/{reception_id}")
async def fiche(reception_id: UUID, request: Request, user: User) -> Response:
    """The scanning screen; htmx asks again for what follows each code."""
    contexte = await _contexte(user, reception_id)
    return rendre(request, "achats/reception.html", onglet="receptions", fragment="suivi", **contexte)


@router.post("/achats/receptions/{reception_id}/accepter")
async def accepter(reception_id: UUID, request: Request, user: User) -> Response:
    """Take in what was not expected."""
    form = await request.form()
    corps = {"lectures": [{"code": saisies.texte(form, "code"), "accepter": True}]}
    lues = await user.services.post("purchasing", f"/receptions/{reception_id}/scans", corps, cle=saisies.cle(request))
    lecture, refus = lues["lectures"][0]["lecture"], lues["lectures"][0]["refus"]
    if refus:
        return notifier(rafraichir(), francais(refus["detail"]), ton="danger")
    if lecture["resultat"] == "attendu":
        return rafraichir(toast=f"{lecture['libelle']} : surplus accepté")
    return notifier(rafraichir(), f"{lecture['libelle']} : {lecture['detail']}", ton="danger")


@router.get("/achats/receptions/{reception_id}/produits")
async def choisir_produit(reception_id: UUID, user: User, q: str = "") -> dict[str, Any]:
    """Products for a combobox."""
    del reception_id
    produits = await user.services.get("purchasing", "/produits", {"q": q, "limite": 10})
    return {
        "elements": [
            {"valeur": p["produit_id"], "libelle": p["designation"], "detail": p["reference"]} for p in produits
        ]
    }


@router.get("/achats/receptions/{reception_id}/ajouter")
async def formulaire_ajout(
    reception_id: UUID, request: Request, user: User, produit_id: str = "", libelle: str = "", remplace: str = ""
) -> Response:
    """A product nobody expected: in surplus, or in place of an expected one."""
    reception = await user.services.get("purchasing", f"/receptions/{reception_id}")
    remplacables = [li for li in reception["lignes"] if float(li["restante"]) > 0 and not li["remplace_produit_id"]]
    contexte: dict[str, Any] = {
        "r": reception,
        "remplacables": remplacables,
        "produit_id": produit_id,
        "libelle": libelle,
        "remplace": plus_proche(remplacables, libelle) if remplace else "",
    }
    return rendre(request, "achats/reception_ajouter.html", onglet="receptions", **contexte)


@router.post("/achats/receptions/{reception_id}/ajouter")
async def ajouter(reception_id: UUID, request: Request, user: User) -> Response:
    """Count it."""
    form = await request.form()
    corps = {
        "produit_id": saisies.texte(form, "produit_id"),
        "quantite": saisies.nombre(form, "quantite"),
        "remplace_ligne_id": saisies.texte(form, "remplace_ligne_id") or None,
    }
    chemin = f"/receptions/{reception_id}/lignes"
    await user.services.post("purchasing", chemin, corps, cle=saisies.cle(request))
    return rafraichir(toast="Produit enregistré", fermer=True)


@router.post("/achats/receptions/{reception_id}/lignes/{ligne_id}")
async def saisir(reception_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """A quantity counted by hand, a price read on the invoice."""
    form = await request.form()
    corps: dict[str, Any] = {"quantite": saisies.nombre(form, "quantite") or "0", "accepter": "accepter" in form}
    if "prix_ht" in form:
        corps["prix_ht"] = saisies.nombre(form, "prix_ht")
    try:
        await user.services.put("purchasing", f"/receptions/{reception_id}/lignes/{ligne_id}", corps)
    except Refus as refus:
        if refus.probleme.get("code") != "quantite_en_trop":
            raise
        depassement = {"ligne_id": ligne_id, "quantite": corps["quantite"], "detail": refus.detail}
        contexte = {**await _contexte(user, reception_id), "depassement": depassement}
        return rendre(request, "achats/reception.html", onglet="receptions", fragment="suivi", **contexte)
    return rafraichir()


@router.post("/achats/receptions/{reception_id}/ecarter/{scan_id}")
async def ecarter(reception_id: UUID, scan_id: UUID, user: User) -> Response:
    """A code refused is set aside: what it named stays out of the reception."""
    await user.services.post("purchasing", f"/receptions/{reception_id}/scans/{scan_id}/annuler")
    return rafraichir(toast="Laissé de côté")


@router.post("/achats/receptions/{reception_id}/lignes/{ligne_id}/retirer")
async def retirer(reception_id: UUID, ligne_id: UUID, user: User) -> Response:
    """Undo a surplus or a substitution."""
    await user.services.post("purchasing", f"/receptions/{reception_id}/lignes/{ligne_id}/retirer")
    return rafraichir(toast="Ligne retirée")


@router.get("/achats/receptions/{reception_id}/lignes/{ligne_id}/series")
async def formulaire_series(reception_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """Serial numbers of a line, in a dialog."""
    vides = {"numeros": (), "debut": None, "fin": None}
    return await _series(request, user, "reception_series", reception_id, ligne_id, saisi=vides, depassement="")


async def _series(
    request: Request, user: Utilisateur, gabarit: str, reception_id: UUID, ligne_id: UUID, **ctx: Any
) -> Response:
    reception = await user.services.get("purchasing", f"/receptions/{reception_id}")
    ligne = next((li for li in reception["lignes"] if li["id"] == str(ligne_id)), None)
    if ligne is None:
        return aller(request, f"/achats/receptions/{reception_id}")
    return rendre(request, f"achats/{gabarit}.html", onglet="receptions", r=reception, ligne=ligne, **ctx)


@router.post("/achats/receptions/{reception_id}/lignes/{ligne_id}/series")
async def poser_series(reception_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """Add serial numbers, or keep the supplier's list to compare what will be scanned with it."""
    corps = await saisies.series(request)
    chemin = f"/receptions/{reception_id}/lignes/{ligne_id}/series"
    async with request.form() as form:
        if form.get("annoncer"):
            await user.services.put("purchasing", f"{chemin}-annoncees", {"numeros": corps["numeros"]})
            return rafraichir(toast="Liste du fournisseur enregistrée", fermer=True)
    try:
        await user.services.post("purchasing", chemin, corps, cle=saisies.cle(request))
    except Refus as refus:
        if refus.probleme.get("code") != "quantite_en_trop":
            raise
        rejete = {"saisi": corps, "depassement": refus.detail}
        return await _series(request, user, "_series", reception_id, ligne_id, **rejete)
    return rafraichir(toast="Numéros de série enregistrés", fermer=True)


@router.post("/achats/receptions/{reception_id}/lignes/{ligne_id}/series/retirer")
async def retirer_serie(reception_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """Remove one typed by mistake."""
    form = await request.form()
    chemin = f"/receptions/{reception_id}/lignes/{ligne_id}/series/retirer"
    await user.services.post("purchasing", chemin, {"numeros": [saisies.texte(form, "numero")]})
    return rafraichir(toast="Numéro de série retiré", fermer=True)


@router.get("/achats/receptions/{reception_id}/valider")
async def formulaire_validation(reception_id: UUID, request: Request, user: User) -> Response:
    """The papers of the supplier, and what validation will do."""
    contexte = await _contexte(user, reception_id)
    jour = aujourd_hui(request).isoformat()
    return rendre(request, "achats/reception_valider.html", onglet="receptions", aujourd_hui=jour, **contexte)


@router.post("/achats/receptions/{reception_id}/valider")
async def valider(reception_id: UUID, request: Request, user: User) -> Response:
    """Goods enter the stock; the attached invoice goes to accounts."""
    corps = await saisies.validation(request)
    async with request.form() as form:
        facture = form.get("facture_jointe")
        if isinstance(facture, UploadFile) and facture.filename:
            depot = (facture.filename, facture.content_type or "", await facture.read())
            await user.services.deposer("purchasing", f"/receptions/{reception_id}/facture", *depot)
    chemin = f"/receptions/{reception_id}/valider"
    reception = await user.services.post("purchasing", chemin, corps, cle=saisies.cle(request))
    return aller(request, f"/achats/receptions/{reception_id}", toast=f"Réception {reception['numero']} validée")


@router.get("/achats/receptions/{reception_id}/facture")
async def facture(reception_id: UUID, user: User) -> Response:
    """The supplier's invoice as it was attached."""
    return servir(await user.services.fichier("purchasing", f"/receptions/{reception_id}/facture"))


@router.post("/achats/receptions/{reception_id}/abandonner")
async def abandonner(reception_id: UUID, request: Request, user: User) -> Response:
    """Opened by mistake."""
    await user.services.post("purchasing", f"/receptions/{reception_id}/abandonner", cle=saisies.cle(request))
    return aller(request, "/achats/receptions", toast="Réception abandonnée")
