"""Affaires in pages: one list for opportunities, affaires and models; the file; its form."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.affaires import rattachements
from gateway.pages.atelier import natures
from gateway.pages.contacts.formulaire import REGIMES, decimal
from gateway.pages.devis.vues import ETATS_AFFAIRE, STATUTS, erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.fichiers import lecture
from gateway.pages.listes.catalogue import AFFAIRES
from gateway.pages.listes.lecture import lire
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
VIDE: dict[str, Any] = {
    "code": "",
    "libelle": "",
    "libelle_abrege": "",
    "etat": "opportunite",
    "tiers_id": None,
    "tiers_nom": "",
    "priorite": 5,
    "montant_ht": None,
    "reference_externe": "",
    "depot_agence_id": None,
    "nature_stock": None,
    "emplacement": "",
    **rattachements.VIDE,
}


@router.get("/devis/affaires")
async def affaires(request: Request, user: User, q: str = "", etat: str = "", curseur: str | None = None) -> Response:
    """Opportunities, affaires and models in one list."""
    filtres = {"q": q, "etat": etat}
    page, vue = await lire(request, user, AFFAIRES)
    suite = None
    if page and page["curseur_suivant"]:
        utiles = {k: v for k, v in filtres.items() if v}
        suite = f"/devis/affaires?{urlencode({**utiles, 'curseur': page['curseur_suivant']})}"
    contexte: dict[str, Any] = {
        "page": page,
        "liste": vue,
        "filtres": filtres,
        "etats": ETATS_AFFAIRE,
        "suite": suite,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "affaires/liste.html", onglet="affaires", fragment=fragment, **contexte)


@router.get("/devis/affaires/nouvelle")
async def nouvelle(request: Request, user: User, tiers_id: Designe = None) -> Response:
    """An empty file served from the depot of whoever opens it, with what its tiers brings when it has one."""
    agence = user.actor.agence_id
    v = {**VIDE, "depot_agence_id": str(agence) if agence else None}
    if tiers_id is not None:
        tiers = await user.services.get("commercial", f"/tiers/{tiers_id}")
        v |= {"tiers_id": str(tiers_id), "tiers_nom": tiers["nom"]}
        v = await rattachements.au_choix_du_tiers(user, v)
    return await _formulaire(request, user, v, {})


@router.get("/devis/affaires/rattachements")
async def rattacher(request: Request, user: User, tiers_choisi: bool = False) -> Response:
    """The part of the form that follows the tiers and the site."""
    valeurs = {**VIDE, **_saisie(FormData([*request.query_params.multi_items()]))}
    if tiers_choisi:
        valeurs = await rattachements.au_choix_du_tiers(user, valeurs)
    return await _formulaire(request, user, valeurs, {}, fragment="rattachements")


@router.post("/devis/affaires/nouvelle")
async def creer(request: Request, user: User) -> Response:
    """A new project file."""
    saisie = await _lire(request)
    cle = request.headers.get("idempotency-key")
    try:
        affaire = await user.services.post("commercial", "/affaires", saisie, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, {**VIDE, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/affaires/{affaire['id']}", toast=f"Affaire {affaire['code']} créée")


@router.get("/devis/affaires/{affaire_id}")
async def fiche(affaire_id: UUID, request: Request, user: User) -> Response:
    """The file, and the propositions made for it."""
    affaire = await user.services.get("commercial", f"/affaires/{affaire_id}")
    propositions = signe = None
    if user.may("devis.lire"):
        filtre = {"affaire_id": str(affaire_id), "limite": 20}
        propositions, signe = await user.services.panneaux(
            ("commercial", "/propositions", filtre), ("commercial", f"/affaires/{affaire_id}/signe")
        )
    bons = None
    if user.may("feuille.lire"):
        bons = await user.services.panneau("inventory", "/bons-livraison", {"affaire_id": str(affaire_id)})
    depots = await user.services.panneau("inventory", "/depots")
    noms = await _noms(user)
    contexte: dict[str, Any] = {
        **await lecture.de(user, "affaire", affaire_id),
        "a": affaire,
        "regime": dict(REGIMES)[affaire["regime_tva"]],
        "commerciaux": [noms[i] for i in (*affaire["commercial_ids"], *affaire["groupe_commercial_ids"]) if i in noms],
        "equipe": noms.get(affaire["equipe_id"]),
        "bons": bons,
        "depot_principal": next((d["nom"] for d in depots or [] if d["agence_id"] == affaire["depot_agence_id"]), None),
        "natures": await natures.lues(user),
        "propositions": propositions,
        "signe": signe,
        "etats": ETATS_AFFAIRE,
        "statuts": STATUTS,
    }
    return rendre(request, "affaires/fiche.html", onglet="affaires", **contexte)


@router.get("/devis/affaires/{affaire_id}/besoins-nets")
async def besoins_nets(affaire_id: UUID, request: Request, user: User) -> Response:
    """The net needs of an affaire (CBA), computed now, article by article."""
    affaire = await user.services.get("commercial", f"/affaires/{affaire_id}")
    lignes = await user.services.get("purchasing", "/besoins-nets", {"affaire_id": str(affaire_id)})
    return rendre(request, "affaires/besoins_nets.html", onglet="affaires", a=affaire, lignes=lignes)


@router.get("/devis/affaires/{affaire_id}/modifier")
async def modifier(affaire_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing affaire."""
    existante = await user.services.get("commercial", f"/affaires/{affaire_id}")
    return await _formulaire(request, user, existante, {})


