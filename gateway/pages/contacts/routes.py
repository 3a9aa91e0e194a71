"""The directory in pages."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts import formulaire
from gateway.pages.contacts.fiche import panneaux
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)

LISTES = {
    "contacts": (None, "Contacts"),
    "clients": ("client", "Clients"),
    "fournisseurs": ("fournisseur", "Fournisseurs"),
}
COLONNES = (
    {"libelle": "Nom", "classe": "large"},
    {"libelle": "Type"},
    {"libelle": "Ville", "classe": "tel-non"},
    {"libelle": "Téléphone"},
    {"libelle": "E-mail", "classe": "tel-non"},
    {"libelle": "Encours TTC", "classe": "num"},
)
TEINTES = {"client": "accent", "prospect": "alerte", "fournisseur": "violet", "autre": "neutre"}
CHOIX = {"roles_possibles": formulaire.ROLES, "regimes": formulaire.REGIMES, "canaux": formulaire.CANAUX}


async def _liste(request: Request, user: User, onglet: str) -> Response:
    role, titre = LISTES[onglet]
    params = {"q": request.query_params.get("q"), "curseur": request.query_params.get("curseur"), "role": role}
    page = await user.services.get("contacts", "/tiers", params)
    suite = params["curseur"] is not None
    url = "/contacts" if onglet == "contacts" else f"/contacts/{onglet}"
    contexte: dict[str, Any] = {
        "page": page,
        "q": params["q"] or "",
        "titre": titre,
        "url": url,
        "colonnes": COLONNES,
        "teintes": TEINTES,
    }
    return rendre(request, "contacts/liste.html", onglet=onglet, fragment="rangees" if suite else "lignes", **contexte)


@router.get("/contacts")
async def liste(request: Request, user: User) -> Response:
    """Everybody."""
    return await _liste(request, user, "contacts")


@router.get("/contacts/clients")
async def clients(request: Request, user: User) -> Response:
    """Clients only."""
    return await _liste(request, user, "clients")


@router.get("/contacts/fournisseurs")
async def fournisseurs(request: Request, user: User) -> Response:
    """Suppliers only."""
    return await _liste(request, user, "fournisseurs")


@router.get("/contacts/choisir")
async def choisir(user: User, q: str = "", role: str | None = None) -> dict[str, Any]:
    """The choices of a combobox, searched as the list is."""
    page = await user.services.get("contacts", "/tiers", {"q": q, "role": role, "limite": 8})
    return {
        "elements": [
            {"valeur": t["id"], "libelle": t["nom"], "detail": " · ".join(filter(None, (t["code"], t["ville"])))}
            for t in page["elements"]
        ]
    }


@router.get("/contacts/nouveau")
async def nouveau(request: Request, _user: User, nom: str = "", suite: str = "") -> Response:
    """An empty file, with what was searched already typed."""
    vide: dict[str, Any] = {"nom": nom, "roles": ["prospect"], "adresses": [], "interlocuteurs": []}
    return _formulaire(request, vide, {}, suite=suite)


@router.post("/contacts/nouveau")
async def creer(request: Request, user: User, suite: str = "") -> Response:
    """Create, then open the file, or go on with the demande that was being opened."""
    saisie = await formulaire.lire(request)
    suite = str((await request.form()).get("suite") or suite)
    try:
        cle = request.headers.get("idempotency-key")
        tiers = await user.services.post("contacts", "/tiers", saisie, cle=cle)
    except Refus as refus:
        return _formulaire(request, saisie, _erreurs(refus), suite=suite)
    vers = f"/demandes/nouvelle?tiers_id={tiers['id']}" if suite == "demande" else f"/contacts/{tiers['id']}"
    return aller(request, vers, toast=f"Contact {tiers['nom']} créé")


@router.get("/contacts/{tiers_id}")
async def fiche(tiers_id: UUID, request: Request, user: User) -> Response:
    """Everything about a contact, each panel from its own service."""
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    return rendre(request, "contacts/fiche.html", onglet="contacts", tiers=tiers, **await panneaux(user, tiers))


@router.get("/contacts/{tiers_id}/modifier")
async def modifier(tiers_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing contact."""
    return _formulaire(request, await user.services.get("contacts", f"/tiers/{tiers_id}"), {})


@router.post("/contacts/{tiers_id}/modifier")
async def enregistrer(tiers_id: UUID, request: Request, user: User) -> Response:
    """Save; when somebody saved first, what was typed stays and the differences are shown."""
    existant = await user.services.get("contacts", f"/tiers/{tiers_id}")
    saisie = await formulaire.lire(request, existant)
    version = int(str((await request.form()).get("version") or existant["version"]))
    try:
        await user.services.put("contacts", f"/tiers/{tiers_id}", saisie, version=version)
    except Refus as refus:
        changements = refus.probleme.get("modifications", [])
        actuelle = existant["version"] if changements else version
        valeurs = {**saisie, "id": str(tiers_id), "version": actuelle, "code": existant["code"]}
        return _formulaire(request, valeurs, _erreurs(refus), changements=changements)
    return aller(request, f"/contacts/{tiers_id}", toast="Fiche enregistrée")


@router.post("/contacts/{tiers_id}/convertir")
async def convertir(tiers_id: UUID, request: Request, user: User) -> Response:
    """A prospect becomes a client."""
    await user.services.post("contacts", f"/tiers/{tiers_id}/convertir")
    return aller(request, f"/contacts/{tiers_id}", toast="Le prospect est devenu client")


def _erreurs(refus: Refus) -> dict[str, str]:
    """Messages by field; a refusal that names no field goes to the top of the form."""
    return refus.erreurs or {"": refus.detail}


def _formulaire(
    request: Request,
    valeurs: dict[str, Any],
    erreurs: dict[str, str],
    *,
    suite: str = "",
    changements: list[dict[str, Any]] | None = None,
) -> Response:
    statut = 422 if erreurs else 200
    existe = "id" in valeurs
    contexte: dict[str, Any] = {
        "v": valeurs,
        "titre": f"Modifier {valeurs['nom']}" if existe else "Nouveau contact",
        "action": f"/contacts/{valeurs['id']}/modifier" if existe else f"/contacts/nouveau?suite={quote(suite)}",
        "erreurs": erreurs,
        "suite": suite,
        "changements": changements or [],
        **CHOIX,
    }
    return rendre(
        request, "contacts/formulaire.html", onglet="contacts", fragment="formulaire", status_code=statut, **contexte
    )
