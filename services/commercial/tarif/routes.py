"""Tarifs over HTTP, and the price of a product in a proposition."""

import asyncio
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from services.commercial.errors import (
    AffaireInconnue,
    ColonnesTarif,
    PrixIncorrect,
    ProduitInconnu,
    PropositionFigee,
    PropositionInconnue,
    TarifInconnu,
    TarifIncorrect,
    TiersInconnu,
    TropDePrix,
)
from services.commercial.proposition.schemas.vues import VueContenu
from services.commercial.tarif import queries
from services.commercial.tarif.rules import Origine
from services.commercial.tarif.schemas import (
    BilanPrix,
    SaisieDepuisProduit,
    SaisiePrix,
    SaisieTarif,
    VuePrix,
    VuePrixARevoir,
    VuePrixRetenu,
    VueTarif,
)
from services.commercial.tarif.use_cases import depot, tarifs
from shared.fichiers.errors import FichierTropGros, FichierVide, TableurIllisible, TableurTropGros
from shared.fichiers.types import CSV, XLSX
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("tarifs")
Lecteur = Annotated[Actor, may("devis.lire")]
Redacteur = Annotated[Actor, may("devis.modifier")]
Tarifeur = Annotated[Actor, may("tarif.modifier")]


@router.get("/tarifs")
async def lister(
    db: Db,
    _actor: Lecteur,
    q: Recherche = None,
    origine: Origine | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueTarif]:
    """Price lists, prices of clients and of marchés, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, q=q, origine=origine, limite=limite, curseur=curseur)


@router.post("/tarifs", status_code=201, responses=refusals(TarifIncorrect, TiersInconnu, AffaireInconnue))
async def creer(saisie: SaisieTarif, db: Db, actor: Tarifeur) -> VueTarif:
    """A tarif without prices yet."""
    async with db.transaction(actor) as tx:
        return VueTarif.model_validate(await tarifs.creer(tx, saisie))


@router.get("/tarifs/{tarif_id}", responses=refusals(TarifInconnu))
async def un(tarif_id: UUID, db: Db, _actor: Lecteur) -> VueTarif:
    """Whose it is and when it holds."""
    async with db.read() as session:
        return await queries.un(session, tarif_id)


@router.put(
    "/tarifs/{tarif_id}",
    responses=refusals(TarifInconnu, TarifIncorrect, TiersInconnu, AffaireInconnue, VersionPerimee),
)
async def modifier(tarif_id: UUID, saisie: SaisieTarif, db: Db, version: IfMatch, actor: Tarifeur) -> VueTarif:
    """Change whose it is or when it holds; its prices stay."""
    async with db.transaction(actor) as tx:
        return VueTarif.model_validate(await tarifs.modifier(tx, tarif_id, saisie, version))


@router.delete("/tarifs/{tarif_id}", status_code=204, responses=refusals(TarifInconnu))
async def supprimer(tarif_id: UUID, db: Db, actor: Tarifeur) -> Response:
    """Take a tarif away; propositions keep the prices they took."""
    async with db.transaction(actor) as tx:
        await tarifs.supprimer(tx, tarif_id)
    return Response(status_code=204)


@router.get("/tarifs/{tarif_id}/prix")
async def prix(
    tarif_id: UUID, db: Db, _actor: Lecteur, q: Recherche = None, limite: Limite = 50, curseur: Curseur = None
) -> Page[VuePrix]:
    """Its prices by reference and quantity."""
    async with db.read() as session:
        return await queries.prix(session, tarif_id, q=q, limite=limite, curseur=curseur)


@router.put(
    "/tarifs/{tarif_id}/prix",
    status_code=204,
    responses=refusals(TarifInconnu, ProduitInconnu, PrixIncorrect, TropDePrix),
)
async def fixer_prix(tarif_id: UUID, saisie: SaisiePrix, db: Db, actor: Tarifeur) -> Response:
    """The price of a product from a quantity on; said again, it is replaced."""
    async with db.transaction(actor) as tx:
        await tarifs.fixer_prix(tx, tarif_id, saisie)
    return Response(status_code=204)


@router.delete("/tarifs/{tarif_id}/prix/{prix_id}", status_code=204, responses=refusals(TarifInconnu))
async def retirer_prix(tarif_id: UUID, prix_id: UUID, db: Db, actor: Tarifeur) -> Response:
    """This price is no longer agreed."""
    async with db.transaction(actor) as tx:
        await tarifs.retirer_prix(tx, tarif_id, prix_id)
    return Response(status_code=204)


@router.put(
    "/tarifs/{tarif_id}/fichier",
    responses=refusals(
        TarifInconnu, ColonnesTarif, TropDePrix, TableurIllisible, TableurTropGros, FichierVide, FichierTropGros
    ),
)
async def importer(
    tarif_id: UUID,
    nom: Annotated[str, Query(min_length=1, max_length=200)],
    request: Request,
    db: Db,
    actor: Tarifeur,
    essai: bool = False,
) -> BilanPrix:
    """Prices from a spreadsheet: columns Référence, Quantité minimale, Prix HT or Remise %; `essai` writes nothing."""
    means: Means = request.app.state.means
    genre = XLSX if nom.lower().endswith(".xlsx") else CSV
    fichier = await means.stockage.poser(request.stream(), nom, genre)
    with await means.stockage.ouvrir(fichier.sha256) as octets:
        lues = await asyncio.to_thread(tarifs.lire, octets)
    async with db.transaction(actor) as tx:
        return await tarifs.importer(tx, tarif_id, lues, est_essai=essai)


@router.get("/propositions/{proposition_id}/prix", responses=refusals(PropositionInconnue, ProduitInconnu))
async def prix_de(
    proposition_id: UUID,
    produit_id: UUID,
    db: Db,
    actor: Lecteur,
    quantite: Annotated[Decimal, Query(gt=0, lt=1_000_000, max_digits=9, decimal_places=3)] = Decimal(1),
) -> VuePrixRetenu:
    """The price this proposition asks for a product in that quantity today, and where it comes from."""
    async with db.transaction(actor) as tx:
        saisie = SaisieDepuisProduit(produit_id=produit_id, quantite=quantite)
        vente = await depot.prix_de(tx, proposition_id, saisie)
    return depot.en_vue(vente)


@router.get("/propositions/{proposition_id}/prix-a-revoir", responses=refusals(PropositionInconnue))
async def prix_a_revoir(proposition_id: UUID, db: Db, actor: Lecteur) -> list[VuePrixARevoir]:
    """The lines of the catalogue whose quantity passed a break since they took their price."""
    async with db.transaction(actor) as tx:
        return await depot.a_revoir(tx, proposition_id)


@router.post(
    "/propositions/{proposition_id}/depuis-produit",
    status_code=201,
    responses=refusals(PropositionInconnue, PropositionFigee, ProduitInconnu, VersionPerimee),
)
async def deposer(
    proposition_id: UUID, saisie: SaisieDepuisProduit, db: Db, version: IfMatch, actor: Redacteur
) -> VueContenu:
    """A line that sells a product at that price, and needs it."""
    async with db.transaction(actor) as tx:
        proposition = await depot.deposer(tx, proposition_id, saisie, version)
    return VueContenu.de(proposition, actor.may("couts.voir"))
