"""The page of a demande, whole or in the drawer: where it stands, what was made for it, everything that happened."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.demandes import presentation
from gateway.pages.fichiers import lecture
from gateway.pages.rendu import rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/demandes/{demande_id}")
async def fiche(demande_id: UUID, request: Request, user: User) -> Response:
    """A demande."""
    base = f"/demandes/{demande_id}"
    demande = await user.services.get("demandes", base)
    (recit, interventions, abonnement, courriers), fichiers = await asyncio.gather(
        user.services.panneaux(
            ("demandes", f"{base}/chronologie"),
            ("demandes", "/interventions", {"demande_id": demande_id, "limite": 20}),
            ("demandes", f"{base}/abonnement"),
            ("demandes", f"{base}/courriers"),
        ),
        lecture.de(user, "demande", demande_id),
    )
    responsables = await user.services.panneau("demandes", "/responsables") if user.may("demande.modifier") else []
    contexte: dict[str, Any] = {
        **fichiers,
        "recus": lecture.pieces(courriers or []),
        "d": demande,
        "recit": presentation.moments(recit, user) if isinstance(recit, list) else recit,
        "etapes": presentation.etapes(demande, user.may("demande.modifier")),
        "questions": presentation.questions(demande),
        "boutons": presentation.boutons(demande, user),
        "liens": presentation.objets(demande, user),
        "interventions": interventions["elements"] if interventions else [],
        "responsables": responsables or [],
        "abonnement": abonnement or None,
        "courriers": courriers or [],
        "urgences": presentation.URGENCES,
        "duree": presentation.duree,
        "base": base,
    }
    return rendre(request, "demandes/fiche.html", onglet="tableaux", **contexte)
