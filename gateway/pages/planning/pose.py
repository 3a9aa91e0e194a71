"""Blocks dragged on the planning, and what undoing gives back: always what was there before, to the minute."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel

from gateway.pages.planning.vocabulaire import NATURE_DU_TYPE
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
RENDUS = ("debut", "fin", "collaborateur_ids", "equipe_id", "nature", "consignes")


class Case(BaseModel):
    """Half a day in the row of a person or of a team."""

    personne: UUID | None = None
    equipe: UUID | None = None
    jour: date | None = None
    demi: str | None = None


class Pose(Case):
    """A block dropped on the grid: an intervention, or a demande that waits ("d-<id>"); nulls take it away."""

    intervention: str
    de: Case | None = None


class Creneau(BaseModel):
    """When and who, as it was."""

    debut: AwareDatetime
    fin: AwareDatetime
    collaborateur_ids: list[UUID]
    equipe_id: UUID | None
    nature: str
    consignes: str


class Remise(BaseModel):
    """What undoes a drop: an intervention put back as it was, taken away (no `creneau`), or made again (no `intervention`)."""

    intervention: UUID | None = None
    version: int | None = None
    demande: UUID | None = None
    creneau: Creneau | None = None


@router.post("/planning/poser")
async def poser(request: Request, user: User, pose: Annotated[Pose, Body()]) -> Response:
    """Plan, move or take away what was dropped; answers what undoes it, and what is wrong there."""
    cle = request.headers.get("idempotency-key")
    if pose.intervention.startswith("d-"):
        annuler = await _planifier(user, pose, cle)
    elif pose.jour is None:
        annuler = await _retirer(user, pose.intervention, cle)
    else:
        annuler = await _deplacer(user, pose)
    dits = await conflits(user, annuler.intervention, pose.jour) if annuler and pose.jour else []
    return JSONResponse({"annuler": annuler.model_dump(mode="json") if annuler else None, "conflits": dits})


@router.post("/planning/remettre", status_code=204)
async def remettre(request: Request, user: User, remise: Annotated[Remise, Body()]) -> None:
    """Undo a drop."""
    cle = request.headers.get("idempotency-key")
    if remise.creneau is None:
        await _annuler(user, str(remise.intervention), cle)
    elif remise.intervention is None:
        corps = {"demande_id": remise.demande, **remise.creneau.model_dump(mode="json")}
        await user.services.post("demandes", "/interventions", corps, cle=cle)
    else:
        chemin, corps = f"/interventions/{remise.intervention}", remise.creneau.model_dump(mode="json")
        await user.services.put("demandes", chemin, corps, version=remise.version)


async def conflits(user: Utilisateur, intervention_id: UUID | None, jour: date | str) -> list[str]:
    """What is wrong with what was just planned, in words: nothing there is refused."""
    planning = await user.services.get("demandes", "/planning", {"jour": jour})
    return next((i["conflits"] for i in planning["interventions"] if i["id"] == str(intervention_id)), [])


async def _planifier(user: Utilisateur, pose: Pose, cle: str | None) -> Remise | None:
    if pose.jour is None:
        return None
    demande_id = pose.intervention.removeprefix("d-")
    demande = await user.services.get("demandes", f"/demandes/{demande_id}")
    corps = {
        "demande_id": demande_id,
        "jour": pose.jour,
        "demi": pose.demi,
        "duree_prevue": True,
        "collaborateur_ids": [pose.personne] if pose.personne else [],
        "equipe_id": pose.equipe,
        "nature": NATURE_DU_TYPE.get(demande["type_nature"], "autre"),
    }
    posee = await user.services.post("demandes", "/interventions", corps, cle=cle)
    return Remise(intervention=posee["id"])


async def _deplacer(user: Utilisateur, pose: Pose) -> Remise:
    avant = await user.services.get("demandes", f"/interventions/{pose.intervention}")
    vers = pose.model_dump(mode="json", include={"personne", "equipe", "jour", "demi"})
    corps = {"de": pose.de.model_dump(mode="json") if pose.de else None, "vers": vers}
    chemin = f"/interventions/{pose.intervention}/deplacer"
    apres = await user.services.post("demandes", chemin, corps, version=avant["version"])
    return Remise(intervention=avant["id"], version=apres["version"], creneau=_creneau(avant))


async def _retirer(user: Utilisateur, intervention_id: str, cle: str | None) -> Remise:
    avant = await user.services.get("demandes", f"/interventions/{intervention_id}")
    await _annuler(user, intervention_id, cle)
    return Remise(demande=avant["demande_id"], creneau=_creneau(avant))


async def _annuler(user: Utilisateur, intervention_id: str, cle: str | None) -> None:
    motif = {"motif": "Retirée du planning"}
    await user.services.post("demandes", f"/interventions/{intervention_id}/annuler", motif, cle=cle)


def _creneau(lue: dict[str, Any]) -> Creneau:
    return Creneau(**{champ: lue[champ] for champ in RENDUS})
