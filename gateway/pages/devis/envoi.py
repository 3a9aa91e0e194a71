"""Previewing a devis, sending it, following the sending."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
BASE = "/devis/propositions/{proposition_id}"


@router.get(BASE + "/apercu")
async def apercu(proposition_id: UUID, request: Request, user: User) -> Response:
    """The PDF in the drawer, by the browser's own viewer."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    return rendre(request, "devis/apercu.html", onglet="etudes", p=p)


@router.get(BASE + "/document")
async def document(proposition_id: UUID, user: User, forme: str = "") -> Response:
    """The PDF: the file sent, the present text, or the one that bears the signature."""
    params = {"forme": forme} if forme in ("envoyee", "actuelle", "signee") else None
    return servir(await user.services.fichier("commercial", f"/propositions/{proposition_id}/document", params))


@router.get(BASE + "/envoyer")
async def envoyer(proposition_id: UUID, request: Request, user: User) -> Response:
    """The mail, ready to be corrected."""
    projet = await user.services.get("commercial", f"/propositions/{proposition_id}/projet-envoi")
    v = {**projet, "destinataires": ", ".join(projet["destinataires"]), "aussi": []}
    return await _dialogue(request, user, proposition_id, v, {})


@router.post(BASE + "/envoyer")
async def poster(proposition_id: UUID, request: Request, user: User) -> Response:
    """Ask for the mail to leave; the page says when it has."""
    form = await request.form()
    v: dict[str, Any] = {nom: str(form.get(nom) or "").strip() for nom in ("destinataires", "sujet", "message")}
    v["aussi"] = [str(adresse) for adresse in form.getlist("aussi")]
    adresses = [a.strip() for a in v["destinataires"].replace(";", ",").split(",") if a.strip()] + v["aussi"]
    cle = request.headers.get("idempotency-key")
    try:
        corps = {"sujet": v["sujet"], "message": v["message"], "destinataires": adresses}
        await user.services.post("commercial", f"/propositions/{proposition_id}/envoyer", corps, cle=cle)
    except Refus as refus:
        return await _dialogue(request, user, proposition_id, v, erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Le devis part par e-mail")


@router.get(BASE + "/envois")
async def envois(proposition_id: UUID, request: Request, user: User) -> Response:
    """Everything that was sent of this proposition, and how it was signed."""
    base = f"/propositions/{proposition_id}"
    p = await user.services.get("commercial", base)
    liste = await user.services.get("commercial", f"{base}/envois")
    signature = await user.services.panneau("commercial", f"{base}/signature") if p["statut"] == "valide" else None
    reponses = await user.services.panneau("commercial", f"{base}/reponses") or []
    relances = await user.services.panneau("commercial", "/relances", {"proposition_id": str(proposition_id)})
    contexte: dict[str, Any] = {
        "p": p,
        "envois": liste,
        "signature": signature,
        "reponses": reponses,
        "relances": relances["elements"] if relances else [],
    }
    return rendre(request, "devis/envois.html", onglet="etudes", **contexte)


@router.get(BASE + "/suivi-envoi")
async def suivi(proposition_id: UUID, user: User) -> Response:
    """Asked every two seconds while a mail is leaving; the page is read again once it has."""
    liste = await user.services.get("commercial", f"/propositions/{proposition_id}/envois")
    if liste and liste[0]["etat"] == "demande" and not liste[0]["erreur"]:
        return Response(status_code=204)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


async def _dialogue(
    request: Request, user: User, proposition_id: UUID, v: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    garde = await user.services.panneau("commercial", f"/propositions/{proposition_id}/garde")
    contexte: dict[str, Any] = {"p": p, "v": v, "erreurs": erreurs, "a_relire": garde["a_relire"] if garde else []}
    contexte["gens"] = await _gens(user, p, v["destinataires"])
    contexte["approuver"] = bool(erreurs and garde and garde["peut_demander"])
    statut = 422 if erreurs else 200
    return rendre(request, "devis/envoyer.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte)


async def _gens(user: User, p: dict[str, Any], deja: str) -> list[dict[str, Any]]:
    """Who else may receive the mail where its papers go, so that no address is typed again."""
    fiche = await user.services.panneau("commercial", f"/tiers/{p['tiers_secondaire_id'] or p['tiers_id']}")
    return [g for g in (fiche["interlocuteurs"] if fiche else ()) if g["email"] and g["email"] not in deja]
