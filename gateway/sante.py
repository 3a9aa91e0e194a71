"""Health of the gateway, for whoever supervises it: nothing to be signed in for."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

router = APIRouter(include_in_schema=False)


@router.get("/vivant")
async def vivant() -> dict[str, str]:
    """The process answers."""
    return {"etat": "vivant"}


@router.get("/pret")
async def pret(request: Request) -> JSONResponse:
    """Accounts and sessions can be read."""
    try:
        async with request.app.state.database.read() as session:
            await session.execute(text("select 1"))
    except (SQLAlchemyError, OSError):
        return JSONResponse({"etat": "base injoignable"}, 503)
    return JSONResponse({"etat": "pret"})
