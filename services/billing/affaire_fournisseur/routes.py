"""Affaires fournisseur over HTTP. Purchase prices: costs are for those who may see them."""

from typing import Annotated
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur import use_cases
from services.billing.affaire_fournisseur.models import AffaireFournisseur, EtatAchat
from services.billing.affaire_fournisseur.schemas import Controle, ResumeAchat, VueAchat
from services.billing.errors import AffaireFournisseurInconnue
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Cle, Curseur, Limite, Page, paginer
from shared.web.problems import refusals

router = new_router("affaires-fournisseur")


@router.get("/affaires-fournisseur")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("couts.voir")],
    etat: EtatAchat | None = None,
    fournisseur_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeAchat]:
    """Supplier invoices, newest first."""
    requete = select(AffaireFournisseur)
    if etat is not None:
        requete = requete.where(AffaireFournisseur.etat == etat)
    if fournisseur_id is not None:
        requete = requete.where(AffaireFournisseur.fournisseur_id == fournisseur_id)
    async with db.read() as session:
        cles = [Cle(AffaireFournisseur.id, decroissant=True)]
        lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeAchat.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


@router.get("/affaires-fournisseur/{achat_id}", responses=refusals(AffaireFournisseurInconnue))
async def fiche(achat_id: UUID, db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueAchat:
    """The whole affaire fournisseur."""
    async with db.read() as session:
        achat = await session.get(AffaireFournisseur, achat_id, options=[selectinload(AffaireFournisseur.lignes)])
    if achat is None:
        raise AffaireFournisseurInconnue
    return VueAchat.model_validate(achat)


@router.post("/affaires-fournisseur/{achat_id}/controler", responses=refusals(AffaireFournisseurInconnue))
async def controler(
    achat_id: UUID, saisie: Controle, db: Db, actor: Annotated[Actor, may("facture.modifier")]
) -> VueAchat:
    """The supplier's invoice matches."""
    async with db.transaction(actor) as tx:
        achat = await use_cases.controler(tx, achat_id, saisie)
    return VueAchat.model_validate(achat)