@router.post("/devis/affaires/{affaire_id}/modifier")
async def enregistrer(affaire_id: UUID, request: Request, user: User) -> Response:
    """Save; what was typed stays when it is refused."""
    saisie = await _lire(request)
    existante = await user.services.get("commercial", f"/affaires/{affaire_id}")
    version = version_lue((await request.form()).get("version") or existante["version"])
    saisie["demande_id"] = existante["demande_id"]
    try:
        await user.services.put("commercial", f"/affaires/{affaire_id}", saisie, version=version)
    except Refus as refus:
        return await _formulaire(request, user, {**existante, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/affaires/{affaire_id}", toast="Affaire enregistrée")


async def _noms(user: Utilisateur) -> dict[str, str]:
    """The names of collaborators and teams by id, as far as contacts answers."""
    choix = await rattachements.contexte(user, {})
    return {cle: nom for liste in ("commerciaux", "equipes") for cle, nom in choix[liste]}


async def _lire(request: Request) -> dict[str, Any]:
    return _saisie(await request.form())


def _saisie(form: FormData) -> dict[str, Any]:
    saisie: dict[str, Any] = {
        nom: str(form.get(nom) or "").strip()
        for nom in ("code", "libelle", "libelle_abrege", "etat", "reference_externe", "emplacement")
    }
    saisie["tiers_id"] = form.get("tiers_id") or None
    saisie["depot_agence_id"] = form.get("depot_agence_id") or None
    saisie["nature_stock"] = form.get("nature_stock") or None
    saisie["priorite"] = str(form.get("priorite") or "5")
    saisie["montant_ht"] = decimal(str(form.get("montant_ht") or ""))
    return {**saisie, **rattachements.lire(form)}


async def _formulaire(
    request: Request, user: Utilisateur, v: dict[str, Any], erreurs: dict[str, str], fragment: str = "formulaire"
) -> Response:
    existe = "id" in v
    depots = await user.services.panneau("inventory", "/depots")
    contexte: dict[str, Any] = {
        "v": v,
        "titre": f"Modifier {v['code']}" if existe else "Nouvelle affaire",
        "action": f"/devis/affaires/{v['id']}/modifier" if existe else "/devis/affaires/nouvelle",
        "etats": [(cle, mots[0]) for cle, mots in ETATS_AFFAIRE.items()],
        "depots": [(d["agence_id"], d["nom"]) for d in depots or [] if d["est_actif"]],
        "natures": await natures.lues(user),
        "erreurs": erreurs,
        **await rattachements.contexte(user, v),
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "affaires/formulaire.html", onglet="affaires", fragment=fragment, status_code=statut, **contexte
    )
