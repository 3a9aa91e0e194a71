"""Received mails in pages: those that wait for somebody to say whose they are."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.demandes import presentation, vues
from gateway.pages.fichiers import lecture
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur
from shared.fichiers_joints.errors import FichierInconnu
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
ETATS = {"a_rattacher": "À rattacher", "rattache": "Rattachés", "ecarte": "Écartés"}


@router.get("/demandes/courriers")
async def liste(
    request: Request,
    db: Db,
    user: User,
    etat: Annotated[str, Query(max_length=20)] = "a_rattacher",
    curseur: Annotated[str | None, Query(max_length=600)] = None,
) -> Response:
    """Mails by state, the latest first."""
    choisi = etat if etat in ETATS else "a_rattacher"
    page = await user.services.get("demandes", "/courriers", {"etat": choisi, "curseur": curseur})
    suite = page["curseur_suivant"]
    async with db.read() as session:
        gardees = await vues.lire(session, user.compte.id)
    contexte: dict[str, Any] = {
        **await presentation.panneau(user),
        "vues": gardees,
        "courriers": page["elements"],
        "suite": f"/demandes/courriers?{urlencode({'etat': choisi, 'curseur': suite})}" if suite else None,
        "etats": ETATS,
        "etat": choisi,
    }
    fragment = "rangees" if curseur else None
    return rendre(request, "demandes/courriers.html", onglet="courriers", fragment=fragment, **contexte)


@router.get("/demandes/courriers/{courrier_id}")
async def rattachement(courrier_id: UUID, request: Request, user: User, tiers_id: Designe = None) -> Response:
    """Whose mail it is: the contact just made for it, when there is one."""
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}") if tiers_id else None
    choisi = {"tiers_id": tiers["id"], "tiers_nom": tiers["nom"]} if tiers else {}
    return await _formulaire(request, user, courrier_id, choisi, {})


@router.post("/demandes/courriers/{courrier_id}")
async def rattacher(courrier_id: UUID, request: Request, user: User) -> Response:
    """The demande it opens, or the one it joins, is shown."""
    form = await request.form()
    valeurs = {c: str(form.get(c, "")).strip() for c in ("tiers_id", "tiers_nom", "type_code", "numero")}
    try:
        corps = await _choix(user, valeurs)
        cle = request.headers.get("idempotency-key")
        lu = await user.services.post("demandes", f"/courriers/{courrier_id}/rattacher", corps, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, courrier_id, valeurs, refus.erreurs or {"": refus.detail})
    return aller(request, f"/demandes/{lu['demande_id']}", toast="Courrier rattaché")


@router.post("/demandes/courriers/{courrier_id}/ecarter")
async def ecarter(courrier_id: UUID, request: Request, user: User) -> Response:
    """It asks for nothing."""
    cle = request.headers.get("idempotency-key")
    await user.services.post("demandes", f"/courriers/{courrier_id}/ecarter", cle=cle)
    return rafraichir(toast="Courrier écarté")


@router.get("/demandes/courriers/{courrier_id}/pieces/{piece_id}")
async def piece(courrier_id: UUID, piece_id: UUID, user: User) -> Response:
    """A file, to save."""
    fichier = await user.services.fichier("demandes", f"/courriers/{courrier_id}/pieces/{piece_id}")
    entetes = {nom: fichier.entetes[nom] for nom in ("content-disposition", "x-content-type-options")}
    return Response(fichier.corps, media_type=fichier.entetes["content-type"], headers=entetes)


@router.get("/demandes/courriers/{courrier_id}/pieces/{piece_id}/voir")
async def voir_piece(courrier_id: UUID, piece_id: UUID, request: Request, user: User) -> Response:
    """A file that came with a mail, shown as attached ones are."""
    courrier = await user.services.get("demandes", f"/courriers/{courrier_id}")
    lue = next((p for p in courrier["pieces"] if p["id"] == str(piece_id) and not p["refus"]), None)
    if lue is None:
        raise FichierInconnu
    demande = courrier["demande_id"]
    contexte: dict[str, Any] = {
        "f": {**lecture.piece(lue, courrier), "retire_le": None},
        "editions": [],
        "fil": [("Demande", f"/demandes/{demande}") if demande else ("Courriers", "/demandes/courriers")],
        "peut": False,
    }
    return rendre(request, "fichiers/fichier.html", onglet="courriers", **contexte)


async def _choix(user: Utilisateur, valeurs: dict[str, str]) -> dict[str, Any]:
    if not valeurs["numero"]:
        return {"tiers_id": valeurs["tiers_id"] or None, "type_code": valeurs["type_code"]}
    page = await user.services.get("demandes", "/demandes", {"q": valeurs["numero"], "limite": 5})
    trouvee = next((d["id"] for d in page["elements"] if d["numero"] == valeurs["numero"].upper()), None)
    if trouvee is None:
        message = f"Aucune demande ne porte le numéro « {valeurs['numero']} »."
        raise Refus(422, {"detail": message, "erreurs": [{"champ": "numero", "message": message}]})
    return {"demande_id": trouvee}


async def _formulaire(
    request: Request, user: Utilisateur, courrier_id: UUID, valeurs: dict[str, str], erreurs: dict[str, str]
) -> Response:
    courrier = await user.services.get("demandes", f"/courriers/{courrier_id}")
    types = await user.services.panneau("demandes", "/types-demande")
    contexte: dict[str, Any] = {
        "c": courrier,
        "v": {"tiers_id": "", "tiers_nom": "", "type_code": "", "numero": "", **valeurs},
        "types": [(t["code"], t["libelle"]) for t in types or () if t["est_actif"]],
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    gabarit = "demandes/courrier.html"
    return rendre(request, gabarit, onglet="courriers", fragment="formulaire", status_code=statut, **contexte)
