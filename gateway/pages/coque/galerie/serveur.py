"""Serves the gallery on http://127.0.0.1:8899 under the real content security policy."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import orjson
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.base import RequestResponseEndpoint

from gateway.pages import lectures
from gateway.pages.coque.gabarits import DIST
from gateway.pages.coque.galerie import donnees
from gateway.pages.coque.navigation import APPLICATIONS
from gateway.pages.rendu import notifier, rendre
from gateway.securite import CSP
from shared.kernel.clock import SystemClock

VUES = (
    ("composants", "Composants", "layout-grid", None),
    ("tableau", "Tableau", "square-kanban", "tableau"),
    ("liste", "Liste", "list", None),
    ("devis", "Devis", "file-pen-line", "lignes"),
    ("planning", "Planning", "calendar-days", "planning"),
    ("atelier", "Atelier et scan", "wrench", "feuille"),
)
FLUX: set[asyncio.Queue[bytes]] = set()
app = FastAPI(title="Galerie", openapi_url=None)
app.mount("/static", StaticFiles(directory=DIST, check_dir=False), name="static")


@app.middleware("http")
async def proteger(request: Request, call_next: RequestResponseEndpoint) -> Response:
    request.state.session = None if request.url.path == "/connexion" else donnees.SESSION
    reponse = await call_next(request)
    reponse.headers["Content-Security-Policy"] = CSP
    return reponse


@app.get("/connexion")
async def connexion(request: Request) -> HTMLResponse:
    erreur = "Identifiant ou mot de passe incorrect." if "erreur" in request.query_params else None
    return rendre(request, "coque/connexion.html", erreur=erreur, identifiant="", suite="/galerie")


@app.post("/connexion")
async def se_connecter() -> Response:
    return JSONResponse({"csrf": "nouveau"})


@app.get("/recherche")
async def rechercher(q: str = "") -> dict[str, Any]:
    trouves = [c for c in donnees.CLIENTS if q.lower() in c.lower()]
    contacts = [
        {"titre": c, "detail": "Annecy", "icone": "building-2", "url": "/galerie/composants", "groupe": "Contacts"}
        for c in trouves
    ]
    demandes = [
        {"titre": f"{c['reference']} · {c['client']}", "detail": c["objet"], "etat": "Devis à réaliser",
         "icone": "square-kanban", "url": "/galerie/tiroir", "groupe": "Demandes"}
        for c in map(donnees.carte, range(60)) if c["client"] in trouves
    ]  # fmt: skip
    return {"elements": contacts[:4] + demandes[:5]}


@app.get("/galerie/clients")
async def clients(q: str = "") -> dict[str, Any]:
    trouves = [c for c in donnees.CLIENTS if q.lower() in c.lower()]
    return {"elements": [{"valeur": c, "libelle": c, "detail": "Annecy"} for c in trouves[:6]]}


@app.post("/demandes/{carte_id}/etat")
async def deplacer(carte_id: str, request: Request) -> Response:
    demande = await request.json()
    etat = demande["etats"][0]
    if etat == "recus":
        return JSONResponse(
            {"status": 409, "code": "transition_impossible", "detail": f"La demande {carte_id} ne peut pas y aller."},
            status_code=409, media_type="application/problem+json",
        )  # fmt: skip
    donnees.DEPLACEES[carte_id] = etat
    fait = {
        "id": carte_id,
        "type": "demandes.etat_change.v1",
        "cle": carte_id,
        "demande_id": carte_id,
        "acteur": "Thomas Berger",
    }
    for file in FLUX:
        file.put_nowait(orjson.dumps(fait))
    return JSONResponse({"version": int(demande["version"]) + 1})


@app.get("/demandes/carte/{carte_id}")
async def une_carte(carte_id: str, request: Request) -> HTMLResponse:
    return rendre(
        request, "coque/galerie/carte.html", carte=donnees.carte(int(carte_id[1:]), donnees.DEPLACEES.get(carte_id, ""))
    )


@app.post("/galerie/scanner")
async def scanner(request: Request) -> dict[str, Any]:
    async def lire(code: str, _cle: str) -> dict[str, Any]:
        resultat = "attendu" if code.startswith("QR") else "en_trop" if code.isdigit() else "inconnu"
        return {
            "resultat": resultat,
            "libelle": "NVR 16 voies 4K",
            "detail": "Colonne 1",
            "annuler": "/galerie/annuler",
        }

    return await lectures.repondre(request, lire)


@app.put("/galerie/lignes")
async def enregistrer(request: Request) -> dict[str, Any]:
    lignes = (await request.json())["lignes"]
    rendues: list[dict[str, Any]] = [
        {"id": x["id"] or f"n{i}", "numero": str(i), "produits": []} for i, x in enumerate(lignes)
    ]
    return {"version": int(request.headers["if-match"]) + 1, "lignes": rendues}


@app.get("/galerie/produits/{ligne_id}")
async def produits(ligne_id: str, request: Request) -> HTMLResponse:
    ligne = next((x for x in donnees.LIGNES if x["id"] == ligne_id), donnees.LIGNES[1])
    return rendre(request, "coque/galerie/caches.html", ligne={**ligne, "id": ligne_id})


@app.get("/live")
async def live() -> Response:
    async def flux() -> AsyncIterator[bytes]:
        file: asyncio.Queue[bytes] = asyncio.Queue()
        FLUX.add(file)
        try:
            yield b"event: ouvert\ndata: {}\n\n"
            while True:
                yield b"event: fait\ndata: " + await file.get() + b"\n\n"
        finally:
            FLUX.discard(file)

    return StreamingResponse(flux(), media_type="text/event-stream")


@app.post("/galerie/{reste:path}")
@app.patch("/galerie/{reste:path}")
async def ecrire(reste: str) -> Response:
    return notifier(Response(status_code=204), f"Enregistré ({reste})", annuler="/galerie/annuler")


@app.get("/galerie")
@app.get("/galerie/{vue}")
async def galerie(request: Request, vue: str = "composants", q: str = "") -> HTMLResponse:
    ilot_vue = next((ilot for cle, _, _, ilot in VUES if cle == vue), None)
    gabarit = "coque/galerie/ecrans.html" if vue in {v[0] for v in VUES[1:]} else "coque/galerie/composants.html"
    chemin = APPLICATIONS[{"tableau": 1, "devis": 2, "planning": 7, "atelier": 4}.get(vue, 0)].url
    maintenant = SystemClock().now()
    return rendre(
        request, gabarit, vue=vue, vues=[v[:3] for v in VUES], ilot_vue=ilot_vue, maintenant=maintenant.isoformat(),
        hier=(maintenant - timedelta(days=1)).isoformat(), avant=(maintenant - timedelta(days=30)).isoformat(),
        cartes=[donnees.carte(i) for i in range(6)], colonnes=donnees.cartes(), contacts=[c for c in donnees.contacts() if q.lower() in c["nom"].lower()], q=q, fragment="lignes" if vue == "liste" else None,
        lignes=donnees.LIGNES, totaux=donnees.TOTAUX, produits=donnees.PRODUITS,
        personnes=[{"nom": p, "href": "#", "actif": False} for p in donnees.PERSONNES], semaine=donnees.semaine(),
        planning=donnees.planning(), chemin=chemin,
    )  # fmt: skip


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8899, log_level="warning")
