"""The circuit of a type as an administrator draws it: the type itself, the places of its states, its rules, what it was.

Every change reads the type, changes it and writes it whole with the version the page showed: nothing is half done.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.demandes import presentation
from gateway.pages.demandes.presentation import Json
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
ICI = "/demandes/configuration"
Sens = Literal["monter", "descendre", "retirer"]
NATURES = (
    ("autre", "Autre"),
    ("vente", "Vente (devis, achats, installation)"),
    ("depannage", "Dépannage (temps et travaux)"),
    ("visite", "Visite de maintenance"),
)
MODES = (("automatique", "Automatique"), ("propose", "Proposée"), ("inactif", "Inactive"))
SEPARATEUR = "="


@router.get(f"{ICI}/types")
async def nouveau_type(request: Request, user: User) -> Response:
    """The form of a new type."""
    return await _formulaire_type(request, user, {"icone": "ticket", "nature": "autre"}, {}, None)


@router.post(f"{ICI}/types")
async def creer_type(request: Request, user: User) -> Response:
    """A new type, with the circuit of another one or the two states everybody needs."""
    form = await request.form()
    tete = _tete(form) | {"est_actif": True, "code": presentation.code_de(str(form.get("libelle", "")))}
    modele = str(form.get("comme", ""))
    circuit = corps_de(await _lu(user, modele)) if modele else _circuit_vide(form)
    corps = {**circuit, **tete, "ouverture_fait": None}
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("demandes", "/types-demande", corps, cle=cle)
    except Refus as refus:
        return await _formulaire_type(request, user, {**dict(form), **tete}, _erreurs(refus), None)
    return aller(request, f"{ICI}/{tete['code']}", toast="Type de demande créé")


@router.get(f"{ICI}/{{code}}/type")
async def modifier_type(code: str, request: Request, user: User) -> Response:
    """The form of a type."""
    genre = await _lu(user, code)
    return await _formulaire_type(request, user, genre, {}, genre)


@router.post(f"{ICI}/{{code}}/type")
async def enregistrer_type(code: str, request: Request, user: User) -> Response:
    """Change a type, or set it aside: its demandes stay, nobody opens another."""
    form = await request.form()
    tete = _tete(form) | {"est_actif": "est_actif" in form}

    def changer(corps: Json) -> None:
        corps.update(tete)

    refus = await _changer(user, code, form, changer)
    if refus:
        return await _formulaire_type(request, user, tete, _erreurs(refus), await _lu(user, code))
    return aller(request, f"{ICI}/{code}", toast="Type enregistré")


@router.post(f"{ICI}/{{code}}/etats/{{etat}}/{{sens}}")
async def ranger_etat(code: str, etat: str, sens: Sens, request: Request, user: User) -> Response:
    """Move a state by one place, or take it out with its moves; the rules that lead to it go too."""
    form = await request.form()

    def changer(corps: Json) -> None:
        _ranger(corps["etats"], next((r for r, e in enumerate(corps["etats"]) if e["code"] == etat), -1), sens)
        if sens == "retirer":
            for passages in ("transitions", "motifs"):
                corps[passages] = {
                    de: [v for v in vers if v != etat] for de, vers in corps[passages].items() if de != etat
                }
            restantes = [{**r, "de_etats": [e for e in r["de_etats"] if e != etat]} for r in corps["regles"]]
            corps["regles"] = [r for r in restantes if r["vers"] != etat and r["de_etats"]]

    await _appliquer(user, code, form, changer)
    return aller(request, f"{ICI}/{code}", toast="État retiré" if sens == "retirer" else "État déplacé")


@router.get(f"{ICI}/{{code}}/regles/{{rang}}")
async def regle(code: str, rang: int, request: Request, user: User) -> Response:
    """The form of a rule; the rank after the last one is that of a new rule."""
    genre = await _lu(user, code)
    regles = corps_de(genre)["regles"]
    lue = regles[rang] if 0 <= rang < len(regles) else {"mode": "automatique", "de_etats": []}
    return await _formulaire_regle(request, user, genre, rang, lue, {})


@router.post(f"{ICI}/{{code}}/regles/{{rang}}")
async def enregistrer_regle(code: str, rang: int, request: Request, user: User) -> Response:
    """Replace a rule, or add one at the end."""
    form = await request.form()
    saisie = _regle(form)

    def changer(corps: Json) -> None:
        regles = corps["regles"]
        if rang < len(regles) and _condition(regles[rang]["condition"]) == str(form.get("condition", "")):
            saisie["condition"] = regles[rang]["condition"]  # a value written in a file may be no yes or no
        regles[rang : rang + 1] = [saisie]

    refus = await _changer(user, code, form, changer)
    if refus:
        return await _formulaire_regle(request, user, await _lu(user, code), rang, saisie, _erreurs(refus))
    return aller(request, f"{ICI}/{code}", toast="Règle enregistrée")


@router.post(f"{ICI}/{{code}}/regles/{{rang}}/place/{{sens}}")
async def ranger_regle(code: str, rang: int, sens: Sens, request: Request, user: User) -> Response:
    """Move a rule by one place (the first that fits applies), or remove it."""
    await _appliquer(user, code, await request.form(), lambda corps: _ranger(corps["regles"], rang, sens))
    return aller(request, f"{ICI}/{code}", toast="Règle retirée" if sens == "retirer" else "Règle déplacée")


@router.get(f"{ICI}/{{code}}/versions")
async def versions(code: str, request: Request, user: User) -> Response:
    """What the circuit was, who changed it and when."""
    genre = await _lu(user, code)
    lues = await user.services.get("demandes", f"/types-demande/{code}/versions")
    return rendre(request, "demandes/versions.html", onglet="configuration", genre=genre, versions=lues)


@router.post(f"{ICI}/{{code}}/versions/{{numero}}")
async def remettre(code: str, numero: int, request: Request, user: User) -> Response:
    """Put an earlier circuit back; the present one becomes a version."""
    ancienne = await user.services.get("demandes", f"/types-demande/{code}/versions/{numero}")
    await _appliquer(user, code, await request.form(), lambda corps: corps.update(ancienne))
    return aller(request, f"{ICI}/{code}", toast=f"Circuit de la version {numero} remis en place")


def corps_de(vu: Json) -> Json:
    """A type as the service gives it -> as it is written."""
    regles = [
        {c: r[c] for c in ("libelle", "fait_type", "de_etats", "vers", "mode")}
        | {"condition": r["condition_champ"] and {"champ": r["condition_champ"], "valeur": r["condition_valeur"]}}
        for r in vu["regles"]
    ]
    etats = [{c: v for c, v in e.items() if c != "id"} for e in vu["etats"]]
    tete = ("code", "libelle", "icone", "est_actif", "nature", "exige_couverture", "ouverture_fait")
    passages = {"transitions": vu["transitions"], "motifs": vu["motifs"]}
    return {**{c: vu[c] for c in tete}, **passages, "etats": etats, "regles": regles}


async def _lu(user: Utilisateur, code: str) -> Json:
    lu: Json = await user.services.get("demandes", f"/types-demande/{code}")
    return lu


async def _appliquer(user: Utilisateur, code: str, form: FormData, changer: Callable[[Json], None]) -> None:
    corps = corps_de(await _lu(user, code))
    changer(corps)
    await user.services.put("demandes", f"/types-demande/{code}", corps, version=version_lue(form.get("version")))


async def _changer(user: Utilisateur, code: str, form: FormData, changer: Callable[[Json], None]) -> Refus | None:
    """The refusal, for the form to show; None when the change is done."""
    try:
        await _appliquer(user, code, form, changer)
    except Refus as refus:
        return refus
    return None


def _ranger(liste: list[Json], rang: int, sens: Sens) -> None:
    if 0 <= rang < len(liste):
        pris = liste.pop(rang)
        if sens != "retirer":
            liste.insert(max(0, rang + (-1 if sens == "monter" else 1)), pris)


def _tete(form: FormData) -> Json:
    return {
        "libelle": str(form.get("libelle", "")).strip(),
        "icone": str(form.get("icone") or "ticket"),
        "nature": str(form.get("nature") or "autre"),
        "exige_couverture": "exige_couverture" in form,
    }


def _circuit_vide(form: FormData) -> Json:
    depart, fin = (str(form.get(c, "")).strip() or defaut for c, defaut in (("depart", "À faire"), ("fin", "Terminé")))
    etats: list[Json] = [
        {"code": "depart", "libelle": depart, "couleur": "ambre", "est_initial": True},
        {"code": "fin", "libelle": fin, "couleur": "vert", "est_terminal": True},
    ]
    return {"etats": etats, "transitions": {"depart": ["fin"], "fin": ["depart"]}, "regles": []}


def _regle(form: FormData) -> Json:
    """The rule of a form; the condition is "path=oui" or "path=non"."""
    champ, _, valeur = str(form.get("condition", "")).partition(SEPARATEUR)
    return {
        "libelle": str(form.get("libelle", "")).strip(),
        "fait_type": str(form.get("fait_type", "")),
        "de_etats": [str(e) for e in form.getlist("de_etats")],
        "vers": str(form.get("vers", "")),
        "mode": str(form.get("mode") or "automatique"),
        "condition": {"champ": champ, "valeur": valeur == "oui"} if champ else None,
    }


def _erreurs(refus: Refus) -> dict[str, str]:
    """The service names "regles.3.de_etats"; the form only knows "de_etats"."""
    return {champ.rpartition(".")[2]: message for champ, message in refus.erreurs.items()} or {"": refus.detail}


async def _formulaire_type(
    request: Request, user: Utilisateur, valeurs: Json, erreurs: dict[str, str], genre: Json | None
) -> Response:
    types = await user.services.get("demandes", "/types-demande")
    contexte: Json = {
        "genre": genre,
        "v": defaultdict(lambda: None, valeurs),
        "erreurs": defaultdict(str, erreurs),
        "natures": NATURES,
        "icones": presentation.ICONES,
        "types": [(t["code"], f"Celui de « {t['libelle']} »") for t in types],
    }
    gabarit = "demandes/_type.html" if erreurs and est_htmx(request) else "demandes/type.html"
    return rendre(request, gabarit, onglet="configuration", status_code=422 if erreurs else 200, **contexte)


async def _formulaire_regle(
    request: Request, user: Utilisateur, genre: Json, rang: int, valeurs: Json, erreurs: dict[str, str]
) -> Response:
    faits = await user.services.get("demandes", "/faits-suivis")
    contexte: Json = {
        "genre": genre,
        "rang": rang,
        "est_nouvelle": rang >= len(genre["regles"]),
        "v": defaultdict(lambda: None, valeurs),
        "erreurs": defaultdict(str, erreurs),
        "faits": [(f["type"], f["libelle"]) for f in faits],
        "conditions": _conditions(faits, valeurs.get("condition")),
        "condition": _condition(valeurs.get("condition")),
        "etats": [(e["code"], e["libelle"]) for e in genre["etats"]],
        "modes": MODES,
    }
    gabarit = "demandes/_regle.html" if erreurs and est_htmx(request) else "demandes/regle.html"
    return rendre(request, gabarit, onglet="configuration", status_code=422 if erreurs else 200, **contexte)


async def mots_des_conditions(user: Utilisateur) -> dict[tuple[str, str], str]:
    """(fact, path) of what a rule may ask of its fact: its words."""
    faits = await user.services.get("demandes", "/faits-suivis")
    return {(f["type"], champ): mots for f in faits for champ, mots in f["conditions"].items()}


def _conditions(faits: list[Json], presente: Json | None) -> list[tuple[str, str]]:
    """What a rule may ask of its fact; one written in a file stays offered."""
    offertes: dict[str, Any] = {
        f"{champ}{SEPARATEUR}{reponse}": f"{f['libelle']} : {mots} ({reponse})"
        for f in faits
        for champ, mots in f["conditions"].items()
        for reponse in ("oui", "non")
    }
    cle = _condition(presente)
    if cle and presente and cle not in offertes:
        offertes[cle] = f"{presente['champ'].replace('_', ' ')} : {presente['valeur']}"
    return list(offertes.items())


def _condition(condition: Json | None) -> str:
    if not condition:
        return ""
    return f"{condition['champ']}{SEPARATEUR}{'oui' if condition['valeur'] is True else 'non'}"
