"""Equipment: the page of one object with its values over time, and the forms that change it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from gateway.errors import EquipementSansObjet, Refus
from gateway.pages.adresse import Designe
from gateway.pages.parc import saisies
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur
from shared.documents.etiquettes import code_qr

router = APIRouter()
Json = dict[str, Any]
VISITES_AU_PLUS = 5


@router.get("/parc/{tiers_id}/ajouter")
async def nouveau(tiers_id: UUID, request: Request, user: User, lieu: str = "", groupe: str = "") -> Response:
    """An empty object, in the place being looked at."""
    vide = {"tiers_id": str(tiers_id), "est_tiers": True, "lieu": lieu, "groupe": groupe}
    return await _formulaire(request, user, vide, {})


@router.post("/parc/{tiers_id}/ajouter")
async def ajouter(tiers_id: UUID, request: Request, user: User) -> Response:
    """Add it to the parc."""
    saisie = {**saisies.equipement(await request.form()), "tiers_id": str(tiers_id)}
    try:
        ajoute = await user.services.post("maintenance", "/equipements", saisie, cle=saisies.cle(request))
    except Refus as refus:
        return await _formulaire(request, user, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, f"/parc/equipements/{ajoute['id']}", toast=f"{ajoute['designation']} ajouté au parc")


@router.get("/parc/equipements/{equipement_id}")
async def fiche(equipement_id: UUID, request: Request, user: User) -> Response:
    """An object: where it is, its values over time, where it comes from, who may come for it."""
    equipement = await user.services.get("maintenance", f"/equipements/{equipement_id}")
    chemins: dict[str, tuple[str, str, Json]] = {}
    if equipement["historique_id"] and user.may("stock.lire"):
        objet = f"/historiques/{equipement['historique_id']}"
        chemins = {"origine": ("inventory", objet, {}), "fil": ("inventory", f"{objet}/fil", {"limite": 12})}
    if equipement["contrat_id"] and user.may("visite.lire"):
        params = {"contrat_id": equipement["contrat_id"], "limite": VISITES_AU_PLUS}
        chemins["visites"] = ("maintenance", "/visites", params)
    lus = dict(zip(chemins, await user.services.panneaux(*chemins.values()), strict=True))
    racine = request.app.state.means.settings.public_url.rstrip("/")
    qr = code_qr(f"{racine}/e/{equipement['etiquette']}") if equipement["etiquette"] else None
    contexte: Json = {**MOTS, "e": equipement, "qr": qr, "origine": None, "fil": None, "visites": None, **lus}
    return rendre(request, "parc/equipement.html", onglet="parcs", **contexte)


@router.get("/parc/equipements/{equipement_id}/echange")
async def echanger(equipement_id: UUID, user: User, demande_id: Designe = None) -> Response:
    """The form that exchanges the object it is: for a SAV, which names the equipment only."""
    equipement = await user.services.get("maintenance", f"/equipements/{equipement_id}")
    if equipement["historique_id"] is None:
        raise EquipementSansObjet(designation=equipement["designation"])
    suite = f"?demande_id={demande_id}" if demande_id else ""
    return RedirectResponse(f"/atelier/objets/{equipement['historique_id']}/echange{suite}", status_code=303)


@router.get("/parc/equipements/{equipement_id}/modifier")
async def modifier(equipement_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing object."""
    return await _formulaire(request, user, await user.services.get("maintenance", f"/equipements/{equipement_id}"), {})


@router.post("/parc/equipements/{equipement_id}/modifier")
async def enregistrer(equipement_id: UUID, request: Request, user: User) -> Response:
    """Save; a refusal keeps what was typed."""
    form = await request.form()
    saisie = saisies.equipement(form)
    chemin = f"/equipements/{equipement_id}"
    try:
        await user.services.put("maintenance", chemin, saisie, version=saisies.version(form))
    except Refus as refus:
        actuel = await user.services.get("maintenance", chemin)
        valeurs = {**saisie, "id": str(equipement_id), "version": actuel["version"]}
        return await _formulaire(request, user, valeurs, refus.erreurs or {"": refus.detail})
    return aller(request, f"/parc/equipements/{equipement_id}", toast="Équipement enregistré")


@router.get("/parc/equipements/{equipement_id}/valeur")
async def nouvelle_valeur(equipement_id: UUID, request: Request, user: User, champ: str = "") -> Response:
    """Say what a field is worth; the values before it stay."""
    equipement = await user.services.get("maintenance", f"/equipements/{equipement_id}")
    suite = next((v for v in equipement["valeurs"] if v["champ"] == champ), None)
    return rendre(request, "parc/valeur.html", onglet="parcs", e=equipement, v=suite)


@router.post("/parc/equipements/{equipement_id}/valeur")
async def noter(equipement_id: UUID, request: Request, user: User) -> Response:
    """Keep the new value with its date and author."""
    form = await request.form()
    corps = {c: saisies.texte(form, c) for c in ("champ", "valeur")} | {"le": saisies.texte(form, "le") or None}
    await user.services.post("maintenance", f"/equipements/{equipement_id}/valeurs", corps, cle=saisies.cle(request))
    return rafraichir(toast="Valeur enregistrée", fermer=True)


@router.get("/parc/equipements/{equipement_id}/retirer")
async def motif_retrait(equipement_id: UUID, request: Request, user: User) -> Response:
    """Why and when the object leaves the parc."""
    equipement = await user.services.get("maintenance", f"/equipements/{equipement_id}")
    return rendre(request, "parc/retirer.html", onglet="parcs", e=equipement)


@router.post("/parc/equipements/{equipement_id}/retirer")
async def retirer(equipement_id: UUID, request: Request, user: User) -> Response:
    """Take it out of the parc; its history stays."""
    form = await request.form()
    corps = {"motif": saisies.texte(form, "motif"), "le": saisies.texte(form, "le") or None}
    chemin = f"/equipements/{equipement_id}/retirer"
    await user.services.post("maintenance", chemin, corps, version=saisies.version(form), cle=saisies.cle(request))
    return rafraichir(toast="Équipement retiré du parc", fermer=True)


async def _formulaire(request: Request, user: Utilisateur, valeurs: Json, erreurs: dict[str, str]) -> Response:
    parc = await user.services.panneau("maintenance", f"/parcs/{valeurs['tiers_id']}")
    existe = "id" in valeurs
    url = f"/parc/equipements/{valeurs['id']}" if existe else f"/parc/{valeurs['tiers_id']}"
    contexte: Json = {
        "v": valeurs,
        "p": parc,
        "retour": url,
        "titre": f"Modifier {valeurs['designation']}" if existe else "Ajouter un équipement",
        "action": f"{url}/modifier" if existe else f"{url}/ajouter",
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    gabarit = "parc/equipement_formulaire.html"
    return rendre(request, gabarit, onglet="parcs", fragment="formulaire", status_code=statut, **contexte)
