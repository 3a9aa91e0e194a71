"""The pages of maintenance."""

from fastapi import APIRouter

from gateway.pages.parc import accords, contrats, equipements, parcs, visites

router = APIRouter(include_in_schema=False)
for page in (contrats, visites, accords, equipements, parcs):
    router.include_router(page.router)
