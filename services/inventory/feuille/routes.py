"""Feuilles de travail over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Request, Response

from services.inventory.errors import (
    AttenduInconnu,
    ChoixAPreciser,
    CodeInconnu,
    ColonneInconnue,
    EtatDejaAtteint,
    FeuilleIncomplete,
    FeuilleInconnue,
    FeuilleVerrouillee,
    HistoriqueInconnu,
    ObjetDejaSurLaFeuille,
    ObjetHorsFeuille,
    ObjetIndisponible,
    ObjetNonAttendu,
    ObjetNonLivrable,
    QuantiteRefusee,
    ReductionImpossible,
    RienALivrer,
    StockInsuffisant,
    TransitionImpossible,
    ZoneNonPrecisee,
)
from services.inventory.etiquette.schemas import FormatPlanche
from services.inventory.feuille import documents, queries
from services.inventory.feuille.repository import Chantier
from services.inventory.feuille.schemas import (
    EnTeteFeuille,
    SaisieAttendu,
    SaisieLivraison,
    SaisiePrelevement,
    SaisieRemplacement,
    SaisieReouverture,
    SaisieRetrait,
    SaisieSuivi,
    SaisieValidation,
    VueFeuille,
)
from services.inventory.feuille.use_cases import cloture, livraison, placement
from shared.database.transaction import Transaction
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("feuilles")
Lecteur = Annotated[Actor, may("feuille.lire")]
Preparateur = Annotated[Actor, may("feuille.preparer")]
Valideur = Annotated[Actor, may("feuille.valider")]
EtatDemande = Literal["en_cours", "ouverte", "prete", "cloturee", "validee"]
REFUS_PLACEMENT = refusals(
    FeuilleInconnue,
    HistoriqueInconnu,
    CodeInconnu,
    ColonneInconnue,
    AttenduInconnu,
    FeuilleVerrouillee,
    ObjetIndisponible,
    ObjetNonLivrable,
    ObjetDejaSurLaFeuille,
    ObjetHorsFeuille,
    StockInsuffisant,
    QuantiteRefusee,
    ChoixAPreciser,
    ObjetNonAttendu,
)


@router.get("/feuilles")
async def lister(
    db: Db,
    _actor: Lecteur,
    q: Recherche = None,
    etat: EtatDemande | None = None,
    demande_id: UUID | None = None,
    proposition_id: UUID | None = None,
    tiers_id: UUID | None = None,
    agence_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[EnTeteFeuille]:
    """Feuilles; `etat=en_cours` lists those to work on, by priority then delay."""
    filtres = {
        "etat": etat,
        "demande_id": demande_id,
        "proposition_id": proposition_id,
        "tiers_id": tiers_id,
        "agence_id": agence_id,
    }
    async with db.read() as session:
        return await queries.lister(session, q=q, filtres=filtres, limite=limite, curseur=curseur)


@router.get("/feuilles-par-etat")
async def compter(db: Db, _actor: Lecteur) -> dict[str, int]:
    """How many feuilles are in each state."""
    async with db.read() as session:
        return await queries.compter(session)


@router.get("/feuilles/{feuille_id}", responses=refusals(FeuilleInconnue))
async def fiche(feuille_id: UUID, db: Db, actor: Lecteur) -> VueFeuille:
    """A whole feuille: columns, what they expect, objects placed."""
    async with db.read() as session:
        return await queries.fiche(session, feuille_id, avec_couts=actor.may("couts.voir"))


@router.get(
    "/feuilles/{feuille_id}/etiquette-zone",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **refusals(FeuilleInconnue, ZoneNonPrecisee)},
)
async def etiquette_zone(
    feuille_id: UUID, request: Request, db: Db, _actor: Lecteur, format: FormatPlanche = "rouleau-62"
) -> Response:
    """The label of the pallet or crate where the project is gathered."""
    async with db.read() as session:
        feuille = await queries.fiche(session, feuille_id, avec_couts=False)
    means: Means = request.app.state.means
    page = documents.etiquette_zone(feuille, public_url=means.settings.public_url, format=format)
    contenu = await means.renderer.imprimer(page)
    return Response(contenu, media_type="application/pdf", headers=a_montrer(f"zone-{feuille.numero}.pdf"))


@router.put("/feuilles/{feuille_id}", responses=refusals(FeuilleInconnue, FeuilleVerrouillee, VersionPerimee))
async def suivre(feuille_id: UUID, saisie: SaisieSuivi, db: Db, version: IfMatch, actor: Preparateur) -> VueFeuille:
    """Priority, wished delivery and preparation zone; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await cloture.suivre(tx, feuille_id, saisie, version))


