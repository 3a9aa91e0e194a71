"""The buyer's screens over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.purchasing.achats.queries import besoins, fournisseurs, nets
from services.purchasing.achats.queries.besoins import Demandeur, Filtre
from services.purchasing.achats.schemas import (
    AchatsFournisseur,
    BesoinNet,
    LigneFournisseur,
    LigneProduit,
    ListeBesoins,
    VueAgence,
)
from services.purchasing.errors import FournisseurInconnu
from services.purchasing.reception.routes import Lecteur as LecteurReception
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("achats")

Lecteur = Annotated[Actor, may("achat.lire")]


@router.get("/besoins")
async def lister_besoins(
    db: Db,
    actor: Lecteur,
    demande_id: UUID | None = None,
    produit_id: UUID | None = None,
    q: Recherche = None,
    filtre: Filtre = "manquants",
    limite: Limite = 50,
    curseur: Curseur = None,
) -> ListeBesoins:
    """What projects want, by product: stock, orders, negociations, other projects, unsigned propositions."""
    demandeur = Demandeur(demande_id, actor.may("couts.voir"))
    async with db.read() as session:
        return await besoins.lister(
            session,
            demandeur=demandeur,
            q=q,
            filtre=filtre,
            produit_id=produit_id,
            limite=limite,
            curseur=curseur,
        )


@router.get("/besoins-nets")
async def calculer_besoins_nets(affaire_id: UUID, db: Db, _actor: Lecteur) -> list[BesoinNet]:
    """The net needs of an affaire (CBA), computed now."""
    async with db.read() as session:
        return await nets.de_l_affaire(session, affaire_id)


@router.get("/fournisseurs")
async def lister_fournisseurs(
    db: Db, _actor: Lecteur, q: Recherche = None, limite: Limite = 20, curseur: Curseur = None
) -> Page[LigneFournisseur]:
    """Suppliers by name."""
    async with db.read() as session:
        return await fournisseurs.lister(session, q=q, limite=limite, curseur=curseur)


@router.get("/fournisseurs/{tiers_id}/achats", responses=refusals(FournisseurInconnu))
async def achats_du_fournisseur(tiers_id: UUID, db: Db, actor: Lecteur) -> AchatsFournisseur:
    """The purchasing tab of a supplier: orders in progress, pending negociations."""
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await fournisseurs.achats(session, tiers_id, jour=jour, couts=actor.may("couts.voir"))


@router.get("/produits")
async def chercher_produits(
    db: Db, _actor: LecteurReception, q: Annotated[str, Query(max_length=120)] = "", limite: Limite = 20
) -> list[LigneProduit]:
    """Products of the catalogue, to negotiate for the stock or to take in a substitute."""
    async with db.read() as session:
        return await fournisseurs.produits(session, q=q, limite=limite)


@router.get("/agences")
async def lister_agences(db: Db, _actor: LecteurReception) -> list[VueAgence]:
    """Where goods can be delivered."""
    async with db.read() as session:
        return await fournisseurs.agences(session)
