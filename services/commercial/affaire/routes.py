"""Affaires over HTTP."""

from typing import Annotated
from uuid import UUID

from services.commercial.affaire import queries, use_cases
from services.commercial.affaire.rules import EtatAffaire
from services.commercial.affaire.schemas import FicheAffaire, SaisieAffaire, VueAffaire
from services.commercial.errors import (
    AffaireInconnue,
    AffaireSurProspect,
    ChefDeProjetInconnu,
    CodeAffaireDejaPris,
    SiteInconnu,
    TiersInconnu,
)
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche, Totaux
from shared.web.problems import refusals

router = new_router("affaires")


@router.get("/affaires/totaux")
async def totaux(
    db: Db,
    _actor: Annotated[Actor, may("affaire.lire")],
    q: Recherche = None,
    etat: EtatAffaire | None = None,
    tiers_id: UUID | None = None,
    demande_id: UUID | None = None,
) -> Totaux:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaux(session, q=q, etat=etat, tiers_id=tiers_id, demande_id=demande_id)


@router.get("/affaires")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("affaire.lire")],
    q: Recherche = None,
    etat: EtatAffaire | None = None,
    tiers_id: UUID | None = None,
    demande_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueAffaire]:
    """Opportunities, affaires and models, searched by code, labels, client or outside reference."""
    async with db.read() as session:
        return await queries.lister(
            session, q=q, etat=etat, tiers_id=tiers_id, demande_id=demande_id, limite=limite, curseur=curseur
        )


@router.post(
    "/affaires",
    status_code=201,
    responses=refusals(CodeAffaireDejaPris, AffaireSurProspect, TiersInconnu, SiteInconnu, ChefDeProjetInconnu),
)
async def creer(saisie: SaisieAffaire, db: Db, actor: Annotated[Actor, may("affaire.modifier")]) -> VueAffaire:
    """A new project file."""
    async with db.transaction(actor) as tx:
        affaire = await use_cases.creer(tx, saisie)
    return VueAffaire.model_validate(affaire)


@router.get("/affaires/{affaire_id}", responses=refusals(AffaireInconnue))
async def fiche(affaire_id: UUID, db: Db, _actor: Annotated[Actor, may("affaire.lire")]) -> FicheAffaire:
    """The whole file."""
    async with db.read() as session:
        return await queries.fiche(session, affaire_id)


@router.put(
    "/affaires/{affaire_id}",
    responses=refusals(AffaireInconnue, CodeAffaireDejaPris, AffaireSurProspect, VersionPerimee),
)
async def modifier(
    affaire_id: UUID, saisie: SaisieAffaire, db: Db, version: IfMatch, actor: Annotated[Actor, may("affaire.modifier")]
) -> VueAffaire:
    """Replace the file; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        affaire = await use_cases.modifier(tx, affaire_id, saisie, version)
    return VueAffaire.model_validate(affaire)
