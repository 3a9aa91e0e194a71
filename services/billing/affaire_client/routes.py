"""Affaires client over HTTP."""

from typing import Annotated
from uuid import UUID

from services.billing.affaire_client import queries, use_cases
from services.billing.affaire_client.models import EtatAffaire
from services.billing.affaire_client.schemas import ResumeAffaire, SaisieAffaire, VueAffaire
from services.billing.errors import AffaireClientInconnue, AffaireDejaFacturee
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("affaires-client")


@router.get("/affaires-client")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("facture.lire")],
    etat: EtatAffaire | None = None,
    tiers_id: UUID | None = None,
    demande_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeAffaire]:
    """What is, or was, ready to be invoiced."""
    async with db.read() as session:
        return await queries.lister(
            session, etat=etat, tiers_id=tiers_id, demande_id=demande_id, limite=limite, curseur=curseur
        )


@router.get("/affaires-client/{affaire_id}", responses=refusals(AffaireClientInconnue))
async def fiche(affaire_id: UUID, db: Db, _actor: Annotated[Actor, may("facture.lire")]) -> VueAffaire:
    """The whole affaire client."""
    async with db.read() as session:
        return await queries.fiche(session, affaire_id)


@router.put(
    "/affaires-client/{affaire_id}", responses=refusals(AffaireClientInconnue, AffaireDejaFacturee, VersionPerimee)
)
async def modifier(
    affaire_id: UUID, saisie: SaisieAffaire, db: Db, version: IfMatch, actor: Annotated[Actor, may("facture.modifier")]
) -> VueAffaire:
    """Correct lines before issuing."""
    async with db.transaction(actor) as tx:
        affaire = await use_cases.modifier(tx, affaire_id, saisie, version)
    return VueAffaire.model_validate(affaire)
