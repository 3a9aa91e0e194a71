"""Answers Ctrl+K from every service in parallel; a stopped service only misses its own results."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter

from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
Ligne = dict[str, Any]


def _contact(t: Ligne) -> Ligne:
    proche = "orthographe proche" if t["est_approche"] else None
    detail = " · ".join(filter(None, (t["code"], t["ville"], t["telephone"], proche)))
    return {
        "est_approche": t["est_approche"],
        "titre": t["nom"],
        "detail": detail,
        "url": f"/contacts/{t['id']}",
        "icone": "contact-round",
        "groupe": "Contacts",
    }


def _demande(d: Ligne) -> Ligne:
    detail = f"{d['numero']} · {d['tiers_nom']}"
    return {
        "titre": d["objet"],
        "detail": detail,
        "url": f"/demandes/{d['id']}",
        "icone": "ticket",
        "groupe": "Demandes",
    }


def _produit(p: Ligne) -> Ligne:
    return {
        "titre": p["designation"],
        "detail": p["reference"],
        "url": f"/catalogue/{p['id']}",
        "icone": "package",
        "groupe": "Produits",
    }


def _proposition(p: Ligne) -> Ligne:
    detail = f"{p['numero']} · {p['tiers_nom']}"
    return {
        "titre": p["objet"],
        "detail": detail,
        "url": f"/devis/propositions/{p['id']}",
        "icone": "file-pen-line",
        "groupe": "Devis",
    }


def _facture(f: Ligne) -> Ligne:
    return {
        "titre": f["numero"],
        "detail": f["tiers_nom"],
        "url": f"/administratif/factures/{f['id']}",
        "icone": "receipt-euro",
        "groupe": "Factures",
    }


def _equipement(e: Ligne) -> Ligne:
    detail = " · ".join(filter(None, (e["tiers_nom"], e["numero_serie"], e["etiquette"])))
    return {
        "titre": e["designation"],
        "detail": detail,
        "url": f"/parc/equipements/{e['id']}",
        "icone": "boxes",
        "groupe": "Parc clients",
    }


def _objet(o: Ligne) -> Ligne:
    detail = " · ".join(filter(None, (o["numero_serie"], o["reference"])))
    return {
        "titre": o["designation"],
        "detail": detail,
        "url": f"/atelier/objets/{o['id']}",
        "icone": "box",
        "groupe": "Objets",
    }


SOURCES: tuple[tuple[str, str, str, Callable[[Ligne], Ligne]], ...] = (
    ("contacts", "/tiers", "tiers.lire", _contact),
    ("demandes", "/demandes", "demande.lire", _demande),
    ("commercial", "/propositions", "devis.lire", _proposition),
    ("billing", "/factures", "facture.lire", _facture),
    ("inventory", "/produits", "produit.lire", _produit),
    ("maintenance", "/equipements", "parc.lire", _equipement),
    ("inventory", "/historiques", "stock.lire", _objet),
)


@router.get("/recherche")
async def rechercher(user: User, q: str = "") -> dict[str, list[Ligne]]:
    """At most six results of each kind the person may see."""
    if len(q.strip()) < 2:
        return {"elements": []}
    permises = [source for source in SOURCES if user.may(source[2])]
    params = {"q": q[:100], "limite": 6}
    pages = await user.services.panneaux(*((service, chemin, params) for service, chemin, _, _ in permises))
    resultats = [
        ligne(element)
        for (*_, ligne), page in zip(permises, pages, strict=True)
        if page
        for element in page["elements"]
    ]
    if user.may("tiers.modifier") and all(r.get("est_approche", r["groupe"] != "Contacts") for r in resultats):
        resultats.append(_nouveau_contact(q.strip()[:100]))
    return {"elements": resultats}


def _nouveau_contact(nom: str) -> Ligne:
    """Nobody answers to this: the form opens with what was typed."""
    return {
        "titre": f"Créer le contact « {nom} »",
        "url": f"/contacts/nouveau?nom={quote(nom)}",
        "icone": "plus",
        "groupe": "Créer",
    }
