"""The directory in pages."""

import asyncio
from contextlib import suppress
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from gateway.errors import FicheAbsente, Refus
from gateway.pages import edition
from gateway.pages.contacts import annuaire, collegues, echanges, formulaire, fusion, genres, ribs, volets
from gateway.pages.contacts.fiche import panneaux
from gateway.pages.contacts.formulaire import FORME
from gateway.pages.listes.catalogue import CONTACTS
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import aller, conclure, rendre
from gateway.session.dependances import User
from shared.kernel.refusals import PermissionManquante

router = APIRouter(include_in_schema=False)
router.include_router(fusion.router)
router.include_router(echanges.router)
router.include_router(annuaire.router)
router.include_router(collegues.router)
router.include_router(genres.router)
router.include_router(ribs.router)
Genre = Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$")]

LISTES = {
    "contacts": ("", "Contacts"),
    "clients": ("client", "Clients"),
    "fournisseurs": ("fournisseur", "Fournisseurs"),
}
CHAMP_REFUSE = {
    "siret_invalide": "siret",
    "siret_deja_connu": "siret",
    "siren_invalide": "siren",
    "tva_invalide": "tva_intracom",
}
REGIMES = dict(formulaire.REGIMES)
VIDE: dict[str, Any] = {
    **{"roles": ["prospect"], "adresses": [], "interlocuteurs": [], "sites": []},
    **{"commercial_ids": [], "groupe_commercial_ids": []},
}


