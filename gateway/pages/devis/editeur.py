"""The line editor and the hidden products of its lines."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.contacts.formulaire import REGIMES, decimal
from gateway.pages.devis.vues import CAUSES, STATUTS, comparable, erreurs_de, etapes, gagnee, onglets
from gateway.pages.fichiers import lecture
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur
from shared.web.doors import IfMatch

router = APIRouter(include_in_schema=False)
PRODUITS = "/devis/propositions/{proposition_id}/lignes/{ligne_id}/produits"


@router.get("/devis/propositions/{proposition_id}")
async def proposition(proposition_id: UUID, request: Request, user: User) -> Response:
    """The line editor: the proposition, its sisters, the shelves, what was sent."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    (etude, rayons, envois, collaborateurs, garde), fichiers = await asyncio.gather(
        user.services.panneaux(
            ("commercial", f"/etudes/{p['etude_id']}"),
            ("commercial", "/rayons"),
            ("commercial", f"/propositions/{proposition_id}/envois"),
            ("commercial", "/collaborateurs"),
            ("commercial", f"/propositions/{proposition_id}/garde"),
        ),
        lecture.de(user, "etude", p["etude_id"]),
    )
    acompte, a_certifier = await _acompte(user, p), await _a_certifier(user, p)
    modifiable = p["est_modifiable"] and user.may("devis.modifier")
    contexte: dict[str, Any] = {
        "p": p,
        "e": etude,
        **fichiers,
        "onglets_propositions": onglets(etude, p),
        "comparable": comparable(etude, p),
        "etapes_proposition": etapes(p["statut"]),
        "acompte": acompte,
        "a_certifier": a_certifier,
        "statut": STATUTS[p["statut"]],
        "causes": CAUSES,
        "regime": "" if p["regime_tva"] == "france" else dict(REGIMES)[p["regime_tva"]],
        "rayons": [_rayon(rayon) for rayon in rayons or ()],
        "envois": envois or [],
        "suivis": next((e["suivis"] for e in envois or () if e["etat"] == "envoye"), []),
        "etude_gagnee": gagnee(etude),
        "garde": garde if garde and p["est_modifiable"] else None,
        "commercial": next((c["nom"] for c in collaborateurs or () if c["id"] == p["commercial_id"]), None),
        "couts": user.may("couts.voir"),
        "lecture": not modifiable,
    }
    return rendre(request, "devis/proposition.html", onglet="etudes", **contexte)


@router.get("/devis/propositions/{proposition_id}/alertes")
async def alertes(proposition_id: UUID, request: Request, user: User) -> Response:
    """What holds the devis back, as its lines now stand."""
    chemin = f"/propositions/{proposition_id}"
    p = await user.services.get("commercial", chemin)
    garde, envois = await user.services.panneaux(("commercial", f"{chemin}/garde"), ("commercial", f"{chemin}/envois"))
    contexte = {"p": p, "garde": garde if p["est_modifiable"] else None, "envois": envois or []}
    return rendre(request, "devis/_alertes.html", **contexte, lecture=not p["est_modifiable"])


async def _a_certifier(user: Utilisateur, p: dict[str, Any]) -> bool:
    """A reduced VAT rate was signed without what the client certifies for it."""
    if p["statut"] != "valide" or not p["a_taux_reduit"]:
        return False
    signature = await user.services.panneau("commercial", f"/propositions/{p['id']}/signature")
    return bool(signature and signature["certifie_taux_reduit"] is False)


async def _acompte(user: Utilisateur, p: dict[str, Any]) -> str:
    """What became of the deposit of a signed devis, for who may read invoices."""
    if p["statut"] != "valide" or not Decimal(p["acompte_pourcent"]) or not user.may("facture.lire"):
        return ""
    de_la_demande = {"demande_id": p["demande_id"], "limite": 200}
    affaires, factures = await user.services.panneaux(
        ("billing", "/affaires-client", de_la_demande), ("billing", "/factures", de_la_demande)
    )
    siennes = [
        a
        for a in (affaires or {"elements": ()})["elements"]
        if a["origine"] == "acompte" and a["reference"] == p["numero"]
    ]
    if not siennes:
        return ""
    (affaire,) = siennes
    if affaire["etat"] != "facturee":
        return "à facturer" if affaire["etat"] == "a_facturer" else "annulé"
    par = next((f for f in (factures or {"elements": ()})["elements"] if f["affaire_client_id"] == affaire["id"]), None)
    return f"{affaire['facturee_par']}, payé" if par and par["etat"] == "payee" else affaire["facturee_par"]


@router.get("/devis/propositions/{proposition_id}/besoins")
async def besoins(proposition_id: UUID, request: Request, user: User) -> Response:
    """What this proposition would need, product by product, with the notes of whoever thought it out."""
    chemin = f"/propositions/{proposition_id}"
    p, lus = await asyncio.gather(
        user.services.get("commercial", chemin), user.services.get("commercial", f"{chemin}/besoins")
    )
    contexte = {"p": p, "besoins": lus, "couts": user.may("couts.voir")}
    return rendre(request, "devis/besoins.html", onglet="etudes", **contexte)


