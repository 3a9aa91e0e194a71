"""Stock counts in pages: the list, the sheet to fill or scan, the differences to settle."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages import lectures
from gateway.pages.atelier import natures
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
ETATS = {
    "ouvert": ("En comptage", "accent"),
    "compte": ("Écarts à régler", "alerte"),
    "valide": ("Validé", "succes"),
    "abandonne": ("Abandonné", "neutre"),
}
RAISONS = (
    *(("casse", "Casse"), ("perte", "Perte"), ("vol", "Vol")),
    *(("erreur", "Erreur de saisie"), ("retrouve", "Retrouvé"), ("autre", "Autre")),
)
LIGNE = ("produit_id", "nature", "comptee", "raison", "note")
RESULTATS = {"vu": "attendu", "ailleurs": "en_trop", "deja": "en_trop"}


@router.get("/atelier/inventaires")
async def liste(request: Request, user: User, curseur: str | None = None) -> Response:
    """Counts, the latest first."""
    page = await user.services.get("inventory", "/inventaires", {"curseur": curseur})
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/inventaires.html", onglet="stock", fragment=fragment, page=page, etats=ETATS)


@router.get("/atelier/inventaires/nouveau")
async def nouveau(request: Request, user: User) -> Response:
    """What to count."""
    return await _nouveau(request, user, {}, {})


@router.post("/atelier/inventaires/nouveau")
async def ouvrir(request: Request, user: User) -> Response:
    """Open the sheet and go there."""
    form = await request.form()
    depot_id, _, emplacement_id = str(form.get("ou", "")).partition("/")
    saisie: Json = {
        "depot_id": depot_id,
        "emplacement_id": emplacement_id or None,
        "motif": str(form.get("motif", "")).strip(),
        "est_aveugle": "est_aveugle" in form,
    }
    try:
        cle = request.headers.get("idempotency-key")
        inventaire = await user.services.post("inventory", "/inventaires", saisie, cle=cle)
    except Refus as refus:
        return await _nouveau(request, user, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, f"/atelier/inventaires/{inventaire['id']}")


@router.get("/atelier/inventaires/{inventaire_id}")
async def fiche(inventaire_id: UUID, request: Request, user: User) -> Response:
    """The sheet."""
    inventaire = await user.services.get("inventory", f"/inventaires/{inventaire_id}")
    contexte: Json = {
        "i": inventaire,
        "etats": ETATS,
        "raisons": RAISONS,
        "mots_raison": dict(RAISONS),
        "natures": await natures.lues(user),
    }
    return rendre(request, "atelier/inventaire.html", onglet="stock", **contexte)


@router.post("/atelier/inventaires/{inventaire_id}/compter")
async def compter(inventaire_id: UUID, request: Request, user: User) -> Response:
    """Save what this person changed on the sheet: what others counted or scanned since it was shown is kept."""
    form = await request.form()
    inventaire = await user.services.get("inventory", f"/inventaires/{inventaire_id}")
    changees = [saisie for ligne in inventaire["lignes"] if (saisie := _saisie(form, ligne))]
    for debut in range(0, len(changees), 500):
        corps = {"lignes": changees[debut : debut + 500]}
        await user.services.post("inventory", f"/inventaires/{inventaire_id}/compter", corps)
    return rafraichir(toast="Comptage enregistré")


@router.post("/atelier/inventaires/{inventaire_id}/scanner")
async def scanner(inventaire_id: UUID, request: Request, user: User) -> Json:
    """What the scan field shows: seen, expected elsewhere, already read, unknown."""
    return await lectures.repondre(request, lambda code, cle: _lire(user, f"/inventaires/{inventaire_id}", code, cle))


async def _lire(user: Utilisateur, ici: str, code: str, cle: str) -> Json:
    try:
        vue = await user.services.post("inventory", f"{ici}/scanner", {"code": code}, cle=cle)
    except Refus as refus:
        if refus.est_passager:
            raise
        return {"resultat": "inconnu" if refus.statut == 404 else "en_trop", "libelle": refus.detail}
    libelle = "Déjà lu : " + vue["libelle"] if vue["resultat"] == "deja" else vue["libelle"]
    reponse = {"resultat": RESULTATS[vue["resultat"]], "libelle": libelle, "detail": vue["detail"]}
    if vue["pointage_id"]:
        reponse["annuler"] = f"/atelier{ici}/pointages/{vue['pointage_id']}/annuler"
    return reponse


@router.post("/atelier/inventaires/{inventaire_id}/pointages/{pointage_id}/annuler")
async def annuler(inventaire_id: UUID, pointage_id: UUID, user: User) -> Response:
    """Scanned by mistake."""
    await user.services.delete("inventory", f"/inventaires/{inventaire_id}/pointages/{pointage_id}")
    return Response(status_code=204)


@router.post("/atelier/inventaires/{inventaire_id}/terminer")
async def terminer(inventaire_id: UUID, request: Request, user: User) -> Response:
    """The count is over."""
    corps = {"absents_a_zero": "absents_a_zero" in await request.form()}
    await user.services.post("inventory", f"/inventaires/{inventaire_id}/terminer", corps)
    return aller(request, f"/atelier/inventaires/{inventaire_id}", toast="Comptage terminé")


@router.post("/atelier/inventaires/{inventaire_id}/{verbe}")
async def conclure(inventaire_id: UUID, verbe: str, request: Request, user: User) -> Response:
    """Count again, give up, or turn differences into movements."""
    toasts = {"reprendre": "Comptage repris", "abandonner": "Inventaire abandonné", "valider": "Stock mis à jour"}
    if verbe not in toasts:
        return Response(status_code=404)
    cle = request.headers.get("idempotency-key")
    await user.services.post("inventory", f"/inventaires/{inventaire_id}/{verbe}", cle=cle)
    return aller(request, f"/atelier/inventaires/{inventaire_id}", toast=toasts[verbe])


def _saisie(form: FormData, ligne: Json) -> Json | None:
    """The line with what differs from what the page showed; None when nothing does."""

    def champs(nom: str) -> tuple[str, str]:
        cle = f"{nom}_{ligne['id']}"
        montre = str(form.get(f"vu_{cle}", ligne[nom] or ""))
        return str(form.get(cle, montre)).strip(), montre

    comptee, raison = [decimal(x) for x in champs("comptee")], champs("raison")
    change: Json = {}
    if comptee[0] != comptee[1]:
        change["comptee"] = comptee[0]
    if raison[0] != raison[1]:
        change["raison"] = raison[0] or None
    return {**{nom: ligne[nom] for nom in LIGNE}, **change} if change else None


def _lieux(depot: Json) -> list[tuple[str, str]]:
    """The whole of a dépôt, said as such when it has vehicles or shelves, then each of them."""
    emplacements = [(f"{depot['id']}/{e['id']}", f"{depot['nom']} · {e['code']}") for e in depot["emplacements"]]
    return [(depot["id"], f"{depot['nom']} · tout, véhicules compris" if emplacements else depot["nom"]), *emplacements]


async def _nouveau(request: Request, user: User, saisie: Json, erreurs: dict[str, str]) -> Response:
    depots = await user.services.get("inventory", "/depots")
    choix = [choix for d in depots if d["est_actif"] for choix in _lieux(d)]
    contexte: Json = {"choix": choix, "v": saisie, "erreurs": erreurs}
    gabarit, statut = "atelier/inventaire_nouveau.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="stock", fragment="formulaire", status_code=statut, **contexte)
