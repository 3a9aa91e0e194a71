"""Receptions over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from services.purchasing import errors
from services.purchasing.reception.models import Reception
from services.purchasing.reception.queries import ecrans as queries
from services.purchasing.reception.schemas import (
    LigneListeReception,
    RefusLecture,
    ReponseLecture,
    ReponsesLectures,
    SaisieLecture,
    SaisieLectures,
    SaisieLigne,
    SaisieQuantite,
    SaisieReception,
    SaisieSeries,
    SaisieValidation,
    Serie,
    SeriesAnnoncees,
    VueLecture,
    VueReception,
)
from services.purchasing.reception.use_cases import lecture, lignes, ouverture, validation
from shared.database.transaction import Transaction
from shared.fichiers.errors import ContenuTrompeur, FichierVide, TypeRefuse
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.kernel.refusals import PermissionManquante, Refusal
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Totaux
from shared.web.problems import refusals

router = new_router("receptions")

Magasinier = Annotated[Actor, may("reception.saisir")]
NomFichier = Annotated[str, Query(min_length=1, max_length=200)]
OUVERTE = (errors.ReceptionInconnue, errors.ReceptionFermee)


async def _peut_lire(actor: CurrentActor) -> Actor:
    """Buyers and storekeepers."""
    if not (actor.may("achat.lire") or actor.may("reception.saisir")):
        raise PermissionManquante(permission="reception.saisir")
    return actor


Lecteur = Annotated[Actor, Depends(_peut_lire)]
Filtre = Annotated[queries.Filtre, Depends()]


class SeriesARetirer(BaseModel):
    """Serial numbers typed by mistake."""

    numeros: list[Serie] = Field(min_length=1, max_length=1000)


async def _rendre(tx: Transaction, reception: Reception) -> VueReception:
    """The reception as this transaction leaves it."""
    await tx.flush()
    return await queries.vue(tx.session, reception, couts=tx.actor.may("couts.voir"))


@router.get("/receptions/totaux")
async def totaux(db: Db, actor: Lecteur, filtre: Filtre) -> Totaux:
    """What the same filters add up to."""
    async with db.read() as session:
        return await queries.totaux(session, filtre, couts=actor.may("couts.voir"))


@router.get("/receptions")
async def lister(
    db: Db, actor: Lecteur, filtre: Filtre, limite: Limite = 50, curseur: Curseur = None
) -> Page[LigneListeReception]:
    """Receptions, searched by number, supplier, order, supplier invoice or delivery note."""
    couts = actor.may("couts.voir")
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur, couts=couts)


@router.post(
    "/receptions",
    status_code=201,
    responses=refusals(
        *(errors.CommandeInconnue, errors.CommandeAutreFournisseur, errors.CommandeDejaCloturee),
        *(errors.CommandeEnAttente, errors.CommandeRefusee, errors.AgenceInconnue),
    ),
)
async def ouvrir(saisie: SaisieReception, db: Db, actor: Magasinier) -> VueReception:
    """Open a reception on one or several orders of a supplier."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await ouverture.ouvrir(tx, saisie))


@router.get("/receptions/{reception_id}", responses=refusals(errors.ReceptionInconnue))
async def fiche(reception_id: UUID, db: Db, actor: Lecteur, series: bool = True) -> VueReception:
    """The whole reception; without `series`, only how many serial numbers each line has."""
    async with db.read() as session:
        return await queries.fiche(session, reception_id, couts=actor.may("couts.voir"), series=series)


@router.get("/receptions/{reception_id}/scans")
async def lectures(reception_id: UUID, db: Db, _actor: Lecteur) -> list[VueLecture]:
    """The last codes read, the most recent first."""
    async with db.read() as session:
        return await queries.lectures(session, reception_id)


@router.post("/receptions/{reception_id}/scans", status_code=201, responses=refusals(errors.ReceptionInconnue))
async def lire(reception_id: UUID, saisie: SaisieLectures, db: Db, actor: Magasinier) -> ReponsesLectures:
    """Answer codes in their sequence: `resultat` is attendu, en_trop or inconnu, `motif` says why, in French in `detail`.

    A code refused (`refus`) stops none of those after it; one already sent with its `cle` is answered and not counted again.
    """
    async with db.transaction(actor) as tx:
        salve = await lecture.ouvrir(tx, reception_id, saisie.lectures)
        reponses = [await _repondre(tx, salve, lue) for lue in saisie.lectures]
        lecture.clore(tx, salve)
    return ReponsesLectures(lectures=reponses)


async def _repondre(tx: Transaction, salve: lecture.Salve, saisie: SaisieLecture) -> ReponseLecture:
    try:
        lue = await lecture.lire(tx, salve, saisie)
    except Refusal as refus:
        return ReponseLecture(cle=saisie.cle, refus=RefusLecture(code=refus.code, detail=refus.detail))
    pour = await queries.attente_de(tx.session, salve.reception, lue)
    return ReponseLecture(cle=saisie.cle, lecture=queries.vue_lecture(lue, pour))


@router.post(
    "/receptions/{reception_id}/scans/{scan_id}/annuler",
    responses=refusals(*OUVERTE, errors.LectureInconnue, errors.LectureDejaAnnulee),
)
async def annuler(reception_id: UUID, scan_id: UUID, db: Db, actor: Magasinier) -> VueLecture:
    """Undo a reading."""
    async with db.transaction(actor) as tx:
        lue = await lecture.annuler(tx, reception_id, scan_id)
        return queries.vue_lecture(lue)


