"""Agencies, collaborators and teams in pages; the service of contacts keeps them and decides who may change them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import FicheAbsente, Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Utilisateur, exiger
from shared.contracts.contacts import SEMAINE_ORDINAIRE

router = APIRouter(include_in_schema=False)
Responsable = Annotated[Utilisateur, exiger("societe.modifier")]
Json = dict[str, Any]
ICI = "/administration/effectif"
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@router.get(ICI)
async def effectif(request: Request, user: Responsable) -> Response:
    """Everybody, by agency and team."""
    societe, gens, equipes = await _lus(user)
    contexte: Json = {
        "agences": societe["agences"],
        "gens": gens,
        "equipes": equipes,
        "noms": {g["id"]: _nom(g) for g in gens},
        "lieux": {a["id"]: a["nom"] for a in societe["agences"]},
        "semaine_ordinaire": SEMAINE_ORDINAIRE,
        "societe_connue": bool(societe["version"]),
    }
    return rendre(request, "effectif/effectif.html", onglet="effectif", **contexte)


@router.get(ICI + "/couts")
async def couts(request: Request, user: Responsable) -> Response:
    """What an hour of each collaborator costs."""
    return _couts(request, await user.services.get("demandes", "/couts-horaires"), {})


@router.post(ICI + "/couts")
async def fixer_couts(request: Request, user: Responsable) -> Response:
    """Set them all."""
    form = await request.form()
    defaut = decimal(str(form.get("defaut", "")))
    saisis = zip(form.getlist("qui"), form.getlist("cout"), strict=False)
    couts = [{"collaborateur_id": str(qui), "cout_ht": cout} for qui, t in saisis if (cout := decimal(str(t)))]
    try:
        await user.services.put("demandes", "/couts-horaires", {"defaut_ht": defaut, "collaborateurs": couts})
    except Refus as refus:
        v = await user.services.get("demandes", "/couts-horaires")
        tapes = {c["collaborateur_id"]: c["cout_ht"] for c in couts}
        gens = [{**c, "cout_ht": tapes.get(c["collaborateur_id"])} for c in v["collaborateurs"]]
        return _couts(request, {"defaut_ht": defaut, "collaborateurs": gens}, {"": refus.detail})
    return aller(request, ICI, toast="Coûts horaires enregistrés")


def _couts(request: Request, v: Json, erreurs: dict[str, str]) -> Response:
    statut = 422 if erreurs else 200
    contexte: Json = {"v": v, "erreurs": erreurs}
    return rendre(
        request, "effectif/couts.html", onglet="effectif", fragment="formulaire", status_code=statut, **contexte
    )


@router.get(ICI + "/agences/{code}")
async def agence(code: str, request: Request, user: Responsable) -> Response:
    """An agency, or an empty one."""
    societe, _, _ = await _lus(user)
    vide = {"code": "", "nom": "", "telephone": "", "adresse": {"lignes": [], "code_postal": "", "ville": ""}}
    valeurs = vide if code == "nouvelle" else _trouver(societe["agences"], "code", code)
    return _formulaire(request, "agence", code, {**valeurs, "version": societe["version"]}, {})


@router.post(ICI + "/agences/{code}")
async def enregistrer_agence(code: str, request: Request, user: Responsable) -> Response:
    """Add or change one; the others stay as they are."""
    form = await request.form()
    societe, _, _ = await _lus(user)
    adresse = {
        "lignes": [ligne.strip() for ligne in str(form.get("adresse", "")).splitlines() if ligne.strip()],
        "code_postal": str(form.get("code_postal", "")).strip(),
        "ville": str(form.get("ville", "")).strip(),
    }
    saisie = {champ: str(form.get(champ, "")).strip() for champ in ("nom", "telephone")} | {"adresse": adresse}
    saisie["code"] = str(form.get("code", "")).strip().upper() if code == "nouvelle" else code
    version = version_lue(form.get("version"))
    autres = [a for a in societe["agences"] if a["code"] != saisie["code"]]
    try:
        if code == "nouvelle" and len(autres) != len(societe["agences"]):
            message = f"Le code « {saisie['code']} » est déjà celui d’une agence."
            raise Refus(422, {"detail": message, "erreurs": [{"champ": "code", "message": message}]})
        corps = {**societe, "agences": [*autres, saisie]}
        await user.services.put("contacts", "/societe", corps, version=version)
    except Refus as refus:
        return _formulaire(request, "agence", code, {**saisie, "version": version}, _erreurs(refus))
    return aller(request, ICI, toast=f"Agence {saisie['nom']} enregistrée")


@router.get(ICI + "/collaborateurs/{cle}")
async def collaborateur(cle: str, request: Request, user: Responsable) -> Response:
    """Somebody of the company, or an empty file."""
    societe, gens, _ = await _lus(user)
    vide: Json = dict.fromkeys(("nom", "prenom", "email", "fonction", "telephone", "agence_id"), "")
    vide |= {"est_actif": True, "demi_journees": SEMAINE_ORDINAIRE, "version": 0}
    valeurs = vide if cle == "nouveau" else _trouver(gens, "id", cle)
    return _formulaire(request, "collaborateur", cle, valeurs, {}, agences=societe["agences"])


@router.post(ICI + "/collaborateurs/{cle}")
async def enregistrer_collaborateur(cle: str, request: Request, user: Responsable) -> Response:
    """Somebody joins, changes or leaves."""
    form = await request.form()
    saisie: Json = {c: str(form.get(c, "")).strip() for c in ("nom", "prenom", "email", "fonction")}
    saisie |= {c: str(form.get(c, "")).strip() or None for c in ("telephone", "agence_id")}
    saisie |= {"est_actif": "est_actif" in form, "demi_journees": [str(d) for d in form.getlist("demi_journees")]}
    version = version_lue(form.get("version"))
    try:
        await _ecrire(user, request, "/collaborateurs", None if cle == "nouveau" else cle, saisie, version)
    except Refus as refus:
        societe, _, _ = await _lus(user)
        valeurs = {**saisie, "version": version}
        return _formulaire(request, "collaborateur", cle, valeurs, _erreurs(refus), agences=societe["agences"])
    return aller(request, ICI, toast=f"{_nom(saisie)} enregistré")


@router.get(ICI + "/equipes/{cle}")
async def equipe(cle: str, request: Request, user: Responsable) -> Response:
    """A team, or an empty one."""
    societe, gens, equipes = await _lus(user)
    vide = {"nom": "", "agence_id": "", "membre_ids": [], "est_active": True, "version": 0}
    valeurs = vide if cle == "nouvelle" else _trouver(equipes, "id", cle)
    return _formulaire(request, "equipe", cle, valeurs, {}, agences=societe["agences"], gens=gens)


@router.post(ICI + "/equipes/{cle}")
async def enregistrer_equipe(cle: str, request: Request, user: Responsable) -> Response:
    """A team and its members."""
    form = await request.form()
    saisie: Json = {
        "nom": str(form.get("nom", "")).strip(),
        "agence_id": str(form.get("agence_id", "")).strip() or None,
        "membre_ids": [str(m) for m in form.getlist("membre_ids")],
        "est_active": "est_active" in form,
    }
    version = version_lue(form.get("version"))
    try:
        await _ecrire(user, request, "/equipes", None if cle == "nouvelle" else cle, saisie, version)
    except Refus as refus:
        societe, gens, _ = await _lus(user)
        valeurs, lues = {**saisie, "version": version}, {"agences": societe["agences"], "gens": gens}
        return _formulaire(request, "equipe", cle, valeurs, _erreurs(refus), **lues)
    return aller(request, ICI, toast=f"Équipe {saisie['nom']} enregistrée")


async def _lus(user: Utilisateur) -> tuple[Json, list[Json], list[Json]]:
    """The company (empty before its first saving), its collaborators, its teams."""
    try:
        societe = await user.services.get("contacts", "/societe")
    except Refus as refus:
        if refus.statut != 404:
            raise
        societe = {"agences": [], "version": 0}
    gens = await user.services.get("contacts", "/collaborateurs")
    return societe, gens, await user.services.get("contacts", "/equipes")


async def _ecrire(
    user: Utilisateur, request: Request, chemin: str, id_: str | None, saisie: Json, version: int
) -> None:
    if id_ is None:
        await user.services.post("contacts", chemin, saisie, cle=request.headers.get("idempotency-key"))
    else:
        await user.services.put("contacts", f"{chemin}/{UUID(id_)}", saisie, version=version)


def _trouver(fiches: list[Json], champ: str, valeur: str) -> Json:
    trouvee = next((f for f in fiches if f[champ] == valeur), None)
    if trouvee is None:
        raise FicheAbsente
    return trouvee


def _erreurs(refus: Refus) -> dict[str, str]:
    return refus.erreurs or {"": refus.detail}


def _nom(personne: Json) -> str:
    return f"{personne['prenom']} {personne['nom']}".strip()


def _formulaire(
    request: Request,
    quoi: str,
    cle: str,
    valeurs: Json,
    erreurs: dict[str, str],
    *,
    agences: list[Json] | None = None,
    gens: list[Json] | None = None,
) -> Response:
    contexte: Json = {
        "quoi": quoi,
        "v": valeurs,
        "est_neuf": cle in ("nouvelle", "nouveau"),
        "action": f"{ICI}/{quoi}s/{cle}",
        "erreurs": erreurs,
        "agences": [(a["id"], a["nom"]) for a in agences or ()],
        "jours": JOURS,
        "gens": [(g["id"], _nom(g)) for g in gens or () if g["est_actif"] or g["id"] in valeurs["membre_ids"]],
    }
    statut = 422 if erreurs else 200
    gabarit = "effectif/formulaire.html"
    return rendre(request, gabarit, onglet="effectif", fragment="formulaire", status_code=statut, **contexte)
