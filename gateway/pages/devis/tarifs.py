"""Price lists, prices of clients and of marchés in pages; a product of the catalogue becomes a line at the price agreed."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.devis.vues import ajoute, deja, erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Json = dict[str, Any]
ORIGINES = {"liste": "Grille de prix", "client": "Prix d’un client", "marche": "Prix d’un marché"}
PRESENTATIONS = [("ligne", "Une ligne, composants cachés"), ("composants", "Une ligne par composant")]
POURQUOI = {"marche": "prix du marché", "client": "prix du client", "liste": "grille", "catalogue": "prix du catalogue"}
VIDE: Json = {
    **{"origine": "liste", "libelle": "", "tiers_id": None, "tiers_nom": "", "affaire_id": None, "affaire_nom": ""},
    **{"debut": None, "fin": None},
}


@router.get("/devis/tarifs")
async def tarifs(request: Request, user: User, q: str = "", origine: str = "", curseur: str | None = None) -> Response:
    """Every tarif, searched by its name, client or affaire."""
    filtres = {"q": q, "origine": origine}
    page = await user.services.panneau("commercial", "/tarifs", {**filtres, "curseur": curseur})
    suite = _suite("/devis/tarifs", filtres, page)
    contexte: Json = {"page": page, "filtres": filtres, "origines": ORIGINES, "suite": suite}
    return rendre(
        request, "devis/tarifs.html", onglet="tarifs", fragment="rangees" if curseur else "lignes", **contexte
    )


@router.get("/devis/tarifs/nouveau")
async def nouveau(request: Request, _user: User) -> Response:
    """An empty tarif."""
    return _formulaire(request, VIDE, {})


@router.post("/devis/tarifs/nouveau")
async def creer(request: Request, user: User) -> Response:
    """A new tarif, then its prices."""
    saisie = await _saisie(request)
    try:
        cree = await user.services.post("commercial", "/tarifs", saisie, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return _formulaire(request, {**VIDE, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/tarifs/{cree['id']}", toast="Tarif créé")


@router.get("/devis/tarifs/affaires/choisir")
async def choisir_affaire(user: User, q: str = "") -> Json:
    """The choices of the combobox of affaires."""
    page = await user.services.get("commercial", "/affaires", {"q": q, "limite": 8})
    return {
        "elements": [
            {"valeur": a["id"], "libelle": a["libelle"], "detail": f"{a['code']} · {a['tiers_nom'] or 'sans client'}"}
            for a in page["elements"]
        ]
    }


@router.get("/devis/tarifs/{tarif_id}")
async def tarif(
    tarif_id: UUID, request: Request, user: User, q: str = "", curseur: str | None = None, suivant: bool = False
) -> Response:
    """Its prices; `suivant`: one was just saved, the next is about to be typed."""
    return await _page(request, user, tarif_id, q=q, curseur=curseur, suivant=suivant)


@router.get("/devis/tarifs/{tarif_id}/modifier")
async def formulaire(tarif_id: UUID, request: Request, user: User) -> Response:
    """Whose it is and when it holds."""
    return _formulaire(request, await user.services.get("commercial", f"/tarifs/{tarif_id}"), {})


@router.post("/devis/tarifs/{tarif_id}/modifier")
async def modifier(tarif_id: UUID, request: Request, user: User) -> Response:
    """Change it; its prices stay."""
    form = await request.form()
    saisie, version = await _saisie(request), version_lue(form.get("version"))
    try:
        await user.services.put("commercial", f"/tarifs/{tarif_id}", saisie, version=version)
    except Refus as refus:
        ancien = await user.services.get("commercial", f"/tarifs/{tarif_id}")
        return _formulaire(request, {**ancien, **saisie, "version": version}, erreurs_de(refus))
    return aller(request, f"/devis/tarifs/{tarif_id}", toast="Tarif enregistré")


@router.post("/devis/tarifs/{tarif_id}/supprimer")
async def supprimer(tarif_id: UUID, request: Request, user: User) -> Response:
    """Take it away; propositions keep their prices."""
    await user.services.delete("commercial", f"/tarifs/{tarif_id}")
    return aller(request, "/devis/tarifs", toast="Tarif supprimé")


@router.post("/devis/tarifs/{tarif_id}/prix")
async def fixer(tarif_id: UUID, request: Request, user: User) -> Response:
    """The price of a product from a quantity on."""
    form = await request.form()
    corps = {
        "produit_id": str(form.get("produit_id") or ""),
        "quantite_min": decimal(str(form.get("quantite_min") or "1")),
        **{nom: decimal(valeur) for nom in ("prix_ht", "remise") if (valeur := str(form.get(nom) or "").strip())},
    }
    try:
        await user.services.put("commercial", f"/tarifs/{tarif_id}/prix", corps)
    except Refus as refus:
        return await _page(request, user, tarif_id, erreurs=erreurs_de(refus))
    return aller(request, f"/devis/tarifs/{tarif_id}?suivant=1", toast="Prix enregistré")


@router.post("/devis/tarifs/{tarif_id}/prix/{prix_id}/retirer")
async def retirer(tarif_id: UUID, prix_id: UUID, request: Request, user: User) -> Response:
    """This price is no longer agreed."""
    await user.services.delete("commercial", f"/tarifs/{tarif_id}/prix/{prix_id}")
    return aller(request, f"/devis/tarifs/{tarif_id}", toast="Prix retiré")


@router.post("/devis/tarifs/{tarif_id}/fichier")
async def importer(tarif_id: UUID, request: Request, user: User) -> Response:
    """Prices from a spreadsheet, tried or written; what was left out is told."""
    async with request.form() as form:
        fichier, essai = form.get("fichier"), form.get("geste") != "importer"
        if not isinstance(fichier, UploadFile) or not fichier.filename:
            return await _page(request, user, tarif_id, erreurs={"": "Choisissez le fichier à lire."}, bloc="bilan")
        genre, contenu = fichier.content_type or "", await fichier.read()
        try:
            bilan = await user.services.deposer(
                *("commercial", f"/tarifs/{tarif_id}/fichier", fichier.filename[:200], genre, contenu),
                essai=str(essai).lower(),
            )
        except Refus as refus:
            return await _page(request, user, tarif_id, erreurs={"": refus.detail}, bloc="bilan")
    return await _page(request, user, tarif_id, bilan=bilan, bloc="bilan")  # tried: the file stays chosen


# In a proposition ----------------------------------------------------------------------------------------------------


@router.get("/devis/propositions/{proposition_id}/depuis-produit")
async def produit(proposition_id: UUID, request: Request, user: User) -> Response:
    """A product of the catalogue, how many."""
    return await _produit(request, user, proposition_id, {})


@router.get("/devis/propositions/{proposition_id}/prix")
async def prix(
    proposition_id: UUID, request: Request, user: User, produit_id: str = "", quantite: str = "1"
) -> Response:
    """The price it will have, and why, as the quantity is typed."""
    retenu, combien = None, decimal(quantite)
    if produit_id and combien:
        try:
            params = {"produit_id": produit_id, "quantite": combien}
            retenu = await user.services.get("commercial", f"/propositions/{proposition_id}/prix", params)
        except Refus:
            retenu = None  # a quantity half typed
    contexte: Json = {"retenu": retenu, "pourquoi": POURQUOI, "presentations": PRESENTATIONS}
    return rendre(request, "devis/prix_retenu.html", onglet="etudes", fragment="prix", **contexte)


@router.post("/devis/propositions/{proposition_id}/depuis-produit")
async def deposer(proposition_id: UUID, request: Request, user: User) -> Response:
    """It becomes the last line."""
    form = await request.form()
    corps = {
        "produit_id": str(form.get("produit_id") or ""),
        "quantite": decimal(str(form.get("quantite") or "1")),
        "presentation": str(form.get("presentation") or "ligne"),
    }
    cle = request.headers.get("idempotency-key")
    try:
        vue = await user.services.post("commercial", f"/propositions/{proposition_id}/depuis-produit", corps, cle=cle)
    except Refus as refus:
        return await _produit(request, user, proposition_id, erreurs_de(refus), ajoutes=deja(form))
    if "encore" in form:
        return await _produit(request, user, proposition_id, {}, ajoutes=[*deja(form), ajoute(vue)])
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Produit ajouté au devis")


async def _produit(
    request: Request,
    user: Utilisateur,
    proposition_id: UUID,
    erreurs: dict[str, str],
    *,
    ajoutes: Sequence[str] = (),
) -> Response:
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    statut = 422 if erreurs else 200
    contexte: Json = {
        "p": p,
        "erreurs": erreurs,
        "retenu": None,
        "pourquoi": POURQUOI,
        "presentations": PRESENTATIONS,
        "ajoutes": ajoutes,
    }
    return rendre(
        request, "devis/depuis_produit.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )


async def _page(
    request: Request,
    user: Utilisateur,
    tarif_id: UUID,
    *,
    q: str = "",
    curseur: str | None = None,
    erreurs: dict[str, str] | None = None,
    bilan: Json | None = None,
    suivant: bool = False,
    bloc: str = "lignes",
) -> Response:
    t = await user.services.get("commercial", f"/tarifs/{tarif_id}")
    page = await user.services.get("commercial", f"/tarifs/{tarif_id}/prix", {"q": q, "curseur": curseur})
    contexte: Json = {"t": t, "page": page, "q": q, "erreurs": erreurs or {}, "bilan": bilan, "suivant": suivant}
    contexte |= {"origines": ORIGINES, "suite": _suite(f"/devis/tarifs/{tarif_id}", {"q": q}, page)}
    fragment, statut = "rangees" if curseur else bloc, 422 if erreurs else 200
    return rendre(request, "devis/tarif.html", onglet="tarifs", fragment=fragment, status_code=statut, **contexte)


def _suite(chemin: str, filtres: Json, page: Any) -> str | None:
    curseur = page["curseur_suivant"] if page else None
    return f"{chemin}?{urlencode({**filtres, 'curseur': curseur})}" if curseur else None


async def _saisie(request: Request) -> Json:
    form = await request.form()
    origine = str(form.get("origine") or "liste")
    noms = ("tiers_id", "affaire_id", "debut", "fin")
    lus = {nom: str(form.get(nom) or "").strip() or None for nom in noms}
    return {"origine": origine, "libelle": str(form.get("libelle") or "").strip(), **lus}


def _formulaire(request: Request, t: Json, erreurs: dict[str, str]) -> Response:
    contexte: Json = {"t": t, "erreurs": erreurs, "origines": list(ORIGINES.items())}
    statut = 422 if erreurs else 200
    return rendre(
        request, "devis/tarif_modifier.html", onglet="tarifs", fragment="formulaire", status_code=statut, **contexte
    )
