"""Every page of demandes; addresses made of words come before those made of an id."""

from fastapi import APIRouter

from gateway.pages.demandes import actions, configuration, fiche, formulaires, listes, tableaux

router = APIRouter(include_in_schema=False)
for partie in (tableaux, listes, formulaires, configuration, fiche, actions):
    router.include_router(partie.router)