@router.post(
    "/receptions/{reception_id}/lignes",
    status_code=201,
    responses=refusals(
        *OUVERTE,
        errors.ProduitInconnu,
        errors.LigneInconnue,
        errors.SubstitutionImpossible,
        errors.SurplusRefuse,
        errors.UniteParUniteTropGrande,
    ),
)
async def ajouter(reception_id: UUID, saisie: SaisieLigne, db: Db, actor: Magasinier) -> VueReception:
    """Take in a product nobody expected, in surplus or in place of an expected one (`remplace_ligne_id`)."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.ajouter(tx, reception_id, saisie))


@router.put(
    "/receptions/{reception_id}/lignes/{ligne_id}",
    responses=refusals(
        *(*OUVERTE, errors.LigneInconnue, errors.QuantiteEnTrop, errors.SeriesEnTrop, errors.SurplusRefuse),
        errors.UniteParUniteTropGrande,
    ),
)
async def saisir(reception_id: UUID, ligne_id: UUID, saisie: SaisieQuantite, db: Db, actor: Magasinier) -> VueReception:
    """Count a line by hand."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.saisir(tx, reception_id, ligne_id, saisie))


@router.post(
    "/receptions/{reception_id}/lignes/{ligne_id}/retirer",
    responses=refusals(*OUVERTE, errors.LigneInconnue, errors.LigneNonRetirable),
)
async def retirer(reception_id: UUID, ligne_id: UUID, db: Db, actor: Magasinier) -> VueReception:
    """Undo a surplus or a substitution."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.retirer(tx, reception_id, ligne_id))


@router.post(
    "/receptions/{reception_id}/lignes/{ligne_id}/series",
    responses=refusals(
        *OUVERTE,
        errors.LigneInconnue,
        errors.SerieInutile,
        errors.SerieEnDouble,
        errors.PlageInvalide,
        errors.QuantiteEnTrop,
        errors.SurplusRefuse,
    ),
)
async def poser_series(
    reception_id: UUID, ligne_id: UUID, saisie: SaisieSeries, db: Db, actor: Magasinier
) -> VueReception:
    """Type serial numbers, by list or by range."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.poser_series(tx, reception_id, ligne_id, saisie))


@router.put(
    "/receptions/{reception_id}/lignes/{ligne_id}/series-annoncees",
    responses=refusals(*OUVERTE, errors.LigneInconnue, errors.SerieInutile),
)
async def annoncer_series(
    reception_id: UUID, ligne_id: UUID, saisie: SeriesAnnoncees, db: Db, actor: Magasinier
) -> VueReception:
    """The serial numbers the supplier says it sent: the scan compares with them."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.annoncer_series(tx, reception_id, ligne_id, saisie.numeros))


@router.post(
    "/receptions/{reception_id}/lignes/{ligne_id}/series/retirer", responses=refusals(*OUVERTE, errors.LigneInconnue)
)
async def retirer_series(
    reception_id: UUID, ligne_id: UUID, saisie: SeriesARetirer, db: Db, actor: Magasinier
) -> VueReception:
    """Remove serial numbers typed by mistake."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await lignes.retirer_series(tx, reception_id, ligne_id, saisie.numeros))


@router.put(
    "/receptions/{reception_id}/facture",
    status_code=204,
    responses=refusals(*OUVERTE, errors.FactureIllisible, FichierVide, ContenuTrompeur, TypeRefuse),
)
async def joindre_facture(reception_id: UUID, nom: NomFichier, request: Request, db: Db, actor: Magasinier) -> None:
    """The supplier's invoice found in the parcel: the body is the file, a PDF or a photo."""
    means: Means = request.app.state.means
    fichier = await means.stockage.poser(await request.body(), nom, request.headers.get("content-type", ""))
    async with db.transaction(actor) as tx:
        await validation.joindre_facture(tx, reception_id, fichier)


@router.get("/receptions/{reception_id}/facture", responses=refusals(errors.ReceptionInconnue, errors.FactureNonJointe))
async def facture(
    reception_id: UUID, request: Request, db: Db, _actor: Annotated[Actor, may("couts.voir")]
) -> Response:
    """The attached invoice: it shows prices."""
    async with db.read() as session:
        jointe = await queries.facture_jointe(session, reception_id)
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(jointe.sha256)
    return Response(contenu, media_type=jointe.type, headers=a_montrer(jointe.nom))


@router.post(
    "/receptions/{reception_id}/valider",
    responses=refusals(
        *OUVERTE,
        errors.ReceptionVide,
        errors.SeriesManquantes,
        errors.ResteInsuffisant,
        errors.CommandeDejaCloturee,
        errors.SerieEnDouble,
        errors.UniteParUniteTropGrande,
        PermissionManquante,
    ),
)
async def valider(reception_id: UUID, saisie: SaisieValidation, db: Db, actor: Magasinier) -> VueReception:
    """Goods enter the stock: what was not received stays on order."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await validation.valider(tx, reception_id, saisie))


@router.post("/receptions/{reception_id}/abandonner", responses=refusals(errors.ReceptionTransition))
async def abandonner(reception_id: UUID, db: Db, actor: Magasinier) -> VueReception:
    """Opened by mistake."""
    async with db.transaction(actor) as tx:
        return await _rendre(tx, await ouverture.abandonner(tx, reception_id))
