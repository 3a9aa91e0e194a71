"""The directory in and out of spreadsheets: export of the list as filtered, import in three steps."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur, exiger
from shared.kernel.ids import new_id

router = APIRouter(include_in_schema=False)
Importeur = Annotated[Utilisateur, exiger("tiers.importer")]
COLONNES = (
    *(("code", "Code"), ("nom", "Nom"), ("roles", "Type"), ("siren", "SIREN"), ("siret", "SIRET")),
    *(("tva_intracom", "TVA intracommunautaire"), ("regime_tva", "Régime de TVA"), ("email", "E-mail")),
    *(("email_facturation", "E-mail de facturation"), ("telephone", "Téléphone"), ("adresse", "Adresse")),
    *(("code_postal", "Code postal"), ("ville", "Ville"), ("pays", "Pays"), ("canal_envoi", "Envoi des factures")),
    *(("est_public", "Client public"), ("service_chorus", "Code service Chorus")),
    *(("plafond_encours_ht", "Plafond d’encours HT"), ("delai_paiement_jours", "Délai de paiement (jours)")),
    ("notes", "Notes"),
)
CLES = (("code", "Code"), ("siret", "SIRET"), ("siren", "SIREN"), ("email", "E-mail"), ("nom", "Nom"))


@router.get("/contacts/exporter")
async def exporter(user: User, forme: str = "csv", q: str = "", role: str = "") -> Response:
    """The list as filtered, to save."""
    params = {k: v for k, v in {"forme": forme, "q": q, "role": role}.items() if v}
    fichier = await user.services.fichier("contacts", "/export-tiers", params)
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "attachment")}
    return Response(fichier.corps, media_type=fichier.entetes.get("content-type"), headers=entetes)


@router.get("/contacts/importer")
async def choisir(request: Request, _user: Importeur) -> Response:
    """Which file?"""
    return _choisir(request)


@router.post("/contacts/importer")
async def envoyer(request: Request, user: Importeur) -> Response:
    """Read its headings."""
    fichier = (await request.form()).get("fichier")
    if not isinstance(fichier, UploadFile) or not fichier.filename:
        return _choisir(request, "Choisissez un fichier XLSX ou CSV.")
    import_id = new_id()
    try:
        chemin = f"/imports/{import_id}"
        await user.services.deposer("contacts", chemin, fichier.filename, "", await fichier.read())
    except Refus as refus:
        return _choisir(request, refus.detail)
    return aller(request, f"/contacts/imports/{import_id}")


@router.get("/contacts/imports/{import_id}")
async def suivre(import_id: UUID, request: Request, user: Importeur) -> Response:
    """Where the import stands: columns to confirm, progress, rows left out."""
    return _suivi(request, await user.services.get("contacts", f"/imports/{import_id}"))


@router.post("/contacts/imports/{import_id}")
async def lancer(import_id: UUID, request: Request, user: Importeur) -> Response:
    """Try, or apply."""
    form = await request.form()
    colonnes = {nom.removeprefix("colonne_"): str(v) for nom, v in form.items() if nom.startswith("colonne_") and v}
    corps = {"colonnes": colonnes, "cle": form.get("cle") or "", "est_essai": form.get("action") != "appliquer"}
    try:
        lance = await user.services.post("contacts", f"/imports/{import_id}/lancer", corps)
    except Refus as refus:
        ouvert = await user.services.get("contacts", f"/imports/{import_id}")
        phrases = " ".join(dict.fromkeys(refus.erreurs.values())) or refus.detail
        return _suivi(request, {**ouvert, **corps}, phrases)
    return _suivi(request, lance)


def _choisir(request: Request, erreur: str | None = None) -> Response:
    statut = 422 if erreur else 200
    return rendre(
        request, "contacts/importer.html", onglet="contacts", fragment="formulaire", status_code=statut, erreur=erreur
    )


def _suivi(request: Request, ouvert: dict[str, Any], erreur: str | None = None) -> Response:
    statut = 422 if erreur else 200
    contexte: dict[str, Any] = {"i": ouvert, "erreur": erreur, "colonnes_possibles": COLONNES, "cles": CLES}
    return rendre(request, "contacts/import.html", onglet="contacts", fragment="suivi", status_code=statut, **contexte)
