"""The pages of purchasing."""

from fastapi import APIRouter

from gateway.pages.achats import besoins, commandes, fournisseurs, negociations, receptions

router = APIRouter(include_in_schema=False)
for page in (besoins, negociations, fournisseurs, commandes, receptions):
    router.include_router(page.router)
