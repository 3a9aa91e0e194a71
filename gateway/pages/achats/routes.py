"""The pages of purchasing."""

from fastapi import APIRouter

from gateway.pages.achats import (
    approbations,
    besoins,
    catalogues,
    commandes,
    envois,
    fournisseurs,
    negociations,
    negocier,
    reappro,
    receptions,
)

router = APIRouter(include_in_schema=False)
for page in (
    approbations,
    besoins,
    negocier,
    negociations,
    fournisseurs,
    commandes,
    envois,
    receptions,
    catalogues,
    reappro,
):
    router.include_router(page.router)
