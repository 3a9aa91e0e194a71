"""/agenda/<secret>.ics: programs that read agendas cannot sign in, the address is the key."""

from fastapi import APIRouter, Depends, Request, Response

from gateway.clients.services import Services
from gateway.errors import Refus
from gateway.portail.cadence import compter_inconnu, mesurer
from shared.kernel.actor import Actor

router = APIRouter(include_in_schema=False, dependencies=[Depends(mesurer)])
LECTEUR = Actor(nom="Agenda", origine="portail")


@router.get("/agenda/{jeton}.ics")
async def lire(jeton: str, request: Request) -> Response:
    """The interventions and absences of one person."""
    services: Services = request.app.state.services
    try:
        lu = await services.pour(LECTEUR).fichier("demandes", f"/agendas/publics/{jeton}")
    except Refus:
        compter_inconnu(request)
        raise
    entetes = {"content-disposition": 'inline; filename="planning.ics"', "cache-control": "private, max-age=900"}
    return Response(lu.corps, media_type="text/calendar; charset=utf-8", headers=entetes)
