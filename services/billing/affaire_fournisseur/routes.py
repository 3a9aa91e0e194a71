"""Affaires fournisseur over HTTP. Purchase prices: costs are for those who may see them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur import queries, use_cases
from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.affaire_fournisseur.schemas import Controle, Liberation, ResumeAchat, TotauxAchats, VueAchat
from services.billing.errors import (
    AchatTransition,
    AffaireFournisseurInconnue,
    FactureNonBloquee,
    FactureNonJointe,
    LigneAchatInconnue,
)
from shared.fichiers.noms import a_servir
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("affaires-fournisseur")


Filtre = Annotated[queries.Filtre, Depends()]


@router.get("/affaires-fournisseur")
async def lister(
    db: Db, filtre: Filtre, _actor: Annotated[Actor, may("couts.voir")], limite: Limite = 50, curseur: Curseur = None
) -> Page[ResumeAchat]:
    """Supplier invoices, newest first, searched by number, supplier, order, invoice or amount."""
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur)


@router.get("/affaires-fournisseur/totaux")
async def totaux(db: Db, filtre: Filtre, _actor: Annotated[Actor, may("couts.voir")]) -> TotauxAchats:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaliser(session, filtre)


@router.get("/affaires-fournisseur/{achat_id}", responses=refusals(AffaireFournisseurInconnue))
async def fiche(achat_id: UUID, db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueAchat:
    """The whole affaire fournisseur."""
    async with db.read() as session:
        achat = await session.get(AffaireFournisseur, achat_id, options=[selectinload(AffaireFournisseur.lignes)])
    if achat is None:
        raise AffaireFournisseurInconnue
    return VueAchat.model_validate(achat)


@router.get(
    "/affaires-fournisseur/{achat_id}/facture", responses=refusals(AffaireFournisseurInconnue, FactureNonJointe)
)
async def facture(achat_id: UUID, request: Request, db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> Response:
    """The supplier's invoice as it was attached at reception, or dropped since."""
    async with db.read() as session:
        achat = await session.get(AffaireFournisseur, achat_id)
    if achat is None:
        raise AffaireFournisseurInconnue
    if achat.facture_sha256 is None:
        raise FactureNonJointe(numero=achat.numero)
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(achat.facture_sha256)
    return Response(
        contenu,
        media_type=achat.facture_type,
        headers=a_servir(achat.facture_nom or achat.numero, achat.facture_type or ""),
    )


@router.post(
    "/affaires-fournisseur/{achat_id}/controler",
    responses=refusals(AffaireFournisseurInconnue, AchatTransition, LigneAchatInconnue),
)
async def controler(
    achat_id: UUID,
    saisie: Controle,
    db: Db,
    actor: Annotated[Actor, may("facture.modifier")],
    _lecteur: Annotated[Actor, may("couts.voir")],
) -> VueAchat:
    """What the supplier's invoice says: checked when it is within the tolerances, on hold otherwise, with the reasons."""
    async with db.transaction(actor) as tx:
        achat = await use_cases.controler(tx, achat_id, saisie)
    return VueAchat.model_validate(achat)


@router.post(
    "/affaires-fournisseur/{achat_id}/liberer", responses=refusals(AffaireFournisseurInconnue, FactureNonBloquee)
)
async def liberer(
    achat_id: UUID,
    saisie: Liberation,
    db: Db,
    actor: Annotated[Actor, may("facture_fournisseur.liberer")],
    _lecteur: Annotated[Actor, may("couts.voir")],
) -> VueAchat:
    """Let an invoice on hold through."""
    async with db.transaction(actor) as tx:
        achat = await use_cases.liberer(tx, achat_id, saisie.motif)
    return VueAchat.model_validate(achat)