async def _liste(request: Request, user: User, onglet: str, genre: str = "") -> Response:
    role, titre = LISTES[onglet]
    role = role or genre
    (page, vue), connus = await asyncio.gather(
        lire_exigee(request, user, CONTACTS, **({"role": role} if role else {})), genres.lire(user)
    )
    if genre and genre not in connus:
        raise FicheAbsente
    suite = "curseur" in request.query_params
    url = f"/contacts/genre/{genre}" if genre else "/contacts" if onglet == "contacts" else f"/contacts/{onglet}"
    contexte: dict[str, Any] = {
        "page": page,
        "q": request.query_params.get("q") or "",
        "titre": connus[genre]["libelle"] if genre else titre,
        "url": url,
        "role": role,
        "liste": vue,
        "genres": connus,
        "genre": genre,
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


@router.get("/contacts/genre/{genre}")
async def d_un_genre(genre: Genre, request: Request, user: User) -> Response:
    """Those of one kind of the company."""
    return await _liste(request, user, "contacts", genre)


@router.get("/contacts/choisir")
async def choisir(user: User, q: str = "", role: str | None = None, sauf: str = "") -> dict[str, Any]:
    """The choices of a combobox, searched as the list is, without the contact `sauf`."""
    page = await user.services.get("contacts", "/tiers", {"q": q, "role": role, "limite": 8})
    return {
        "elements": [
            {"valeur": t["id"], "libelle": t["nom"], "detail": " · ".join(filter(None, (t["code"], t["ville"])))}
            for t in page["elements"]
            if t["id"] != sauf
        ]
    }


@router.get("/contacts/nouveau")
async def nouveau(request: Request, user: User, nom: str = "", suite: str = "", genre: str = "") -> Response:
    """An empty file, with what was searched already typed, of the kind that was looked at; what a page knows of it too."""
    valeurs = {**VIDE, "nom": nom, **formulaire.connu(request.query_params)} | ({"roles": [genre]} if genre else {})
    return await formulaire.montrer(request, user, valeurs, {}, suite=suite)


@router.get("/contacts/rangee/{quoi}")
async def rangee(quoi: Literal["adresse", "personne", "site"], request: Request, user: User) -> Response:
    """One more address, person or site in the form; people already saved can be chosen for a site."""
    ids, prenoms, noms = (request.query_params.getlist(f"personne_{c}") for c in ("id", "prenom", "nom"))
    gens = [{"id": i, "prenom": p, "nom": n} for i, p, n in zip(ids, prenoms, noms, strict=False)]
    contexte: dict[str, Any] = {"quoi": quoi, "r": formulaire.avec_cle(formulaire.RANGEES[quoi])}
    choix = await formulaire.choix(user, gens)
    return rendre(request, "contacts/rangee.html", fragment="rangee", **contexte, **choix)


@router.post("/contacts/nouveau")
async def creer(request: Request, user: User, suite: str = "") -> Response:
    """Create, then open the file, or go on with what was being done: a demande to open, an invoice or a mail received."""
    saisie = await formulaire.lire(request)
    suite = str((await request.form()).get("suite") or suite)
    try:
        cle = request.headers.get("idempotency-key")
        tiers = await user.services.post("contacts", "/tiers", saisie, cle=cle)
    except Refus as refus:
        return await formulaire.montrer(request, user, saisie, _erreurs(refus), suite=suite)
    return aller(request, _ensuite(suite, tiers["id"]), toast=f"Contact {tiers['nom']} créé")


def _ensuite(suite: str, tiers_id: str) -> str:
    """Where to go once the contact is there; never an address that the form would choose."""
    if suite == "demande":
        return f"/demandes/nouvelle?tiers_id={tiers_id}"
    quoi, _, recu_id = suite.partition(":")
    with suppress(ValueError):
        if quoi == "facture-recue":
            return f"/administratif/fournisseurs/recues/{UUID(recu_id)}?cherche=oui"
        if quoi == "courrier":
            return f"/demandes/courriers/{UUID(recu_id)}?tiers_id={tiers_id}"
    return f"/contacts/{tiers_id}"


@router.get("/contacts/{tiers_id}")
async def fiche(tiers_id: UUID, request: Request, user: User) -> Response:
    """Everything about a contact, each panel from its own service."""
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    if tiers["absorbe_par_id"]:
        return aller(request, f"/contacts/{tiers['absorbe_par_id']}")
    lus = await panneaux(user, tiers)
    contexte = {
        "genres": await genres.lire(user),
        "tiers": tiers,
        "volet": "synthese",
        "volets": volets.ouverts(user, tiers),
        "regimes": REGIMES,
        "genres_note": volets.GENRES_NOTE,
        **lus,
    }
    return rendre(request, "contacts/fiche.html", onglet="contacts", **contexte)


@router.get("/contacts/{tiers_id}/modifier")
async def modifier(tiers_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing contact."""
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    return await formulaire.montrer(request, user, tiers, {}, fait=edition.ouvrir(FORME, tiers))


@router.post("/contacts/{tiers_id}/modifier")
async def enregistrer(tiers_id: UUID, request: Request, user: User) -> Response:
    """Save; when somebody saved first, what was typed stays and the differences are shown."""
    envoi = await edition.envoi(request, await formulaire.lire(request))
    fait = await edition.enregistrer(user, FORME, "contacts", f"/tiers/{tiers_id}", envoi)
    if fait.refus is None and not fait.conflits:
        return aller(request, f"/contacts/{tiers_id}", toast=f"Fiche enregistrée{fait.avec}")
    erreurs = _erreurs(fait.refus) if fait.refus else {}
    return await formulaire.montrer(request, user, {**fait.valeurs, "id": str(tiers_id)}, erreurs, fait=fait)


@router.post("/contacts/{tiers_id}/convertir")
async def convertir(tiers_id: UUID, request: Request, user: User) -> Response:
    """A prospect becomes a client."""
    await user.services.post("contacts", f"/tiers/{tiers_id}/convertir")
    return aller(request, f"/contacts/{tiers_id}", toast="Le prospect est devenu client")


@router.post("/contacts/{tiers_id}/notes")
async def noter(tiers_id: UUID, request: Request, user: User) -> Response:
    """A call, a mail, a visit or a note, kept with the contact."""
    form = await request.form()
    corps = {"genre": str(form.get("genre") or "note"), "texte": str(form.get("texte") or "")}
    cle = request.headers.get("idempotency-key")
    await user.services.post("contacts", f"/tiers/{tiers_id}/notes", corps, cle=cle)
    return conclure(request, f"/contacts/{tiers_id}/echanges", "Échange noté")


@router.get("/contacts/{tiers_id}/{volet}")
async def volet(
    tiers_id: UUID,
    volet: Literal["echanges", "demandes", "devis", "factures", "achats", "fichiers"],
    request: Request,
    user: User,
) -> Response:
    """One tab of a contact."""
    titre, permission = volets.VOLETS[volet]
    if not user.may(permission):
        raise PermissionManquante(permission=permission)
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    contexte = {"tiers": tiers, "volet": volet, "volets": volets.ouverts(user, tiers), "titre": titre}
    lu = await volets.lire(user, tiers, volet)
    return rendre(request, "contacts/volet.html", onglet="contacts", **contexte, **lu)


def _erreurs(refus: Refus) -> dict[str, str]:
    """Messages by field; a refusal that is about no field goes to the top of the form."""
    return refus.erreurs or {CHAMP_REFUSE.get(refus.probleme.get("code", ""), ""): refus.detail}
