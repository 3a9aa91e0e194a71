"""Orders: the list with the late ones, and the page of one."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.achats import saisies
from gateway.pages.achats.textes import MOTS
from gateway.pages.edition import version_lue
from gateway.pages.fichiers import lecture
from gateway.pages.listes.catalogue import ACHATS
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
SITUATIONS = (
    ("en_cours", "En cours"),
    ("a_approuver", "À approuver"),
    ("retard", "En retard"),
    ("cloturees", "Clôturées"),
    ("toutes", "Toutes"),
)


@router.get("/achats/commandes")
async def liste(
    request: Request, user: User, q: str = "", situation: str = "en_cours", curseur: str | None = None
) -> Response:
    """Orders by our number, the supplier's number or the supplier's name."""
    situation = situation if situation in dict(SITUATIONS) else "en_cours"
    page, vue = await lire_exigee(request, user, ACHATS)
    contexte: dict[str, Any] = {
        **MOTS,
        "page": page,
        "liste": vue,
        "q": q,
        "situation": situation,
        "situations": SITUATIONS,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "achats/commandes.html", onglet="commandes", fragment=fragment, **contexte)


@router.get("/achats/commandes/{commande_id}")
async def fiche(commande_id: UUID, request: Request, user: User) -> Response:
    """An order, its lines with their projects, its receptions."""
    commande = await user.services.get("purchasing", f"/commandes/{commande_id}")
    receptions = await user.services.panneau("purchasing", "/receptions", {"commande_id": commande_id})
    envois = await user.services.panneau("purchasing", "/envois", {"commande_id": commande_id}) or []
    fichiers = await lecture.de(user, "commande", commande_id) if lecture.GENRES["commande"].lisible(user) else {}
    contexte = {**MOTS, **fichiers, "c": commande, "receptions": receptions, "envois": envois}
    return rendre(request, "achats/commande.html", onglet="commandes", **contexte)


@router.get("/achats/commandes/{commande_id}/modifier")
async def formulaire(commande_id: UUID, request: Request, user: User) -> Response:
    """What the supplier confirms later."""
    commande = await user.services.get("purchasing", f"/commandes/{commande_id}")
    agences = await user.services.get("purchasing", "/agences")
    contexte = {"c": commande, "agences": [(a["agence_id"], a["nom"]) for a in agences]}
    return rendre(request, "achats/commande_modifier.html", onglet="commandes", **contexte)


@router.post("/achats/commandes/{commande_id}/modifier")
async def modifier(commande_id: UUID, request: Request, user: User) -> Response:
    """Save it."""
    corps = await saisies.en_tete_commande(request)
    form = await request.form()
    if "frais_ht" not in form:
        del corps["frais_ht"]
    version = version_lue(form.get("version"))
    chemin = f"/commandes/{commande_id}"
    await user.services.patch("purchasing", chemin, corps, version=version)
    return rafraichir(toast="Commande enregistrée", fermer=True)


@router.post("/achats/commandes/{commande_id}/cloturer")
async def cloturer(commande_id: UUID, request: Request, user: User) -> Response:
    """Give up the rest."""
    commande = await user.services.post("purchasing", f"/commandes/{commande_id}/cloturer", cle=saisies.cle(request))
    return rafraichir(toast=f"Commande {commande['numero']} clôturée")


@router.get("/achats/commandes/{commande_id}/bon-de-commande.pdf")
async def bon_de_commande(commande_id: UUID, user: User) -> Response:
    """The PDF to send to the supplier."""
    fichier = await user.services.fichier("purchasing", f"/commandes/{commande_id}/bon-de-commande.pdf")
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline")}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


@router.post("/achats/receptionner")
async def receptionner(request: Request, user: User) -> Response:
    """Open a reception on one or several orders, and go there."""
    form = await request.form()
    corps = {"commande_ids": [str(id_) for id_ in form.getlist("ids")]}
    reception = await user.services.post("purchasing", "/receptions", corps, cle=saisies.cle(request))
    return aller(request, f"/achats/receptions/{reception['id']}")
