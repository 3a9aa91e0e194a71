"""/e/<code>: staff land on the object, anybody else learns whom to call. The page never says whether a code exists."""

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from gateway.clients.objets import adresse_de_l_objet
from gateway.clients.services import Services
from gateway.errors import Refus, ServiceAbsent
from gateway.pages.rendu import rendre
from gateway.portail.cadence import mesurer
from gateway.session.dependances import trouver_porteur
from shared.kernel.actor import Actor

router = APIRouter(include_in_schema=False)
PASSANT = Actor(nom="Passant", origine="portail")
CODE = re.compile(r"[0-9A-Z]{4,20}")


@router.get("/e/{code}")
async def scanner(code: str, request: Request) -> Response:
    """What the label opens."""
    propre = code.strip().upper().replace("-", "")
    services: Services = request.app.state.services
    porteur = await trouver_porteur(request)
    if porteur is not None and CODE.fullmatch(propre):
        objet = await adresse_de_l_objet(services.pour(porteur.compte.acteur("page")), propre)
        if objet is not None:
            return RedirectResponse(objet, 303)
    await mesurer(request)  # staff scan all day long from one address
    try:
        societe = await services.pour(PASSANT).get("contacts", "/societe")
    except (Refus, ServiceAbsent):
        societe = {"raison_sociale": "", "telephone": "", "email": ""}
    connu = propre if CODE.fullmatch(propre) else ""
    return rendre(
        request, "portail/etiquette/page.html", societe=societe, code=connu, connexion=f"/connexion?suite=/e/{connu}"
    )
