"""The colleagues that a note may name after an @."""

from typing import Any

from fastapi import APIRouter

from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/collegues")
async def collegues(user: User) -> dict[str, Any]:
    """Everybody who is still there except the person who asks, by first name, with what they do."""
    gens = await user.services.get("contacts", "/collaborateurs")
    la = [c for c in gens if c["est_actif"] and c["id"] != str(user.compte.collaborateur_id)]
    nommes = [{"libelle": f"{c['prenom']} {c['nom']}".strip(), "detail": c["fonction"]} for c in la]
    return {"elements": sorted(nommes, key=lambda c: c["libelle"].casefold())}
