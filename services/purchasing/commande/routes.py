"""Orders over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response

from services.purchasing.commande import documents
from services.purchasing.commande.queries import ecrans as queries
from services.purchasing.commande.schemas import (
    LigneListeCommande,
    ModificationCommande,
    SaisieCommande,
    SaisieRefus,
    VueCommande,
)
from services.purchasing.commande.use_cases import approbation, passage
from services.purchasing.copies import queries as copies
from services.purchasing.errors import (
    AgenceInconnue,
    ApprobationRequise,
    CommandeFigee,
    CommandeInconnue,
    CommandeTransition,
    FournisseurSansAdresse,
    NegociationAutreFournisseur,
    NegociationInconnue,
    NegociationSansPrix,
    NegociationTransition,
)
from services.purchasing.seuil.queries import APPROUVER
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import PermissionManquante, VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, Door, IfMatch
from shared.web.paging import Curseur, Limite, Page, Totaux
from shared.web.problems import refusals

router = new_router("commandes")

Lecteur = Annotated[Actor, may("achat.lire")]
Acheteur = Annotated[Actor, may("achat.modifier")]
Approbateur = Annotated[Actor, may(APPROUVER)]


async def _fiche(db: Door, commande_id: UUID, actor: Actor) -> VueCommande:
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.fiche(session, commande_id, jour=jour, couts=actor.may("couts.voir"))


Filtre = Annotated[queries.Filtre, Depends()]


@router.get("/commandes/totaux")
async def totaux(db: Db, actor: Lecteur, filtre: Filtre) -> Totaux:
    """What the same filters add up to."""
    jour = jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.totaux(session, filtre, jour=jour, couts=actor.may("couts.voir"))


@router.get("/commandes")
async def lister(
    db: Db, actor: Lecteur, filtre: Filtre, limite: Limite = 50, curseur: Curseur = None
) -> Page[LigneListeCommande]:
    """Orders, searched by our number, the supplier's number or the supplier's name."""
    async with db.read() as session:
        return await queries.lister(
            session,
            filtre,
            jour=jour_paris(db.database.clock.now()),
            limite=limite,
            curseur=curseur,
            couts=actor.may("couts.voir"),
        )


@router.post(
    "/commandes",
    status_code=201,
    responses=refusals(
        NegociationInconnue,
        NegociationAutreFournisseur,
        NegociationSansPrix,
        NegociationTransition,
        AgenceInconnue,
        FournisseurSansAdresse,
    ),
)
async def passer(saisie: SaisieCommande, db: Db, actor: Acheteur) -> VueCommande:
    """Place an order made of negociations of one supplier."""
    async with db.transaction(actor) as tx:
        commande = await passage.passer(tx, saisie)
        await tx.flush()
        jour = jour_paris(tx.now)
        return await queries.fiche(tx.session, commande.id, jour=jour, couts=actor.may("couts.voir"))


@router.get("/commandes/{commande_id}", responses=refusals(CommandeInconnue))
async def fiche(commande_id: UUID, db: Db, actor: Lecteur) -> VueCommande:
    """The whole order."""
    return await _fiche(db, commande_id, actor)


@router.patch(
    "/commandes/{commande_id}",
    responses=refusals(CommandeInconnue, CommandeFigee, AgenceInconnue, ApprobationRequise, VersionPerimee),
)
async def modifier(
    commande_id: UUID, saisie: ModificationCommande, db: Db, version: IfMatch, actor: Acheteur
) -> VueCommande:
    """What the supplier confirms later; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        await passage.modifier(tx, commande_id, saisie, version)
    return await _fiche(db, commande_id, actor)


@router.post(
    "/commandes/{commande_id}/cloturer", responses=refusals(CommandeInconnue, CommandeTransition, VersionPerimee)
)
async def cloturer(commande_id: UUID, db: Db, version: IfMatch, actor: Acheteur) -> VueCommande:
    """Give up what was not delivered."""
    async with db.transaction(actor) as tx:
        await passage.cloturer(tx, commande_id, version)
        await tx.flush()
        return await queries.fiche(tx.session, commande_id, jour=jour_paris(tx.now), couts=actor.may("couts.voir"))


@router.post(
    "/commandes/{commande_id}/approuver", responses=refusals(CommandeInconnue, CommandeTransition, VersionPerimee)
)
async def approuver(commande_id: UUID, db: Db, version: IfMatch, actor: Approbateur) -> VueCommande:
    """Place an order that waited for an approval."""
    async with db.transaction(actor) as tx:
        await approbation.approuver(tx, commande_id, version)
    return await _fiche(db, commande_id, actor)


@router.post(
    "/commandes/{commande_id}/refuser", responses=refusals(CommandeInconnue, CommandeTransition, VersionPerimee)
)
async def refuser(commande_id: UUID, saisie: SaisieRefus, db: Db, version: IfMatch, actor: Approbateur) -> VueCommande:
    """Refuse it, with a reason its author reads; its negociations are pending again."""
    async with db.transaction(actor) as tx:
        await approbation.refuser(tx, commande_id, saisie.motif, version)
    return await _fiche(db, commande_id, actor)


@router.get(
    "/commandes/{commande_id}/bon-de-commande.pdf",
    response_class=Response,
    responses=refusals(CommandeInconnue, PermissionManquante),
)
async def bon_de_commande(commande_id: UUID, request: Request, db: Db, actor: Lecteur) -> Response:
    """The PDF to send to the supplier; it shows prices, so « couts.voir » is needed."""
    if not actor.may("couts.voir"):
        raise PermissionManquante(permission="couts.voir")
    async with db.read() as session:
        commande = await queries.entiere(session, commande_id)
        societe = await copies.societe(session)
        fournisseur = await copies.fournisseur(session, commande.fournisseur_id)
        agence = await copies.agence(session, commande.agence_id)
        places = await queries.emplacements(session, commande)
    means: Means = request.app.state.means
    contenu = await means.renderer.pdf(
        template=documents.GABARIT,
        donnees=documents.donnees(commande, societe, fournisseur, agence, places),
        dossier=documents.DOSSIER,
    )
    nom = documents.nom_fichier(commande)
    return Response(contenu, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{nom}"'})
