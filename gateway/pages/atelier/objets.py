"""Physical objects in pages: the list, the whole life of one, its configuration window."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.atelier import natures, presentation
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.demandes.presentation import duree
from gateway.pages.fichiers import lecture as fichiers
from gateway.pages.listes.catalogue import OBJETS
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import notifier, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]


@router.get("/atelier/objets")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    etat: str = "",
    produit_id: str = "",
    depot_id: str = "",
    curseur: str | None = None,
) -> Response:
    """Objects, searched by words, label, serial number or supplier invoice."""
    filtres = {"etat": etat, "produit_id": produit_id, "depot_id": depot_id}
    page, vue = await lire_exigee(request, user, OBJETS)
    contexte: Json = {
        "page": page,
        "liste": vue,
        "q": q,
        "filtres": filtres,
        "etats": presentation.ETATS_OBJET,
        "pictogrammes": presentation.PICTOGRAMMES_OBJET,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/objets.html", onglet="objets", fragment=fragment, **contexte)


@router.get("/atelier/objets/{historique_id}")
async def fiche(historique_id: UUID, request: Request, user: User) -> Response:
    """An object: what it is, where it is, where it comes from, everything that happened to it."""
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    fil, bilan, joints, connues, consultations = await asyncio.gather(
        user.services.panneau("inventory", f"/historiques/{historique_id}/fil", {"limite": 100}),
        _bilan(user, historique_id),
        fichiers.de(user, "objet", historique_id),
        natures.lues(user),
        _consultations(user, objet),
    )
    sien = [e for e in fil["elements"] if e["type"] == "parc" and not e["est_du_remplace"]] if fil else []
    parc = sien[0] if sien and objet["etat"] == "installe" else None
    contexte: Json = {
        "o": objet,
        "fil": fil,
        "b": bilan,
        "duree": duree,
        "parc": parc,
        "etats": presentation.ETATS_OBJET,
        "natures": connues,
        **joints,
        "consultations": consultations,
        "icones": presentation.FAITS,
        "preparations": presentation.PREPARATIONS,
    }
    return rendre(request, "atelier/objet.html", onglet="objets", **contexte)


async def _consultations(user: Utilisateur, objet: Json) -> list[Json]:
    """Who read its secrets in clear, for those who may read them too."""
    secrets = {c["cle"]: c["libelle"] for c in objet["configuration"] if c["secret"]}
    if not secrets or not user.may("feuille.preparer"):
        return []
    lues = await user.services.panneau("inventory", f"/historiques/{objet['id']}/consultations")
    return [{**lue, "libelle": secrets.get(lue["cle"], lue["cle"])} for lue in lues or ()]


async def _bilan(user: Utilisateur, historique_id: UUID) -> Any:
    """What it cost and brought, for those who may see it."""
    if not user.may("couts.voir"):
        return None
    return await user.services.panneau("inventory", f"/historiques/{historique_id}/bilan")


@router.get("/atelier/objets/{historique_id}/configuration")
async def configuration(historique_id: UUID, request: Request, user: User) -> Response:
    """The configuration window of its type."""
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    return _fenetre(request, objet, jumeau=await _jumeau(user, objet))


@router.post("/atelier/objets/{historique_id}/configuration/reprise")
async def reprendre(historique_id: UUID, request: Request, user: User) -> Response:
    """The window again, what is still empty filled from the twin: nothing is saved before it has been looked at."""
    saisie = _saisie(await request.form())
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    jumeau = await _jumeau(user, objet)
    _remettre(objet, saisie)
    repris = _prendre(objet, jumeau) if jumeau else []
    return _fenetre(request, objet, saisie=saisie, jumeau=jumeau, repris=repris)


@router.post("/atelier/objets/{historique_id}/configuration")
async def configurer(historique_id: UUID, request: Request, user: User) -> Response:
    """Save the window as far as it was filled; refused values stay typed, with why."""
    saisie = _saisie(await request.form())
    try:
        objet = await user.services.put("inventory", f"/historiques/{historique_id}/preparation", saisie)
    except Refus as refus:
        objet = await user.services.get("inventory", f"/historiques/{historique_id}")
        _remettre(objet, saisie)
        return _fenetre(request, objet, saisie=saisie, refus=refus, jumeau=await _jumeau(user, objet))
    mots = {"pret": "Objet prêt", "a_faire": "Enregistré, il reste à faire", "a_configurer": "Enregistré, à compléter"}
    return rafraichir(toast=mots[objet["preparation"]], fermer=True)


@router.get("/atelier/objets/{historique_id}/operations/{cle}/photos")
async def photos(historique_id: UUID, cle: str, request: Request, user: User) -> Response:
    """The photos of an operation, after one was taken: what is typed around them stays."""
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    operation = next((a for a in objet["actions"] if a["cle"] == cle), None)
    if operation is None:
        return rafraichir()
    return rendre(request, "atelier/_photos.html", o=objet, a=operation, modifiable=user.may("feuille.preparer"))


@router.post("/atelier/objets/{historique_id}/operations/{cle}/photos/{fichier_id}/retirer")
async def retirer_photo(historique_id: UUID, cle: str, fichier_id: UUID, request: Request, user: User) -> Response:
    """Take a photo off; it stays in the journal of the object."""
    await user.services.delete("inventory", f"/historiques/{historique_id}/fichiers/{fichier_id}")
    return notifier(await photos(historique_id, cle, request, user), "Photo retirée")


@router.post("/atelier/objets/{historique_id}/secrets/{cle}")
async def reveler(historique_id: UUID, cle: str, user: User) -> Response:
    """A secret in clear, in the place of its mask; the service records who read it."""
    secret = await user.services.post("inventory", f"/historiques/{historique_id}/secrets/{cle}/reveler")
    return Response(str(secret["valeur"]), media_type="text/plain", headers={"Cache-Control": "no-store"})


@router.get("/atelier/objets/{historique_id}/transfert")
async def transfert(historique_id: UUID, request: Request, user: User) -> Response:
    """Where to move it."""
    objet = await user.services.get("inventory", f"/historiques/{historique_id}")
    depots = await user.services.get("inventory", "/depots")
    return rendre(
        request, "atelier/transfert.html", onglet="objets", o=objet, depots=depots, natures=await natures.lues(user)
    )


@router.post("/atelier/objets/{historique_id}/transfert")
async def transferer(historique_id: UUID, request: Request, user: User) -> Response:
    """Move it, or a part of the quantity."""
    form = await request.form()
    depot_id, _, emplacement_id = str(form.get("destination", "")).partition("/")
    corps: Json = {"depot_id": depot_id, "emplacement_id": emplacement_id or None}
    if quantite := decimal(str(form.get("quantite", ""))):
        corps["quantite"] = quantite
    if motif := str(form.get("motif", "")).strip():
        corps["motif"] = motif
    cle = request.headers.get("idempotency-key")
    await user.services.post("inventory", f"/historiques/{historique_id}/transferer", corps, cle=cle)
    return rafraichir(toast="Transfert enregistré", fermer=True)


def _saisie(form: FormData) -> Json:
    """The window as it was filled."""
    saisie: Json = {
        "valeurs": {cle[2:]: str(valeur) for cle, valeur in form.items() if cle.startswith("v-")},
        "actions": {str(cle): f"a-{cle}" in form for cle in form.getlist("action")},
        "est_visible_parc": "visible" in form,
        "code_etiquette": str(form.get("code_etiquette", "")).strip(),
        "repris_de": str(form.get("repris_de", "")) or None,
    }
    if "numero_serie" in form:
        saisie["numero_serie"] = str(form["numero_serie"]).strip()
    return saisie


def _remettre(objet: Json, saisie: Json) -> None:
    """What was typed and not saved, put back in the window."""
    for champ in objet["configuration"]:
        champ["valeur"] = saisie["valeurs"].get(champ["cle"], champ["valeur"])
    for operation in objet["actions"]:
        operation["est_faite"] = saisie["actions"].get(operation["cle"], operation["est_faite"])
    objet["numero_serie"] = saisie.get("numero_serie", objet["numero_serie"])
    objet["est_visible_parc"] = saisie["est_visible_parc"]


def _prendre(objet: Json, jumeau: Json) -> list[str]:
    """Fill what is empty from the twin, its secrets by their mask alone; the keys filled."""
    pretees = {**jumeau["valeurs"], **dict.fromkeys(jumeau["secrets"], presentation.MASQUE)}
    vides = [c for c in objet["configuration"] if c["cle"] in pretees and c["valeur"] in (None, "")]
    for champ in vides:
        champ["valeur"] = pretees[champ["cle"]]
    return [champ["cle"] for champ in vides]


async def _jumeau(user: Utilisateur, objet: Json) -> Json | None:
    """The object of the same feuille whose configuration this one may take over."""
    if not objet["configuration"] or objet["feuille_id"] is None or not user.may("feuille.preparer"):
        return None
    trouve: Json | None = await user.services.panneau("inventory", f"/historiques/{objet['id']}/jumeau")
    return trouve


def _fenetre(
    request: Request,
    objet: Json,
    *,
    saisie: Json | None = None,
    refus: Refus | None = None,
    jumeau: Json | None = None,
    repris: Sequence[str] = (),
) -> Response:
    vides = (c["cle"] for c in objet["configuration"] if c["valeur"] in (None, ""))
    return rendre(
        request,
        "atelier/configuration.html",
        onglet="objets",
        fragment="formulaire",
        status_code=422 if refus else 200,
        o=objet,
        saisie=saisie or {},
        erreurs=refus.erreurs if refus else {},
        erreur=refus.detail if refus and not refus.erreurs else None,
        jumeau=jumeau,
        repris=repris,
        premier_vide=next(vides, None),
        options_de=lambda options: [(option, option) for option in options],
    )
