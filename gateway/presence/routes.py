"""Presence over HTTP: one small request while a page stays open."""

from fastapi import APIRouter, Request

from gateway.presence import use_cases
from gateway.presence.schemas import SignePresence, VuePresence
from gateway.session.dependances import User
from shared.database.database import Database
from shared.kernel.refusals import PermissionManquante

router = APIRouter(include_in_schema=False)


@router.post("/presence")
async def signaler(signe: SignePresence, request: Request, user: User) -> VuePresence:
    """I am here; who else is?"""
    if not user.may(signe.droit):
        raise PermissionManquante(permission=signe.droit)
    database: Database = request.app.state.database
    async with database.transaction(user.actor) as tx:
        presents = await use_cases.signaler(tx, signe, user.compte.id)
    return VuePresence(presents=list(presents))
