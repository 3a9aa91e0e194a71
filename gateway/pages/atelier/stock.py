"""Stock by product and agency, in pages."""

from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.atelier import natures
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]


@router.get("/atelier/stock")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    famille: str = "",
    agence_id: str = "",
    tous: str = "",
    curseur: str | None = None,
) -> Response:
    """Stock by product, one column per agency."""
    filtre = {"q": q, "famille": famille, "agence_id": agence_id}
    params = {**filtre, "presents": "false" if tous else "true", "curseur": curseur}
    page = await user.services.get("inventory", "/stock", params)
    depots, familles = await user.services.panneaux(("inventory", "/depots"), ("inventory", "/familles"))
    contexte: Json = {
        "page": page,
        "depots": [d for d in depots or [] if d["est_actif"]],
        "familles": familles or [],
        "filtre": filtre,
        "tous": tous,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/stock.html", onglet="stock", fragment=fragment, **contexte)


@router.get("/atelier/stock/places")
async def places(
    request: Request,
    user: User,
    depot_id: str = "",
    nature: str = "",
    emplacement_id: str = "",
    curseur: str | None = None,
) -> Response:
    """Stock by depot, nature and place."""
    filtre = {"depot_id": depot_id, "nature": nature, "emplacement_id": emplacement_id}
    page = await user.services.get("inventory", "/stock/places", {**filtre, "curseur": curseur})
    depots = await user.services.panneau("inventory", "/depots")
    contexte: Json = {
        "page": page,
        "depots": [d for d in depots or [] if d["est_actif"]],
        "filtre": filtre,
        "natures": await natures.lues(user),
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/places.html", onglet="stock", fragment=fragment, **contexte)


@router.get("/atelier/stock/places/nouvelle")
async def nouvelle_place(request: Request, user: User) -> Response:
    """A place to add to a depot."""
    depots, connues = await user.services.get("inventory", "/depots"), await natures.lues(user)
    return _place(request, depots, connues, {}, {})


@router.post("/atelier/stock/places/nouvelle")
async def ajouter_place(request: Request, user: User) -> Response:
    """Add it."""
    form = await request.form()
    saisie = {cle: str(form.get(cle, "")) for cle in ("depot_id", "code", "libelle", "nature")}
    corps = {cle: saisie[cle] for cle in ("code", "libelle", "nature")}
    try:
        await user.services.post("inventory", f"/depots/{saisie['depot_id']}/emplacements", corps)
    except Refus as refus:
        depots = await user.services.get("inventory", "/depots")
        return _place(request, depots, await natures.lues(user), saisie, refus.erreurs or {"": refus.detail})
    return rafraichir(toast=f"Emplacement {saisie['code'].upper()} ajouté", fermer=True)


@router.get("/atelier/stock/entree")
async def entree(request: Request, user: User, produit_id: str = "", texte: str = "") -> Response:
    """Goods counted by hand."""
    depots = await user.services.get("inventory", "/depots")
    return _formulaire(request, depots, {"produit_id": produit_id, "texte": texte}, {})


@router.post("/atelier/stock/entree")
async def entrer(request: Request, user: User) -> Response:
    """Put them in stock, with the reason."""
    form = await request.form()
    depot_id, _, emplacement_id = str(form.get("depot_id", "")).partition("/")
    saisie: Json = {
        "produit_id": str(form.get("produit_id", "")),
        "depot_id": depot_id,
        "emplacement_id": emplacement_id or None,
        "quantite": decimal(str(form.get("quantite", ""))),
        "numeros_serie": [s.strip() for s in str(form.get("numeros_serie", "")).splitlines() if s.strip()],
        "motif": str(form.get("motif", "")),
        "facture_fournisseur": str(form.get("facture_fournisseur", "")),
    }
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("inventory", "/entrees", saisie, cle=cle)
    except Refus as refus:
        depots = await user.services.get("inventory", "/depots")
        return _formulaire(request, depots, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, f"/atelier/objets?produit_id={saisie['produit_id']}", toast="Entrée enregistrée")


def _formulaire(request: Request, depots: list[Json], saisie: Json, erreurs: dict[str, str]) -> Response:
    return rendre(
        request,
        "atelier/entree.html",
        onglet="stock",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        depots=[choix for d in depots if d["est_actif"] for choix in _places_de(d)],
        v=saisie,
        erreurs=erreurs,
    )


def _places_de(depot: Json) -> list[tuple[str, str]]:
    """A depot, then each of its places: what one picks to say where goods are."""
    dedans = [(f"{depot['id']}/{e['id']}", f"{depot['nom']} · {e['code']}") for e in depot["emplacements"]]
    return [(depot["id"], depot["nom"]), *dedans]


def _place(
    request: Request, depots: list[Json], connues: natures.Natures, saisie: Json, erreurs: dict[str, str]
) -> Response:
    return rendre(
        request,
        "atelier/place.html",
        onglet="stock",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        depots=[(d["id"], d["nom"]) for d in depots if d["est_actif"]],
        natures=connues,
        v=saisie,
        erreurs=erreurs,
    )
