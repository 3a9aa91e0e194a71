"""The value of the stock over HTTP; it is all cost, so « couts.voir » is needed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from services.inventory.valeur import queries
from services.inventory.valeur.schemas import ValeurStock
from shared.fichiers import tableur
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite

router = new_router("valeur")
Lecteur = Annotated[Actor, may("stock.lire")]
Jour = Annotated[date | None, Query(le=date(2999, 12, 31))]
Comptable = Annotated[Actor, may("couts.voir")]


@router.get("/stock/valeur")
async def au(
    db: Db,
    _lecteur: Lecteur,
    _actor: Comptable,
    le: Jour = None,
    depot_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> ValeurStock:
    """What the stock was worth at the end of a day (today by default), from what each object really cost."""
    jour = le or jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.au(session, jour, depot_id=depot_id, limite=limite, curseur=curseur)


@router.get("/stock/valeur.csv", response_class=Response)
async def exporter(
    db: Db, _lecteur: Lecteur, _actor: Comptable, le: Jour = None, depot_id: UUID | None = None
) -> Response:
    """The same, every line, for a spreadsheet."""
    jour = le or jour_paris(db.database.clock.now())
    async with db.read() as session:
        rangees = await queries.exporter(session, jour, depot_id=depot_id)
    entetes = {"Content-Disposition": f'attachment; filename="stock-{jour:%Y-%m-%d}.csv"'}
    return Response(tableur.ecrire_csv(rangees), media_type="text/csv; charset=utf-8", headers=entetes)