@router.post("/feuilles/{feuille_id}/prelever", responses=REFUS_PLACEMENT)
async def prelever(feuille_id: UUID, saisie: SaisiePrelevement, db: Db, actor: Preparateur) -> VueFeuille:
    """Take an object or a product from stock onto the feuille."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await placement.prelever(tx, feuille_id, saisie))


@router.post("/feuilles/{feuille_id}/prelever-reserve", responses=REFUS_PLACEMENT)
async def prelever_reserve(feuille_id: UUID, db: Db, actor: Preparateur) -> VueFeuille:
    """Bring to the feuille everything that was kept in stock for it."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await placement.prelever_reserve(tx, feuille_id))


@router.post("/feuilles/{feuille_id}/retirer", responses=REFUS_PLACEMENT)
async def retirer(feuille_id: UUID, saisie: SaisieRetrait, db: Db, actor: Preparateur) -> VueFeuille:
    """Take an object off the feuille: back to stock, or scrapped."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await placement.retirer(tx, feuille_id, saisie))


@router.post("/feuilles/{feuille_id}/remplacer", responses=REFUS_PLACEMENT)
async def remplacer(feuille_id: UUID, saisie: SaisieRemplacement, db: Db, actor: Preparateur) -> VueFeuille:
    """Put another object in the place of one that does not suit."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await placement.remplacer(tx, feuille_id, saisie))


@router.put(
    "/feuilles/{feuille_id}/attendus/{attendu_id}",
    responses=refusals(FeuilleInconnue, AttenduInconnu, FeuilleVerrouillee, ReductionImpossible),
)
async def ajuster(feuille_id: UUID, attendu_id: UUID, saisie: SaisieAttendu, db: Db, actor: Preparateur) -> VueFeuille:
    """Expect more or less of a product than the devis said."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await placement.ajuster_attendu(tx, feuille_id, attendu_id, saisie.quantite))


@router.post(
    "/feuilles/{feuille_id}/livrer",
    responses=refusals(FeuilleInconnue, FeuilleVerrouillee, ObjetHorsFeuille, RienALivrer),
)
async def livrer(feuille_id: UUID, saisie: SaisieLivraison, db: Db, actor: Preparateur) -> VueFeuille:
    """Objects leave for the client, with their bon de livraison; the feuille stays open."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await livraison.livrer(tx, feuille_id, saisie.historique_ids, saisie.recu_par))


@router.post(
    "/feuilles/{feuille_id}/cloturer", responses=refusals(FeuilleInconnue, EtatDejaAtteint, TransitionImpossible)
)
async def cloturer(feuille_id: UUID, db: Db, actor: Preparateur) -> VueFeuille:
    """The field team ended the intervention."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await cloture.cloturer(tx, feuille_id))


@router.post(
    "/feuilles/{feuille_id}/valider",
    responses=refusals(FeuilleInconnue, EtatDejaAtteint, TransitionImpossible, FeuilleIncomplete),
)
async def valider(feuille_id: UUID, db: Db, actor: Valideur, saisie: SaisieValidation | None = None) -> VueFeuille:
    """Freeze the feuille: billing and the parc take over. A second call is refused, and nothing happens twice."""
    async with db.transaction(actor) as tx:
        malgre = saisie is not None and saisie.malgre_ecarts
        return await _vue(tx, await cloture.valider(tx, feuille_id, malgre_ecarts=malgre))


@router.post(
    "/feuilles/{feuille_id}/rouvrir", responses=refusals(FeuilleInconnue, EtatDejaAtteint, TransitionImpossible)
)
async def rouvrir(feuille_id: UUID, saisie: SaisieReouverture, db: Db, actor: Valideur) -> VueFeuille:
    """Correct a validated feuille, with a reason that stays."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, await cloture.rouvrir(tx, feuille_id, saisie.motif))


async def _vue(tx: Transaction, chantier: Chantier) -> VueFeuille:
    """The answer, read in the same transaction: the page needs no second request."""
    await tx.flush()
    return await queries.fiche(tx.session, chantier.feuille.id, avec_couts=tx.actor.may("couts.voir"))