@router.get("/devis/produits/choisir")
async def choisir_produit(user: User, q: str = "") -> dict[str, Any]:
    """The choices of the product combobox."""
    produits = await user.services.get("commercial", "/produits", {"q": q, "limite": 8})
    return {
        "elements": [
            {"valeur": p["id"], "libelle": p["designation"], "detail": f"{p['reference']} · {_stock(p)} en stock"}
            for p in produits
        ]
    }


@router.get(PRODUITS)
async def produits(proposition_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """The row that unfolds under a line."""
    base = f"/propositions/{proposition_id}"
    p, situes = await asyncio.gather(
        user.services.get("commercial", base),
        user.services.get("commercial", f"{base}/lignes/{ligne_id}/produits"),
    )
    ligne = next(ligne for ligne in p["lignes"] if ligne["id"] == str(ligne_id))
    lecture = not (p["est_modifiable"] and user.may("devis.modifier"))
    contexte: dict[str, Any] = {
        "ligne": {**ligne, "produits": situes},
        "contributions": {nom: _somme(situes, nom) for nom in ("deee_ht", "copie_privee_ht")},
        "lecture": lecture,
        "couts": user.may("couts.voir"),
    }
    return rendre(request, "devis/caches.html", onglet="etudes", fragment="caches", **contexte)


@router.post(PRODUITS)
async def ajouter(proposition_id: UUID, ligne_id: UUID, request: Request, version: IfMatch, user: User) -> Any:
    """A hidden product; answers what the line editor must know."""
    corps = await request.json()
    cle = request.headers.get("idempotency-key")
    return await user.services.post("commercial", _service(proposition_id, ligne_id), corps, cle=cle, version=version)


@router.patch(PRODUITS + "/{cache_id}")
async def retoucher(
    proposition_id: UUID, ligne_id: UUID, cache_id: UUID, request: Request, version: IfMatch, user: User
) -> Any:
    """Its quantity, note or cost."""
    corps = await request.json()
    url = f"{_service(proposition_id, ligne_id)}/{cache_id}"
    return await user.services.patch("commercial", url, corps, version=version)


@router.delete(PRODUITS + "/{cache_id}")
async def retirer(proposition_id: UUID, ligne_id: UUID, cache_id: UUID, version: IfMatch, user: User) -> Any:
    """It is no longer needed."""
    url = f"{_service(proposition_id, ligne_id)}/{cache_id}"
    return await user.services.delete("commercial", url, version=version)


# From the page of a product ------------------------------------------------------------------------------------------


@router.get("/devis/ajouter-produit")
async def choisir_ligne(
    request: Request, user: User, produit_id: UUID, proposition_id: Designe = None, q: str = ""
) -> Response:
    """« Ajouter à la proposition… »: which open proposition, then which line."""
    return await _choix(request, user, produit_id, proposition_id, q, {})


@router.post("/devis/ajouter-produit")
async def ajouter_depuis_produit(request: Request, user: User, produit_id: UUID, proposition_id: UUID) -> Response:
    """The product lands under the chosen line."""
    form = await request.form()
    ligne_id, quantite = str(form.get("ligne_id") or ""), decimal(str(form.get("quantite") or "1"))
    corps = {"produit_id": str(produit_id), "quantite": quantite, "note": str(form.get("note") or "")}
    cle = request.headers.get("idempotency-key")
    try:
        await user.services.post("commercial", _service(proposition_id, ligne_id), corps, cle=cle)
    except Refus as refus:
        return await _choix(request, user, produit_id, proposition_id, "", erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}#ligne-{ligne_id}", toast="Produit ajouté à la ligne")


async def _choix(
    request: Request,
    user: Utilisateur,
    produit_id: UUID,
    proposition_id: UUID | None,
    q: str,
    erreurs: dict[str, str],
) -> Response:
    p, ouvertes = None, []
    if proposition_id is not None:
        p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    else:
        for statut in ("brouillon", "envoye"):
            page = await user.services.get("commercial", "/propositions", {"q": q, "statut": statut, "limite": 10})
            ouvertes += page["elements"]
    contexte: dict[str, Any] = {
        "produit_id": produit_id,
        "p": p,
        "ouvertes": ouvertes,
        "lignes": [(ligne["id"], ligne["designation"]) for ligne in (p or {"lignes": []})["lignes"] if ligne["numero"]],
        "q": q,
        "erreurs": erreurs,
    }
    statut_http = 422 if erreurs else 200
    return rendre(
        request, "devis/ajouter_produit.html", onglet="etudes", fragment="choix", status_code=statut_http, **contexte
    )


def _service(proposition_id: UUID, ligne_id: UUID | str) -> str:
    return f"/propositions/{proposition_id}/lignes/{ligne_id}/produits"


def _rayon(rayon: dict[str, Any]) -> dict[str, Any]:
    champs = (("id", "id"), ("reference", "reference"), ("libelle", "designation"), ("prix", "prix_achat_ht"))
    produits = [
        {nom: p[source] for nom, source in (*champs, ("stock", "stock"), ("quantite", "quantite"))}
        for p in rayon["produits"]
    ]
    return {**rayon, "produits": produits}


def _somme(produits: list[dict[str, Any]], nom: str) -> Decimal:
    return sum((Decimal(p["quantite"]) * Decimal(p[nom]) for p in produits), Decimal(0))


def _stock(produit: dict[str, Any]) -> str:
    return f"{float(produit['stock']):g}".replace(".", ",")
