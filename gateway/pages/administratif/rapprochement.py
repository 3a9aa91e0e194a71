"""Bank reconciliation: statements come in, operations are matched, what remains is treated one by one."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.administratif.acces import Comptable
from gateway.pages.rendu import aller, rafraichir, rendre

router = APIRouter(include_in_schema=False)
ETATS = (("a_rapprocher", "À rapprocher"), ("rapprochee", "Rapprochées"), ("ecartee", "Écartées"), ("toutes", "Toutes"))
SENS = (("entrees", "Entrées"), ("sorties", "Sorties"))
TAILLE_MAX = 1_000_000


@router.get("/administratif/rapprochement")
async def liste(
    request: Request,
    user: Comptable,
    q: str = "",
    etat: str = "a_rapprocher",
    sens: str = "",
    curseur: str | None = None,
) -> Response:
    """The operations of the bank, with the totals of the filter."""
    return await _liste(request, user, q=q, etat=etat, sens=sens, curseur=curseur)


@router.post("/administratif/rapprochement")
async def importer(request: Request, user: Comptable) -> Response:
    """A file of the bank."""
    async with request.form() as form:
        fichier = form.get("fichier")
        if not isinstance(fichier, UploadFile) or not fichier.filename:
            return await _liste(request, user, erreur="Choisissez le fichier du relevé.")
        nom, contenu = fichier.filename[:200], await fichier.read(TAILLE_MAX + 1)
    if len(contenu) > TAILLE_MAX:
        return await _liste(request, user, erreur="Ce fichier dépasse 1 Mo ; exportez un mois à la fois.")
    corps = {"nom": nom, "contenu": b64encode(contenu).decode()}
    try:
        releves = await user.services.post(
            "billing", "/releves-bancaires", corps, cle=request.headers.get("idempotency-key")
        )
    except Refus as refus:
        return await _liste(request, user, erreur=refus.detail)
    nouvelles, doublons = sum(r["nouvelles"] for r in releves), sum(r["doublons"] for r in releves)
    deja = f", {doublons} déjà connue{'s' if doublons > 1 else ''}" if doublons else ""
    toast = f"{nouvelles} opération{'s' if nouvelles > 1 else ''} importée{'s' if nouvelles > 1 else ''}{deja}"
    return aller(request, "/administratif/rapprochement", toast=toast)


@router.get("/administratif/rapprochement/{operation_id}")
async def fiche(operation_id: UUID, request: Request, user: Comptable) -> Response:
    """An operation, and the invoices it may pay."""
    operation = await user.services.get("billing", f"/operations-bancaires/{operation_id}")
    return rendre(request, "administratif/operation.html", onglet="rapprochement", o=operation)


@router.get("/administratif/rapprochement/{operation_id}/factures")
async def chercher(operation_id: UUID, user: Comptable, q: str = "") -> dict[str, Any]:
    """Unpaid invoices for the combobox."""
    del operation_id
    page = await user.services.get("billing", "/factures", {"q": q, "situation": "non_payee", "limite": 10})
    return {
        "elements": [
            {"valeur": f["id"], "libelle": f"{f['numero']} · {f['tiers_nom']}", "detail": f"{f['solde_ttc']} € dus"}
            for f in page["elements"]
        ]
    }


@router.post("/administratif/rapprochement/{operation_id}/rapprocher")
async def rapprocher(operation_id: UUID, request: Request, user: Comptable) -> Response:
    """These invoices are paid."""
    form = await request.form()
    choisies = [str(v) for v in (*form.getlist("facture_ids"), form.get("autre")) if v]
    chemin = f"/operations-bancaires/{operation_id}/rapprocher"
    cle = request.headers.get("idempotency-key")
    try:
        await user.services.post("billing", chemin, {"facture_ids": choisies}, cle=cle)
    except Refus as refus:
        operation = await user.services.get("billing", f"/operations-bancaires/{operation_id}")
        contexte: dict[str, Any] = {"o": operation, "choisies": choisies}
        contexte["erreur"] = refus.detail if choisies else "Cochez au moins une facture."
        return rendre(request, "administratif/operation.html", onglet="rapprochement", status_code=422, **contexte)
    return rafraichir(toast="Opération rapprochée", fermer=True)


@router.post("/administratif/rapprochement/{operation_id}/ecarter")
async def ecarter(operation_id: UUID, request: Request, user: Comptable) -> Response:
    """It pays no invoice."""
    form = await request.form()
    await user.services.post("billing", f"/operations-bancaires/{operation_id}/ecarter", {"motif": form.get("motif")})
    annuler = f"/administratif/rapprochement/{operation_id}/rouvrir"
    return rafraichir(toast="Opération écartée", annuler=annuler, fermer=True)


@router.post("/administratif/rapprochement/{operation_id}/rouvrir")
async def rouvrir(operation_id: UUID, user: Comptable) -> Response:
    """Set aside by mistake."""
    await user.services.post("billing", f"/operations-bancaires/{operation_id}/rouvrir")
    return rafraichir(toast="Opération à rapprocher de nouveau", fermer=True)


async def _liste(
    request: Request,
    user: Comptable,
    *,
    q: str = "",
    etat: str = "a_rapprocher",
    sens: str = "",
    curseur: str | None = None,
    erreur: str | None = None,
) -> Response:
    filtre = {"q": q, "etat": "" if etat == "toutes" else etat, "sens": sens}
    page, totaux = await user.services.panneaux(
        ("billing", "/operations-bancaires", {**filtre, "curseur": curseur}),
        ("billing", "/operations-bancaires/totaux", filtre),
    )
    contexte: dict[str, Any] = {"page": page, "totaux": totaux, "q": q, "etat": etat, "sens": sens, "erreur": erreur}
    return rendre(
        request,
        "administratif/rapprochement.html",
        onglet="rapprochement",
        fragment="rangees" if curseur else "lignes" if request.method == "GET" else "import",
        status_code=422 if erreur else 200,
        etats=ETATS,
        tous_les_sens=SENS,
        **contexte,
    )
