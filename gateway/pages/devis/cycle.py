"""The life of a proposition in pages: its signature, its copies, its end."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData, UploadFile

from gateway.errors import Refus
from gateway.pages.devis.vues import CAUSES, erreurs_de
from gateway.pages.rendu import aller, aujourd_hui, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
BASE = "/devis/propositions/{proposition_id}"
FINS = {
    "refuser": ("Le client a refusé", "Précisions", "Enregistrer le refus"),
    "ne-pas-retenir": ("Ne pas retenir cette proposition", "Motif", "Ne pas retenir"),
}


def _url(proposition_id: UUID, verbe: str = "") -> str:
    return f"/propositions/{proposition_id}{verbe}"


@router.get(BASE + "/valider")
async def valider(proposition_id: UUID, request: Request, user: User) -> Response:
    """The client returned the devis signed: by whom, when."""
    p = await user.services.get("commercial", _url(proposition_id))
    gens = await _interlocuteurs(user, p)
    seul = gens[0] if len(gens) == 1 else {"nom": "", "fonction": ""}
    saisie = {"signe_par": seul["nom"], "qualite": seul["fonction"], "signe_le": aujourd_hui(request).isoformat()}
    saisie["certifie_taux_reduit"] = False
    return _validation(request, p, saisie, {}, gens)


@router.post(BASE + "/valider")
async def confirmer(proposition_id: UUID, request: Request, user: User) -> Response:
    """The proposition becomes the devis validé; its sisters are put aside."""
    cle = request.headers.get("idempotency-key")
    async with request.form() as form:
        saisie: dict[str, Any] = {nom: str(form.get(nom) or "").strip() for nom in ("signe_par", "qualite", "signe_le")}
        saisie["certifie_taux_reduit"] = form.get("certifie_taux_reduit") == "1"
        papier = await _lire_papier(form)
    try:
        await _joindre(user, proposition_id, papier)
        corps = {**saisie, "signe_le": saisie["signe_le"] or None}
        p = await user.services.post("commercial", _url(proposition_id, "/valider"), corps, cle=cle)
    except Refus as refus:
        p, garde = await user.services.panneaux(
            ("commercial", _url(proposition_id)), ("commercial", _url(proposition_id, "/garde"))
        )
        approuver = bool(garde and garde["peut_demander"])
        return _validation(request, p, saisie, erreurs_de(refus), await _interlocuteurs(user, p), approuver)
    return aller(request, f"/devis/propositions/{proposition_id}", toast=f"{p['numero']} est validé")


@router.post(BASE + "/certification")
async def certifier(proposition_id: UUID, user: User) -> Response:
    """The client certified afterwards that its reduced VAT rate is due."""
    await user.services.post("commercial", _url(proposition_id, "/certification"))
    return rafraichir(toast="Certification notée")


@router.post(BASE + "/papier-signe")
async def joindre_papier(proposition_id: UUID, request: Request, user: User) -> Response:
    """The scan came after the validation."""
    async with request.form() as form:
        papier = await _lire_papier(form)
    await _joindre(user, proposition_id, papier)
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Devis signé joint")


async def _lire_papier(form: FormData) -> tuple[str, str, bytes] | None:
    """Name, type and bytes of the scan, None when none was chosen."""
    papier = form.get("papier")
    if not isinstance(papier, UploadFile) or not papier.filename:
        return None
    return papier.filename[:200], papier.content_type or "", await papier.read()


async def _joindre(user: Utilisateur, proposition_id: UUID, papier: tuple[str, str, bytes] | None) -> None:
    if papier is not None:
        await user.services.deposer("commercial", _url(proposition_id, "/papier-signe"), *papier)


@router.get(BASE + "/clore/{verbe}")
async def clore(proposition_id: UUID, verbe: str, request: Request, user: User) -> Response:
    """Refused by the client, or not retained by us: why."""
    p = await user.services.get("commercial", _url(proposition_id))
    return _cloture(request, p, verbe, {})


@router.post(BASE + "/clore/{verbe}")
async def confirmer_cloture(proposition_id: UUID, verbe: str, request: Request, user: User) -> Response:
    """The proposition is closed."""
    form = await request.form()
    chemin = _url(proposition_id, f"/{verbe}") if verbe in FINS else _url(proposition_id, "/inconnu")
    try:
        corps = {"motif": str(form.get("motif") or ""), "cause": str(form.get("cause") or "autre")}
        await user.services.post("commercial", chemin, corps)
    except Refus as refus:
        p = await user.services.get("commercial", _url(proposition_id))
        return _cloture(request, p, verbe, erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Proposition close")


@router.post(BASE + "/rouvrir")
async def rouvrir(proposition_id: UUID, request: Request, user: User) -> Response:
    """A closed proposition becomes a draft again."""
    await user.services.post("commercial", _url(proposition_id, "/rouvrir"))
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Proposition rouverte en brouillon")


@router.post(BASE + "/dupliquer")
async def dupliquer(proposition_id: UUID, request: Request, user: User) -> Response:
    """The same lines in a new draft: a copy, or the new version of what is frozen."""
    cle = request.headers.get("idempotency-key")
    vue = await user.services.post("commercial", _url(proposition_id, "/dupliquer"), {}, cle=cle)
    return aller(request, f"/devis/propositions/{vue['id']}", toast=f"{vue['numero']} créé")


@router.post(BASE + "/reprendre")
async def reprendre(proposition_id: UUID, request: Request, user: User) -> Response:
    """What was put aside when another was signed goes on in a new etude."""
    cle = request.headers.get("idempotency-key")
    vue = await user.services.post("commercial", _url(proposition_id, "/reprendre"), cle=cle)
    return aller(request, f"/devis/propositions/{vue['id']}", toast=f"{vue['numero']} créé dans une nouvelle étude")


@router.post(BASE + "/avenant")
async def creer_avenant(proposition_id: UUID, request: Request, user: User) -> Response:
    """A draft that adds to what was signed, or takes from it."""
    cle = request.headers.get("idempotency-key")
    vue = await user.services.post("commercial", _url(proposition_id, "/avenant"), {}, cle=cle)
    return aller(request, f"/devis/propositions/{vue['id']}", toast=f"Avenant {vue['numero']} créé")


async def _interlocuteurs(user: Utilisateur, p: dict[str, Any]) -> list[dict[str, Any]]:
    """Who may have signed for the client, as its file says."""
    tiers = await user.services.panneau("commercial", f"/tiers/{p['tiers_id']}")
    return list(tiers["interlocuteurs"]) if tiers else []


def _validation(
    request: Request,
    p: dict[str, Any],
    v: dict[str, Any],
    erreurs: dict[str, str],
    gens: list[dict[str, Any]],
    approuver: bool = False,
) -> Response:
    contexte: dict[str, Any] = {"p": p, "v": v, "erreurs": erreurs, "gens": gens, "approuver": approuver}
    statut = 422 if erreurs else 200
    return rendre(request, "devis/valider.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte)


def _cloture(request: Request, p: dict[str, Any], verbe: str, erreurs: dict[str, str]) -> Response:
    titre, libelle, action = FINS.get(verbe, FINS["ne-pas-retenir"])
    contexte: dict[str, Any] = {
        "p": p,
        "verbe": verbe,
        "titre": titre,
        "libelle": libelle,
        "action": action,
        "causes": list(CAUSES.items()) if verbe == "refuser" else [],
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    return rendre(request, "devis/clore.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte)
