"""What people do from the page of a demande; each answers by reading the page again."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.demandes import formulaires, presentation
from gateway.pages.rendu import aller, conclure, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)


def fait(
    request: Request, demande_id: UUID, texte: str, *, annuler: str | None = None, fermer: bool = False
) -> Response:
    """The page or the drawer is read again, once the dialog that asked is closed; without htmx, back to the page."""
    return conclure(request, f"/demandes/{demande_id}", texte, annuler=annuler, fermer=fermer)


async def _poster(user: Any, request: Request, demande_id: UUID, verbe: str, corps: Any = None) -> Any:
    cle = request.headers.get("idempotency-key")
    return await user.services.post("demandes", f"/demandes/{demande_id}/{verbe}", corps, cle=cle)


@router.get("/demandes/{demande_id}/passer/{vers}")
async def demander_motif(demande_id: UUID, vers: str, request: Request, user: User) -> Response:
    """Why it moves, where the circuit asks; the time spent first, where there must be some."""
    demande = await user.services.get("demandes", f"/demandes/{demande_id}")
    etat = next((e for e in demande["etats"] if e["code"] == vers), None)
    if etat is None:
        return aller(request, f"/demandes/{demande_id}")
    if etat["exige_temps"] and demande["temps_minutes"] <= 0 and vers not in demande["motifs"]:
        return await formulaires.temps_passe(request, user, demande, vers=etat)
    contexte: dict[str, Any] = {"d": demande, "vers": etat, "exige": vers in demande["motifs"]}
    return rendre(request, "demandes/passer.html", onglet="tableaux", **contexte)


@router.post("/demandes/{demande_id}/passer/{vers}")
async def passer(demande_id: UUID, vers: str, request: Request, user: User) -> Response:
    """Move to another state; the toast offers to move back."""
    motif = str((await request.form()).get("motif") or "").strip()
    avant = await user.services.get("demandes", f"/demandes/{demande_id}/carte")
    apres = await _poster(user, request, demande_id, "etat", {"vers": vers, "motif": motif})
    retour = f"/demandes/{demande_id}/passer/{avant['etat_code']}"
    texte = f"Demande passée à « {apres['etat']['libelle']} »"
    return fait(request, demande_id, texte, annuler=retour, fermer=bool(motif))


@router.post("/demandes/{demande_id}/prendre")
async def prendre(demande_id: UUID, request: Request, user: User) -> Response:
    """Take charge; a colleague in charge was named in the question that asked to confirm."""
    confirmee = "confirmee" in await request.form()
    await _poster(user, request, demande_id, "prendre", {"confirmee": confirmee})
    return fait(request, demande_id, "La demande est à vous")


@router.post("/demandes/{demande_id}/suivre")
async def suivre(demande_id: UUID, request: Request, user: User) -> Response:
    """Be told when it moves or is written on."""
    await _poster(user, request, demande_id, "abonnement")
    return fait(request, demande_id, "Vous suivez cette demande")


@router.post("/demandes/{demande_id}/ne-plus-suivre")
async def ne_plus_suivre(demande_id: UUID, request: Request, user: User) -> Response:
    """No longer be told."""
    await user.services.delete("demandes", f"/demandes/{demande_id}/abonnement")
    return fait(request, demande_id, "Vous ne suivez plus cette demande")


@router.post("/demandes/{demande_id}/proposition/{decision}")
async def decider(demande_id: UUID, decision: str, request: Request, user: User) -> Response:
    """Agree with the suggested state, or dismiss it."""
    verbe = "appliquer-proposition" if decision == "appliquer" else "ignorer-proposition"
    await _poster(user, request, demande_id, verbe)
    return fait(request, demande_id, "Demande mise à jour" if decision == "appliquer" else "Proposition ignorée")


@router.post("/demandes/{demande_id}/notes")
async def noter(demande_id: UUID, request: Request, user: User) -> Response:
    """Write a note."""
    form = await request.form()
    await _poster(user, request, demande_id, "notes", {"texte": str(form.get("texte", ""))})
    return fait(request, demande_id, "Note publiée")


@router.post("/demandes/{demande_id}/relances")
async def relancer(demande_id: UUID, request: Request, user: User) -> Response:
    """The client was called back."""
    form = await request.form()
    corps = {
        "canal": str(form.get("canal") or "appel"),
        "compte_rendu": str(form.get("compte_rendu", "")),
        "prochaine_le": presentation.jour(str(form.get("prochaine_le") or "")),
    }
    await _poster(user, request, demande_id, "relances", corps)
    return fait(request, demande_id, "Relance notée", fermer=True)


@router.post("/demandes/{demande_id}/temps")
async def saisir_temps(demande_id: UUID, request: Request, user: User) -> Response:
    """Time and work."""
    form = await request.form()
    minutes = (presentation.entier(str(form.get("heures", ""))) or 0) * 60
    minutes += presentation.entier(str(form.get("minutes", ""))) or 0
    corps = {
        "jour": presentation.jour(str(form.get("jour") or "")),
        "minutes": minutes,
        "travaux": str(form.get("travaux", "")),
        "collaborateur_id": form.get("collaborateur_id") or None,
    }
    await _poster(user, request, demande_id, "temps", corps)
    texte = "Temps enregistré"
    if "a_remplacer" in form:
        texte += await remplacer(user, request, demande_id, str(form.get("travaux", "")))
    if vers := str(form.get("vers") or ""):
        cle = request.headers.get("idempotency-key")
        chemin, cle_passage = f"/demandes/{demande_id}/etat", f"{cle}-passage" if cle else None
        apres = await user.services.post("demandes", chemin, {"vers": vers}, cle=cle_passage)
        texte += f" ; demande passée à « {apres['etat']['libelle']} »"
    return fait(request, demande_id, texte, fermer=True)


async def remplacer(user: Utilisateur, request: Request, demande_id: UUID, constat: str) -> str:
    """Equipment is to be replaced: its demande of sale opens; the words that tell it."""
    cle = request.headers.get("idempotency-key")
    fille = await user.services.post(
        "demandes",
        f"/demandes/{demande_id}/remplacement",
        {"constat": constat},
        cle=f"{cle}-remplacement" if cle else None,
    )
    return f" ; demande {fille['numero']} ouverte pour le remplacement"
