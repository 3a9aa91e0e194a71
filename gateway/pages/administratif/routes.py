"""Customer side of the administrative pages."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.administratif import campagnes, contrats, fournisseurs, rapprochement, recues
from gateway.pages.administratif.acces import Comptable
from gateway.pages.contacts.formulaire import REGIMES, decimal
from gateway.pages.edition import version_lue
from gateway.pages.fichiers import lecture
from gateway.pages.listes.catalogue import FACTURES
from gateway.pages.listes.lecture import lire
from gateway.pages.rendu import aller, aujourd_hui, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
router.include_router(campagnes.router)
router.include_router(contrats.router)
router.include_router(recues.router)
router.include_router(fournisseurs.router)
router.include_router(rapprochement.router)

SITUATIONS = (("", "Toutes"), ("a_envoyer", "À envoyer"), ("non_payee", "Non payées"), ("en_retard", "En retard"))
MODES = (
    ("virement", "Virement"),
    ("prelevement", "Prélèvement"),
    ("cheque", "Chèque"),
    ("carte", "Carte"),
    ("especes", "Espèces"),
)


@router.get("/administratif")
async def factures(
    request: Request, user: Comptable, q: str = "", situation: str = "", tiers_id: str = "", curseur: str | None = None
) -> Response:
    """Customer invoices, with the totals of the filter."""
    page, liste = await lire(request, user, FACTURES)
    contexte: dict[str, Any] = {
        "page": page,
        "liste": liste,
        "q": q,
        "situation": situation,
        "tiers_id": tiers_id,
        "situations": SITUATIONS,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "administratif/factures.html", onglet="factures", fragment=fragment, **contexte)


@router.get("/administratif/factures/{facture_id}")
async def facture(facture_id: UUID, request: Request, user: User) -> Response:
    """An invoice, its PDF, its sendings and payments."""
    dossier = await user.services.get("billing", f"/factures/{facture_id}")
    contexte: dict[str, Any] = {**await lecture.de(user, "facture", facture_id), "f": dossier, "modes": MODES}
    contexte["aujourd_hui"] = aujourd_hui(request).isoformat()
    return rendre(request, "administratif/facture.html", onglet="factures", **contexte)


@router.get("/administratif/factures/{facture_id}/document")
async def document(facture_id: UUID, user: User) -> Response:
    """The PDF as issued."""
    fichier = await user.services.fichier("billing", f"/factures/{facture_id}/document")
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline")}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


@router.post("/administratif/factures/{facture_id}/envoyer")
async def envoyer(facture_id: UUID, request: Request, user: User) -> Response:
    """Mail it."""
    form = await request.form()
    adresses = [a.strip() for a in str(form.get("destinataires", "")).replace(";", ",").split(",") if a.strip()]
    cle = request.headers.get("idempotency-key")
    await user.services.post("billing", f"/factures/{facture_id}/envoyer", {"destinataires": adresses}, cle=cle)
    return aller(request, f"/administratif/factures/{facture_id}", toast="La facture part par e-mail")


@router.post("/administratif/factures/{facture_id}/marquer-envoyee")
async def marquer_envoyee(facture_id: UUID, request: Request, user: User) -> Response:
    """Deposited on Chorus Pro or posted."""
    form = await request.form()
    corps = {"canal": form.get("canal"), "reference": form.get("reference", "")}
    cle = request.headers.get("idempotency-key")
    await user.services.post("billing", f"/factures/{facture_id}/marquer-envoyee", corps, cle=cle)
    return aller(request, f"/administratif/factures/{facture_id}", toast="Envoi noté")


@router.post("/administratif/factures/{facture_id}/reglements")
async def encaisser(facture_id: UUID, request: Request, user: User) -> Response:
    """A payment."""
    form = await request.form()
    corps = {
        "montant_ttc": decimal(str(form.get("montant_ttc", ""))),
        "mode": form.get("mode"),
        "recu_le": form.get("recu_le"),
        "reference": form.get("reference", ""),
    }
    cle = request.headers.get("idempotency-key")
    await user.services.post("billing", f"/factures/{facture_id}/reglements", corps, cle=cle)
    return aller(request, f"/administratif/factures/{facture_id}", toast="Règlement enregistré")


@router.post("/administratif/factures/{facture_id}/avoir")
async def crediter(facture_id: UUID, request: Request, user: User) -> Response:
    """An avoir for the whole invoice."""
    form = await request.form()
    cle = request.headers.get("idempotency-key")
    avoir = await user.services.post("billing", f"/factures/{facture_id}/avoir", {"motif": form.get("motif")}, cle=cle)
    return aller(request, f"/administratif/factures/{avoir['id']}", toast=f"Avoir {avoir['numero']} émis")


@router.get("/administratif/a-facturer")
async def a_facturer(request: Request, user: User, curseur: str | None = None) -> Response:
    """What is ready to be invoiced."""
    page = await user.services.get("billing", "/affaires-client", {"etat": "a_facturer", "curseur": curseur})
    fragment = "rangees" if curseur else None
    return rendre(
        request,
        "administratif/a_facturer.html",
        onglet="a-facturer",
        fragment=fragment,
        page=page,
        regimes=dict(REGIMES),
    )


@router.get("/administratif/a-facturer/{affaire_id}")
async def affaire(affaire_id: UUID, request: Request, user: User) -> Response:
    """An affaire client, to check before issuing."""
    lue = await user.services.get("billing", f"/affaires-client/{affaire_id}")
    factures = []
    if lue["etat"] == "facturee":
        page = await user.services.get("billing", "/factures", {"tiers_id": lue["tiers_id"], "limite": 200})
        factures = [f for f in page["elements"] if f["affaire_client_id"] == str(affaire_id)]
    return _affaire(request, lue, factures=factures)


@router.post("/administratif/a-facturer/{affaire_id}")
async def corriger(affaire_id: UUID, request: Request, user: User) -> Response:
    """Save corrections; each is traced by the service."""
    existante = await user.services.get("billing", f"/affaires-client/{affaire_id}")
    form = await request.form()
    lignes = [
        {
            **ligne,
            "designation": d,
            "quantite": decimal(str(q)),
            "prix_ht": decimal(str(p)) or ("0" if ligne["prix_a_fixer"] else None),
            "prix_a_fixer": ligne["prix_a_fixer"] and ligne["id"] not in form.getlist("offert"),
            "remise": decimal(str(r)) or "0",
        }
        for ligne, d, q, p, r in zip(
            existante["lignes"],
            form.getlist("designation"),
            form.getlist("quantite"),
            form.getlist("prix_ht"),
            form.getlist("remise"),
            strict=False,
        )
    ]
    entete = {"objet": form.get("objet"), "reference": form.get("reference", "")}
    corps = {**entete, "imprime_series": "imprime_series" in form or "a_series" not in form, "lignes": lignes}
    version = version_lue(form.get("version"))
    try:
        await user.services.put("billing", f"/affaires-client/{affaire_id}", corps, version=version)
    except Refus as refus:
        return _affaire(request, {**existante, **corps}, erreur=refus.detail)
    return aller(request, f"/administratif/a-facturer/{affaire_id}", toast="Affaire enregistrée")


@router.post("/administratif/a-facturer/{affaire_id}/facturer")
async def facturer(affaire_id: UUID, request: Request, user: User) -> Response:
    """Issue the invoice."""
    cle = request.headers.get("idempotency-key")
    emise = await user.services.post("billing", f"/affaires-client/{affaire_id}/facturer", cle=cle)
    return aller(request, f"/administratif/factures/{emise['id']}", toast=f"Facture {emise['numero']} émise")


def _affaire(
    request: Request, lue: dict[str, Any], *, factures: list[dict[str, Any]] | None = None, erreur: str | None = None
) -> Response:
    statut = 422 if erreur else 200
    contexte: dict[str, Any] = {"a": lue, "factures": factures or [], "erreur": erreur}
    return rendre(
        request,
        "administratif/affaire.html",
        onglet="a-facturer",
        fragment="formulaire",
        status_code=statut,
        **contexte,
    )
