"""Answers Ctrl+K from every service in parallel; a stopped service only misses its own results, and that is said."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter

from gateway.clients.services import LIBELLES, Indisponible
from gateway.pages.recherche.sources import SOURCES, Ligne
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
PAR_SOURCE = 6


@router.get("/recherche")
async def rechercher(user: User, q: str = "") -> dict[str, Any]:
    """At most six results of each kind the person may see, what is exactly what was typed first; who did not answer."""
    tape = q.strip()[:100]
    if len(tape) < 2:
        return {"elements": [], "muets": []}
    permises = [source for source in SOURCES if user.may(source.permission)]
    params = {"q": tape, "limite": PAR_SOURCE}
    pages = await user.services.panneaux(*((source.service, source.chemin, params) for source in permises))
    resultats = [
        source.montrer(lue, tape)
        for source, page in zip(permises, pages, strict=True)
        if page
        for lue in page["elements"]
    ]
    muets = {page.libelle for page in pages if isinstance(page, Indisponible)}
    resultats.sort(key=lambda r: not r["est_exacte"])
    connu = any(r["est_exacte"] or (r["groupe"] == "Contacts" and not r["est_approche"]) for r in resultats)
    if user.may("tiers.modifier") and not connu and LIBELLES["contacts"] not in muets:
        resultats.append(_nouveau_contact(tape))
    return {"elements": resultats, "muets": sorted(muets)}


def _nouveau_contact(nom: str) -> Ligne:
    """Nobody answers to this: the form opens with what was typed."""
    return {
        "titre": f"Créer le contact « {nom} »",
        "url": f"/contacts/nouveau?nom={quote(nom)}",
        "icone": "plus",
        "groupe": "Créer",
    }
