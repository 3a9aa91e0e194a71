"""Reading demandes, and opening one."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.demandes.demande import queries
from services.demandes.demande.schemas import (
    Filtres,
    FiltresListe,
    LigneDemande,
    SaisieDemande,
    SaisieFille,
    SaisieRemplacement,
    VueDemande,
)
from services.demandes.demande.use_cases import creation
from services.demandes.errors import (
    AucunTypeDeVente,
    CollaborateurNonConnu,
    DemandeInconnue,
    FilleDeSoiMeme,
    SavSansCouverture,
    TiersNonConnu,
    TypeInconnu,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Page, Totaux
from shared.web.problems import refusals

router = new_router("demandes")
Lire = Annotated[Actor, may("demande.lire")]
Creer = Annotated[Actor, may("demande.creer")]


@router.get("/demandes")
async def lister(db: Db, actor: Lire, filtres: Annotated[FiltresListe, Query()]) -> Page[LigneDemande]:
    """Demandes, filtered and sorted."""
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        vises = await queries.resoudre(session, filtres, actor)
        return await queries.lister(
            session, vises, jour=jour, tri=filtres.tri, limite=filtres.limite, curseur=filtres.curseur
        )


@router.get("/demandes/totaux")
async def totaux(db: Db, actor: Lire, filtres: Annotated[Filtres, Query()]) -> Totaux:
    """What the same filters add up to."""
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.totaux(session, await queries.resoudre(session, filtres, actor), jour=jour)


@router.get("/demandes/compteurs")
async def compteurs(db: Db, actor: Lire) -> dict[str, int]:
    """How many open demandes: all, mine, urgent, late, to call back, waiting for more than 15 days."""
    async with db.read() as session:
        return await queries.compteurs(session, jour=jour_paris(db.database.clock.now()), actor=actor)


@router.post(
    "/demandes",
    status_code=201,
    responses=refusals(TypeInconnu, TiersNonConnu, CollaborateurNonConnu, SavSansCouverture),
)
async def creer(saisie: SaisieDemande, db: Db, actor: Creer) -> VueDemande:
    """A new demande. A SAV needs a contract or signed tariffs; its refusal is announced too."""
    try:
        async with db.transaction(actor) as tx:
            demande = await creation.creer(tx, saisie)
            await tx.flush()
            return await queries.fiche(tx.session, demande.id, actor)
    except SavSansCouverture as refus:
        async with db.database.transaction(actor) as tx:  # the first one is undone: the refusal needs its own
            creation.refuser_sav(tx, saisie, refus)
        raise


@router.get("/demandes/{demande_id}", responses=refusals(DemandeInconnue))
async def fiche(demande_id: UUID, db: Db, actor: Lire) -> VueDemande:
    """The page of a demande."""
    async with db.read() as session:
        return await queries.fiche(session, demande_id, actor)


@router.post(
    "/demandes/{demande_id}/filles",
    status_code=201,
    responses=refusals(DemandeInconnue, TypeInconnu, FilleDeSoiMeme, SavSansCouverture),
)
async def creer_fille(demande_id: UUID, saisie: SaisieFille, db: Db, actor: Creer) -> VueDemande:
    """A child demande for the same client, with its own circuit."""
    async with db.transaction(actor) as tx:
        fille = await creation.creer_fille(tx, demande_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, fille.id, actor)


@router.post(
    "/demandes/{demande_id}/remplacement",
    status_code=201,
    responses=refusals(DemandeInconnue, AucunTypeDeVente, FilleDeSoiMeme),
)
async def remplacer_materiel(demande_id: UUID, saisie: SaisieRemplacement, db: Db, actor: Creer) -> VueDemande:
    """Equipment to be replaced: a child demande of sale, its object and description filled."""
    async with db.transaction(actor) as tx:
        fille = await creation.remplacer_materiel(tx, demande_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, fille.id, actor)
