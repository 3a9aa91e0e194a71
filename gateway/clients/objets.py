"""Where a physical object is read, whichever service knows it."""

from urllib.parse import quote

from gateway.clients.services import Services
from gateway.errors import Refus, ServiceAbsent


async def adresse_de_l_objet(services: Services, code: str) -> str | None:
    """The page of the object a label or a serial number names: in a client's parc, else in stock or workshop."""
    try:
        trouve = await services.get("maintenance", f"/equipements/par-etiquette/{quote(code, safe='')}")
        return f"/parc/equipements/{trouve['equipement']['id']}"
    except (Refus, ServiceAbsent):
        pass
    try:
        trouves = await services.get("inventory", "/recherche-objet", {"code": code})
    except (Refus, ServiceAbsent):
        return None
    return f"/atelier/objets/{trouves[0]['id']}" if trouves else None
