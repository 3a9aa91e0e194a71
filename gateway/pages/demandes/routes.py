"""Every page of demandes; addresses made of words come before those made of an id."""

from fastapi import APIRouter

from gateway.pages.demandes import (
    actions,
    configuration,
    configuration_circuit,
    configuration_tableaux,
    courriers,
    echange,
    fiche,
    formulaires,
    listes,
    pieces,
    tableaux,
    temps,
    vues,
)

router = APIRouter(include_in_schema=False)
for partie in (
    vues,
    tableaux,
    listes,
    courriers,
    formulaires,
    configuration_tableaux,
    echange,
    configuration_circuit,
    configuration,
    fiche,
    temps,
    pieces,
    actions,
):
    router.include_router(partie.router)
