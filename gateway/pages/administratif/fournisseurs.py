"""Supplier invoices: what was received, to check against what the supplier bills, and where it went."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from gateway.pages.administratif.acces import Comptable
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.fichiers import lecture
from gateway.pages.listes.catalogue import FACTURES_FOURNISSEUR
from gateway.pages.listes.lecture import lire
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
ETATS = {
    "a_controler": ("À contrôler", "alerte"),
    "bloquee": ("Bloquée", "danger", "lock"),
    "controlee": ("Contrôlée", "succes", "circle-check"),
}
ETATS_AVOIR = {
    "attendu": ("Attendu", "alerte", "hourglass"),
    "recu_en_partie": ("Reçu en partie", "info", "hourglass"),
    "recu": ("Reçu", "succes", "circle-check"),
}


@router.get("/administratif/fournisseurs")
async def liste(request: Request, user: Comptable, q: str = "", etat: str = "", curseur: str | None = None) -> Response:
    """Supplier invoices, newest first, with the totals of the filter."""
    (page, vue), avoirs, recues = await asyncio.gather(
        lire(request, user, FACTURES_FOURNISSEUR),
        user.services.panneau("billing", "/avoirs-fournisseur/totaux"),
        user.services.panneau("billing", "/factures-recues/totaux"),
    )
    contexte: dict[str, Any] = {
        "page": page,
        "liste": vue,
        "totaux": vue.totaux,
        "avoirs": avoirs,
        "recues": recues,
        "q": q,
        "etat": etat,
        "etats": ETATS,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "administratif/fournisseurs.html", onglet="fournisseurs", fragment=fragment, **contexte)


@router.get("/administratif/fournisseurs/reception/{reception_id}")
async def de_la_reception(reception_id: UUID, user: User) -> Response:
    """The supplier invoice of a reception, wherever one comes from; the reception itself while there is none."""
    page = await user.services.get("billing", "/affaires-fournisseur", {"reception_id": reception_id})
    trouvee = next(iter(page["elements"]), None)
    suite = f"/administratif/fournisseurs/{trouvee['id']}" if trouvee else f"/achats/receptions/{reception_id}"
    return RedirectResponse(suite, 303)


@router.get("/administratif/fournisseurs/avoirs")
async def avoirs(request: Request, user: Comptable, attendus: str = "oui", curseur: str | None = None) -> Response:
    """Credits of suppliers after returns, newest first, with what is still awaited."""
    filtre = {"est_attendu": "true" if attendus else None, "curseur": curseur}
    page, totaux = await user.services.panneaux(
        ("billing", "/avoirs-fournisseur", filtre), ("billing", "/avoirs-fournisseur/totaux", {})
    )
    contexte: dict[str, Any] = {"page": page, "totaux": totaux, "attendus": attendus, "etats": ETATS_AVOIR}
    fragment = "rangees" if curseur else None
    return rendre(request, "administratif/avoirs.html", onglet="fournisseurs", fragment=fragment, **contexte)


@router.get("/administratif/fournisseurs/avoirs/{avoir_id}")
async def avoir(avoir_id: UUID, request: Request, user: User) -> Response:
    """One credit awaited from a supplier, and the credit notes that came for it."""
    attendu = await user.services.get("billing", f"/avoirs-fournisseur/{avoir_id}")
    return rendre(request, "administratif/avoir.html", onglet="fournisseurs", a=attendu, etats=ETATS_AVOIR)


@router.post("/administratif/fournisseurs/avoirs/{avoir_id}/recevoir")
async def recevoir_avoir(avoir_id: UUID, request: Request, user: User) -> Response:
    """A credit note came."""
    form = await request.form()
    corps = {
        "numero": form.get("numero"),
        "date_avoir": form.get("date_avoir"),
        "montant_ht": decimal(str(form.get("montant_ht", ""))),
    }
    cle = request.headers.get("idempotency-key")
    await user.services.post("billing", f"/avoirs-fournisseur/{avoir_id}/recevoir", corps, cle=cle)
    return aller(request, f"/administratif/fournisseurs/avoirs/{avoir_id}", toast="Avoir enregistré")


@router.get("/administratif/fournisseurs/{achat_id}")
async def fiche(achat_id: UUID, request: Request, user: User) -> Response:
    """One supplier invoice, line by line, and where each object it brought is now."""
    achat = await user.services.get("billing", f"/affaires-fournisseur/{achat_id}")
    params = {"reception_id": achat["reception_id"], "limite": 100}
    recues = await user.services.panneau("billing", "/factures-recues", {"achat_id": achat_id, "limite": 20})
    objets = await user.services.panneau("inventory", "/historiques", params) if user.may("stock.lire") else None
    lues = recues["elements"] if recues else ()
    contexte: dict[str, Any] = {
        **await lecture.de(user, "achat", achat_id),
        "a": achat,
        "objets": objets,
        "recue": next((r for r in lues if r["etat"] == "rapprochee" and not r["est_avoir"]), None),
        "avoirs": [r for r in lues if r["etat"] == "rapprochee" and r["est_avoir"]],
        "refusees": [r for r in lues if r["etat"] == "refusee"],
    }
    return rendre(request, "administratif/fournisseur.html", onglet="fournisseurs", etats=ETATS, **contexte)


@router.get("/administratif/fournisseurs/{achat_id}/facture")
async def facture(achat_id: UUID, user: User) -> Response:
    """The supplier's invoice as it was attached at reception, or dropped since."""
    return servir(await user.services.fichier("billing", f"/affaires-fournisseur/{achat_id}/facture"))


@router.post("/administratif/fournisseurs/{achat_id}/controler")
async def controler(achat_id: UUID, request: Request, user: User) -> Response:
    """What the supplier bills, line by line: it matches, or it is on hold."""
    form = await request.form()
    corps = {
        "facture_fournisseur": form.get("facture_fournisseur"),
        "date_facture": form.get("date_facture") or None,
        "frais_ht": decimal(str(form.get("frais_ht", ""))),
        "lignes": [
            {
                "ligne_id": str(ligne_id),
                "quantite": decimal(str(form.get(f"quantite_{ligne_id}", ""))) or "0",
                "prix_ht": decimal(str(form.get(f"prix_{ligne_id}", ""))) or "0",
            }
            for ligne_id in form.getlist("ligne")
        ],
    }
    achat = await user.services.post("billing", f"/affaires-fournisseur/{achat_id}/controler", corps)
    toast = "Facture contrôlée" if achat["etat"] == "controlee" else "Facture bloquée : elle s’écarte de la commande"
    return aller(request, f"/administratif/fournisseurs/{achat_id}", toast=toast)


@router.post("/administratif/fournisseurs/{achat_id}/liberer")
async def liberer(achat_id: UUID, request: Request, user: User) -> Response:
    """Let it through, and say why."""
    corps = {"motif": str((await request.form()).get("motif", ""))}
    await user.services.post("billing", f"/affaires-fournisseur/{achat_id}/liberer", corps)
    return aller(request, f"/administratif/fournisseurs/{achat_id}", toast="Facture libérée")
