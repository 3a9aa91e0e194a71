"""Reorder rules over HTTP."""

from typing import Annotated
from uuid import UUID

from services.purchasing.errors import AgenceInconnue, ProduitInconnu, RegleInconnue
from services.purchasing.reappro import queries, use_cases
from services.purchasing.reappro.schemas import SaisieRegle, VueRegle
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("reappro")


@router.get("/regles-reappro")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("achat.lire")],
    q: Recherche = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueRegle]:
    """What each depot keeps, has, expects and still has to buy."""
    async with db.read() as session:
        return await queries.lister(session, q=q, limite=limite, curseur=curseur)


@router.put("/regles-reappro", responses=refusals(ProduitInconnu, AgenceInconnue))
async def fixer(saisie: SaisieRegle, db: Db, actor: Annotated[Actor, may("achat.modifier")]) -> VueRegle:
    """Set the minimum and maximum of a product in a depot."""
    async with db.transaction(actor) as tx:
        regle = await use_cases.fixer(tx, saisie)
        vues = (await queries.par_produit(tx.session, [saisie.produit_id]))[saisie.produit_id]
    return next(vue for vue in vues if vue.id == regle.id)


@router.delete("/regles-reappro/{regle_id}", status_code=204, responses=refusals(RegleInconnue))
async def retirer(regle_id: UUID, db: Db, actor: Annotated[Actor, may("achat.modifier")]) -> None:
    """Keep nothing of it any more."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer(tx, regle_id)
