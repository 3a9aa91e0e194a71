"""An article of a supplier's catalogue becomes the last line of a proposition."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.coque.formats import euros
from gateway.pages.devis.vues import ajoute, deja, erreurs_de
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Json = dict[str, Any]


@router.get("/devis/references/choisir")
async def choisir(user: User, q: str = "") -> Json:
    """The choices of the combobox of articles."""
    if not q.strip():
        return {"elements": []}
    articles = await user.services.get("commercial", "/references-fournisseur", {"q": q, "limite": 8})
    return {
        "elements": [
            {
                "valeur": f"{a['fournisseur_id']}|{a['reference']}",
                "libelle": a["designation"],
                "detail": " · ".join(
                    mot for mot in (a["reference"], a["marque"], a["fournisseur_nom"], euros(a["prix_achat_ht"])) if mot
                ),
            }
            for a in articles
        ]
    }


@router.get("/devis/propositions/{proposition_id}/depuis-catalogue")
async def article(proposition_id: UUID, request: Request, user: User) -> Response:
    """An article of a supplier, how many, at which margin."""
    return await _article(request, user, proposition_id, {})


@router.post("/devis/propositions/{proposition_id}/depuis-catalogue")
async def deposer(proposition_id: UUID, request: Request, user: User) -> Response:
    """It becomes the last line."""
    form = await request.form()
    fournisseur_id, _, reference = str(form.get("article") or "").partition("|")
    corps = {
        "fournisseur_id": fournisseur_id,
        "reference": reference,
        "quantite": decimal(str(form.get("quantite") or "")) or "1",
        "marge": decimal(str(form.get("marge") or "")) or "0",
    }
    cle = request.headers.get("idempotency-key")
    try:
        if not reference:
            manque = {"": "Choisissez un article dans la liste."}
            return await _article(request, user, proposition_id, manque, ajoutes=deja(form))
        vue = await user.services.post("commercial", f"/propositions/{proposition_id}/depuis-catalogue", corps, cle=cle)
    except Refus as refus:
        return await _article(request, user, proposition_id, erreurs_de(refus), ajoutes=deja(form))
    if "encore" in form:
        return await _article(request, user, proposition_id, {}, ajoutes=[*deja(form), ajoute(vue)])
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Article ajouté au devis")


async def _article(
    request: Request,
    user: Utilisateur,
    proposition_id: UUID,
    erreurs: dict[str, str],
    *,
    ajoutes: Sequence[str] = (),
) -> Response:
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    contexte: Json = {"p": p, "erreurs": erreurs, "ajoutes": ajoutes}
    statut = 422 if erreurs else 200
    return rendre(
        request, "devis/depuis_catalogue.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )
