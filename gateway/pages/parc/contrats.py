"""Contracts: the list, the page with its invoices and visits to come, the form, activation and end."""

from secrets import token_hex
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.coque.formats import aujourd_hui
from gateway.pages.fichiers import lecture
from gateway.pages.listes.catalogue import CONTRATS_DU_PARC
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.parc import saisies
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]
SITUATIONS = (
    ("actif", "Actifs"),
    ("brouillon", "Brouillons"),
    ("a_renouveler", "À renouveler sous 90 jours"),
    ("resilie", "Résiliés"),
    ("termine", "Terminés"),
    ("tous", "Tous"),
)
VIDE: Json = {
    "periodicite_mois": 12,
    "est_a_echoir": True,
    "visites_par_an": 1,
    "lignes": [{"id": None, "designation": "", "montant_ht": None, "taux_tva": "20", "equipements": []}],
}


@router.get("/parc/contrats")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    situation: str = "",
    tiers_id: Designe = None,
    curseur: str | None = None,
) -> Response:
    """Contracts by number, client or subject, with next invoice and next visit; all those of one client."""
    situation = situation or ("tous" if tiers_id else "actif")
    page, vue = await lire_exigee(request, user, CONTRATS_DU_PARC)
    contexte: Json = {**MOTS, "page": page, "liste": vue, "q": q, "situation": situation, "situations": SITUATIONS}
    contexte["tiers_id"] = str(tiers_id or "")
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "parc/contrats.html", onglet="contrats", fragment=fragment, **contexte)


@router.get("/parc/contrats/nouveau")
async def nouveau(request: Request, user: User, tiers_id: Designe = None) -> Response:
    """An empty contract."""
    vide = {**VIDE, "debut": aujourd_hui().isoformat(), "objet": "", "tiers_id": None, "tiers_nom": ""}
    if tiers_id is not None:
        tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
        vide |= {"tiers_id": str(tiers_id), "tiers_nom": tiers["nom"], "objet": f"Maintenance – {tiers['nom']}"}
    return _formulaire(request, vide, {})


@router.get("/parc/contrats/ligne")
async def ligne(request: Request, _user: User) -> Response:
    """One more empty line of the form."""
    return rendre(request, "parc/contrat_ligne.html", fragment="ligne", ligne=_avec_cle(VIDE["lignes"][0]))


@router.post("/parc/contrats/nouveau")
async def creer(request: Request, user: User) -> Response:
    """Write the draft, then open it."""
    form = await request.form()
    saisie = saisies.contrat(form)
    try:
        contrat = await user.services.post("maintenance", "/contrats", saisie, cle=saisies.cle(request))
    except Refus as refus:
        return _formulaire(request, _relu(saisie, {"tiers_nom": saisies.texte(form, "tiers_nom")}), _erreurs(refus))
    return aller(request, f"/parc/contrats/{contrat['id']}", toast=f"Contrat {contrat['numero']} créé")


@router.get("/parc/contrats/{contrat_id}")
async def fiche(contrat_id: UUID, request: Request, user: User) -> Response:
    """A contract: what it covers, bills and schedules."""
    contrat = await user.services.get("maintenance", f"/contrats/{contrat_id}")
    fichiers = await lecture.de(user, "contrat", contrat_id)
    return rendre(request, "parc/contrat.html", onglet="contrats", c=contrat, **MOTS, **fichiers)


@router.get("/parc/contrats/{contrat_id}/modifier")
async def modifier(contrat_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing contract."""
    return _formulaire(request, await user.services.get("maintenance", f"/contrats/{contrat_id}"), {})


@router.post("/parc/contrats/{contrat_id}/modifier")
async def enregistrer(contrat_id: UUID, request: Request, user: User) -> Response:
    """Save; when somebody saved first, what was typed stays."""
    form = await request.form()
    saisie = saisies.contrat(form)
    chemin = f"/contrats/{contrat_id}"
    try:
        await user.services.put("maintenance", chemin, saisie, version=saisies.version(form))
    except Refus as refus:
        actuel = await user.services.get("maintenance", chemin)
        return _formulaire(request, _relu(saisie, actuel), _erreurs(refus))
    return aller(request, f"/parc/contrats/{contrat_id}", toast="Contrat enregistré")


@router.post("/parc/contrats/{contrat_id}/activer")
async def activer(contrat_id: UUID, request: Request, user: User) -> Response:
    """Invoices, coverage and visits start."""
    form = await request.form()
    contrat = await user.services.post(
        "maintenance", f"/contrats/{contrat_id}/activer", version=saisies.version(form), cle=saisies.cle(request)
    )
    return rafraichir(toast=f"Contrat {contrat['numero']} activé")


@router.get("/parc/contrats/{contrat_id}/resilier")
async def motif_resiliation(contrat_id: UUID, request: Request, user: User) -> Response:
    """The last day of the contract and why."""
    contrat = await user.services.get("maintenance", f"/contrats/{contrat_id}")
    return rendre(request, "parc/resilier.html", onglet="contrats", c=contrat, jour=aujourd_hui())


@router.post("/parc/contrats/{contrat_id}/resilier")
async def resilier(contrat_id: UUID, request: Request, user: User) -> Response:
    """End it on that day."""
    form = await request.form()
    corps = {"effet": saisies.texte(form, "effet"), "motif": saisies.texte(form, "motif")}
    chemin = f"/contrats/{contrat_id}/resilier"
    await user.services.post("maintenance", chemin, corps, version=saisies.version(form), cle=saisies.cle(request))
    return rafraichir(toast="Résiliation enregistrée", fermer=True)


def _erreurs(refus: Refus) -> dict[str, str]:
    return refus.erreurs or {"": refus.detail}


def _relu(saisie: Json, actuel: Json) -> Json:
    """What was typed, in the shape the form shows; names of objects come from the stored contract."""
    noms = {e["id"]: e for ligne in actuel.get("lignes", ()) for e in ligne["equipements"]}
    inconnu = {"designation": "Équipement", "numero_serie": None}
    lignes = [
        {**li, "equipements": [noms.get(e, {"id": e, **inconnu}) for e in li["equipement_ids"]]}
        for li in saisie["lignes"]
    ]
    gardes: Json = {c: actuel[c] for c in ("id", "numero", "version", "tiers_nom") if c in actuel}
    return {**saisie, **gardes, "lignes": lignes or VIDE["lignes"]}


def _avec_cle(ligne: Json) -> Json:
    """A line with the word that ends the names of its fields."""
    return {**ligne, "cle": token_hex(4)}


def _formulaire(request: Request, valeurs: Json, erreurs: dict[str, str]) -> Response:
    existe = "id" in valeurs
    contexte: Json = {
        **MOTS,
        "v": {**valeurs, "lignes": [_avec_cle(ligne) for ligne in valeurs["lignes"]]},
        "existe": existe,
        "titre": f"Modifier le contrat {valeurs['numero']}" if existe else "Nouveau contrat",
        "action": f"/parc/contrats/{valeurs['id']}/modifier" if existe else "/parc/contrats/nouveau",
        "retour": f"/parc/contrats/{valeurs['id']}" if existe else "/parc/contrats",
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    gabarit = "parc/contrat_formulaire.html"
    return rendre(request, gabarit, onglet="contrats", fragment="formulaire", status_code=statut, **contexte)
