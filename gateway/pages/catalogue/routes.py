"""The catalogue in pages."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.catalogue import formulaire, types
from gateway.pages.edition import version_lue
from gateway.pages.listes.catalogue import PRODUITS
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import aller, notifier, rafraichir, rendre, servir
from gateway.session.dependances import User, Utilisateur
from shared.kernel.ids import new_id

router = APIRouter(include_in_schema=False)
router.include_router(types.router)
Json = dict[str, Any]


@router.get("/catalogue")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    famille: str = "",
    type_id: str = "",
    inactifs: str = "",
    curseur: str | None = None,
) -> Response:
    """Products, searched by reference, words, EAN or supplier reference."""
    filtre = {"q": q, "famille": famille, "type_id": type_id, "inactifs": inactifs}
    page, vue = await lire_exigee(request, user, PRODUITS)
    familles, types_connus = await user.services.panneaux(
        ("inventory", "/familles"), ("inventory", "/types-produit", {"actifs": True})
    )
    contexte: Json = {
        "page": page,
        "liste": vue,
        "filtre": filtre,
        "familles": familles or [],
        "types": types_connus or [],
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "catalogue/produits.html", onglet="produits", fragment=fragment, **contexte)


@router.get("/catalogue/choisir")
async def choisir(user: User, q: str = "", stock: str = "") -> Json:
    """The choices of a combobox."""
    nature = "bien" if stock else None
    page = await user.services.get("inventory", "/produits", {"q": q, "nature": nature, "limite": 8})
    return {
        "elements": [
            {
                "valeur": p["id"],
                "libelle": p["designation"],
                "detail": f"{p['reference']} · {float(p['disponible']):g} disponible" if stock else p["reference"],
                "icone": p["type_icone"] or "package",
            }
            for p in page["elements"]
        ]
    }


@router.get("/catalogue/nouveau")
async def nouveau(request: Request, user: User, designation: str = "") -> Response:
    """An empty product."""
    vide: Json = {"designation": designation, "est_stockable": True, "est_actif": True, "fournisseurs": []}
    return await _formulaire(request, user, vide, {})


@router.post("/catalogue/nouveau")
async def creer(request: Request, user: User) -> Response:
    """Create it."""
    saisie = await formulaire.lire_produit(request)
    try:
        cle = request.headers.get("idempotency-key")
        produit = await user.services.post("inventory", "/produits", saisie, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, f"/catalogue/{produit['id']}", toast=f"Produit {produit['reference']} créé")


@router.get("/catalogue/rangees/{quoi}")
async def rangee(
    quoi: Literal["champ", "operation", "composant", "fournisseur"], request: Request, _user: User
) -> Response:
    """One more empty row of a form."""
    contexte: Json = {"a": {}, "c": {}, "f": {}, "rang": new_id(), **formulaire.CHOIX_DES_RANGEES}
    return rendre(request, f"catalogue/_{quoi}.html", fragment="rangee", **contexte)


@router.get("/catalogue/{produit_id}")
async def fiche(produit_id: UUID, request: Request, user: User) -> Response:
    """A product, its stock by agency, its suppliers, its latest objects."""
    produit = await user.services.get("inventory", f"/produits/{produit_id}")
    stock, objets = await user.services.panneaux(
        ("inventory", f"/produits/{produit_id}/stock"),
        ("inventory", "/historiques", {"produit_id": str(produit_id), "limite": 10}),
    )
    contexte: Json = {
        "p": produit,
        "stock": stock,
        "objets": objets,
        "politiques": dict(formulaire.POLITIQUES),
        "couples": [(c["libelle"], c["valeur"]) for c in produit["caracteristiques"]],
    }
    return rendre(request, "catalogue/produit.html", onglet="produits", **contexte)


@router.post("/catalogue/{produit_id}/documents")
async def joindre(produit_id: UUID, request: Request, user: User) -> Response:
    """A file about the product."""
    async with request.form() as form:
        fichier = form.get("document")
        if not isinstance(fichier, UploadFile) or not fichier.filename:
            return notifier(Response(status_code=204), "Choisissez d’abord un fichier", ton="danger")
        depot = (fichier.filename[:200], fichier.content_type or "", await fichier.read())
    await user.services.deposer("inventory", f"/produits/{produit_id}/documents", *depot)
    return rafraichir(toast="Document joint")


@router.get("/catalogue/{produit_id}/documents/{document_id}")
async def document(produit_id: UUID, document_id: UUID, user: User) -> Response:
    """The file."""
    return servir(await user.services.fichier("inventory", f"/produits/{produit_id}/documents/{document_id}"))


@router.post("/catalogue/{produit_id}/documents/{document_id}/retirer")
async def retirer_document(produit_id: UUID, document_id: UUID, user: User) -> Response:
    """It is no longer of use."""
    await user.services.delete("inventory", f"/produits/{produit_id}/documents/{document_id}")
    return rafraichir(toast="Document retiré")


@router.get("/catalogue/{produit_id}/modifier")
async def modifier(produit_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing product."""
    return await _formulaire(request, user, await user.services.get("inventory", f"/produits/{produit_id}"), {})


@router.post("/catalogue/{produit_id}/modifier")
async def enregistrer(produit_id: UUID, request: Request, user: User) -> Response:
    """Save; when somebody saved first, what was typed stays and the differences are shown."""
    existant = await user.services.get("inventory", f"/produits/{produit_id}")
    saisie = await formulaire.lire_produit(request, existant)
    version = version_lue((await request.form()).get("version") or existant["version"])
    try:
        await user.services.put("inventory", f"/produits/{produit_id}", saisie, version=version)
    except Refus as refus:
        changements = refus.probleme.get("modifications", [])
        valeurs = {**saisie, "id": str(produit_id), "version": existant["version"] if changements else version}
        erreurs = refus.erreurs or {"": refus.detail}
        return await _formulaire(request, user, valeurs, erreurs, changements=changements)
    return aller(request, f"/catalogue/{produit_id}", toast="Produit enregistré")


async def _formulaire(
    request: Request,
    user: Utilisateur,
    valeurs: Json,
    erreurs: dict[str, str],
    *,
    changements: list[Json] | None = None,
) -> Response:
    types_connus, familles = await user.services.panneaux(
        ("inventory", "/types-produit", {"actifs": True}), ("inventory", "/familles")
    )
    existe = "id" in valeurs
    return rendre(
        request,
        "catalogue/formulaire.html",
        onglet="produits",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        v=valeurs,
        erreurs=erreurs,
        changements=changements or [],
        titre=f"Modifier {valeurs['reference']}" if existe else "Nouveau produit",
        action=f"/catalogue/{valeurs['id']}/modifier" if existe else "/catalogue/nouveau",
        types=[(t["id"], t["libelle"]) for t in types_connus or []],
        familles=[f["famille"] for f in familles or []],
        politiques=formulaire.POLITIQUES,
        natures=formulaire.NATURES,
        entrees_parc=formulaire.ENTREES_PARC,
        demandes_photo=formulaire.DEMANDES_PHOTO,
    )
