"""Etudes over HTTP, and the propositions they gain."""

from typing import Annotated
from uuid import UUID

from fastapi import Response

from services.commercial.errors import (
    AffaireModele,
    AutreDevisDejaValide,
    AvenantSansDevisSigne,
    DemandeInconnue,
    EtudeInconnue,
    PropositionInconnue,
    RienAReprendre,
    SansAdresse,
)
from services.commercial.etude import queries, use_cases
from services.commercial.etude.schemas import (
    EtatEtude,
    LigneEtude,
    RetoucheEtude,
    SaisieEtude,
    SaisieLieu,
    SaisieNouvelle,
    VueEtude,
)
from services.commercial.proposition.schemas.saisies import SaisieCopie
from services.commercial.proposition.schemas.vues import VueProposition
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche, Totaux
from shared.web.problems import refusals

router = new_router("etudes")
Lecteur = Annotated[Actor, may("devis.lire")]
Redacteur = Annotated[Actor, may("devis.modifier")]


@router.get("/etudes/totaux")
async def totaux(
    db: Db,
    _actor: Lecteur,
    q: Recherche = None,
    etat: EtatEtude | None = None,
    demande_id: UUID | None = None,
    tiers_id: UUID | None = None,
    commercial_id: UUID | None = None,
) -> Totaux:
    """What the same filters add up to."""
    filtres: queries.Filtres = {"demande_id": demande_id, "tiers_id": tiers_id, "commercial_id": commercial_id}
    async with db.read() as session:
        return await queries.totaux(session, q=q, etat=etat, filtres=filtres)


@router.get("/etudes")
async def lister(
    db: Db,
    _actor: Lecteur,
    q: Recherche = None,
    etat: EtatEtude | None = None,
    demande_id: UUID | None = None,
    tiers_id: UUID | None = None,
    commercial_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneEtude]:
    """Etudes, the latest first, searched by number, object, client or demande."""
    filtres: queries.Filtres = {"demande_id": demande_id, "tiers_id": tiers_id, "commercial_id": commercial_id}
    async with db.read() as session:
        return await queries.lister(session, q=q, etat=etat, filtres=filtres, limite=limite, curseur=curseur)


@router.post("/etudes", status_code=201, responses=refusals(DemandeInconnue, AffaireModele, SansAdresse))
async def creer(saisie: SaisieEtude, db: Db, actor: Redacteur) -> VueEtude:
    """An etude for a demande, with its first proposition."""
    async with db.transaction(actor) as tx:
        etude = await use_cases.creer(tx, saisie)
        return await queries.entiere(tx.session, etude.id, couts=actor.may("couts.voir"))


@router.get("/etudes/{etude_id}", responses=refusals(EtudeInconnue))
async def entiere(etude_id: UUID, db: Db, actor: Lecteur) -> VueEtude:
    """The etude and its propositions side by side."""
    async with db.read() as session:
        return await queries.entiere(session, etude_id, couts=actor.may("couts.voir"))


@router.put("/etudes/{etude_id}", responses=refusals(EtudeInconnue, VersionPerimee))
async def modifier(etude_id: UUID, retouche: RetoucheEtude, db: Db, version: IfMatch, actor: Redacteur) -> VueEtude:
    """Object, person in charge, notes; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        etude = await use_cases.modifier(tx, etude_id, retouche, version)
        return await queries.entiere(tx.session, etude.id, couts=actor.may("couts.voir"))


@router.put("/etudes/{etude_id}/lieu", status_code=204, responses=refusals(EtudeInconnue))
async def situer(etude_id: UUID, lieu: SaisieLieu, db: Db, actor: Redacteur) -> Response:
    """Where the sale is concluded: off premises, a consumer is told of the withdrawal and given its form."""
    async with db.transaction(actor) as tx:
        await use_cases.situer(tx, etude_id, hors_etablissement=lieu.est_hors_etablissement)
    return Response(status_code=204)


@router.post(
    "/etudes/{etude_id}/propositions",
    status_code=201,
    responses=refusals(EtudeInconnue, AutreDevisDejaValide, SansAdresse),
)
async def ajouter_proposition(etude_id: UUID, saisie: SaisieNouvelle, db: Db, actor: Redacteur) -> VueProposition:
    """One more proposition, empty."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.ajouter_proposition(tx, etude_id, saisie.libelle)
    return VueProposition.de(proposition, actor.may("couts.voir"))


@router.post(
    "/propositions/{proposition_id}/dupliquer",
    status_code=201,
    responses=refusals(PropositionInconnue, AutreDevisDejaValide, SansAdresse),
)
async def dupliquer(proposition_id: UUID, saisie: SaisieCopie, db: Db, actor: Redacteur) -> VueProposition:
    """The same lines in a new draft of the same etude; a new version when the source is frozen."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.dupliquer(tx, proposition_id, saisie.libelle)
    return VueProposition.de(proposition, actor.may("couts.voir"))


@router.post(
    "/propositions/{proposition_id}/reprendre",
    status_code=201,
    responses=refusals(PropositionInconnue, RienAReprendre, SansAdresse),
)
async def reprendre(proposition_id: UUID, db: Db, actor: Redacteur) -> VueProposition:
    """What was put aside when another was signed, as a draft of a new etude of the same demande."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.reprendre(tx, proposition_id)
    return VueProposition.de(proposition, actor.may("couts.voir"))


@router.post(
    "/propositions/{proposition_id}/avenant",
    status_code=201,
    responses=refusals(PropositionInconnue, AvenantSansDevisSigne, SansAdresse),
)
async def creer_avenant(proposition_id: UUID, db: Db, actor: Redacteur) -> VueProposition:
    """A draft that adds to what was signed, or takes from it, and changes nothing of it."""
    async with db.transaction(actor) as tx:
        proposition = await use_cases.creer_avenant(tx, proposition_id)
    return VueProposition.de(proposition, actor.may("couts.voir"))
