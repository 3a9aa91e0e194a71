"""Received electronic invoices over HTTP. Purchase prices: for those who may see costs."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request, Response

from services.billing import errors
from services.billing.facture_recue import queries
from services.billing.facture_recue.documents import piece
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.rules import lecture
from services.billing.facture_recue.rules.lue import FactureLue
from services.billing.facture_recue.schemas import (
    Choix,
    Mise,
    ResumeRecue,
    SaisieStatut,
    StatutATransmettre,
    TotauxRecues,
    VueRecue,
)
from services.billing.facture_recue.use_cases import rapprochement, statuts
from shared.contracts.purchasing import FichierJoint
from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.noms import a_enregistrer, a_servir
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("factures-recues")
MAXIMUM = 10 * 1024 * 1024
NomFichier = Annotated[str, Query(min_length=1, max_length=255)]
Comptable = Annotated[Actor, may("facture.modifier")]
Lecteur = Annotated[Actor, may("couts.voir")]
Filtre = Annotated[queries.Filtre, Depends()]


@router.put(
    "/factures-recues",
    responses=refusals(
        *(errors.FactureRecueIllisible, errors.AvoirRecuNegatif, errors.FactureRecueDevise),
        *(errors.FactureRecueAutreClient, errors.FactureRecueDejaDeposee),
        *(errors.FactureRecueRefusee, errors.FactureFournisseurDejaControlee, errors.AvoirFournisseurDejaRecu),
        *(FichierVide, FichierTropGros, ContenuTrompeur, TypeRefuse),
    ),
)
async def deposer(nom: NomFichier, request: Request, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """The body is the file: a Factur-X PDF, a CII or UBL XML. Nothing is kept of what cannot be read."""
    contenu = await request.body()
    if len(contenu) > MAXIMUM:
        raise FichierTropGros(nom=nom, limite="10 Mo")
    if not contenu:
        raise FichierVide(nom=nom)
    lue = await asyncio.to_thread(_lire, contenu)
    means: Means = request.app.state.means
    fichier = await means.stockage.poser(contenu, nom)
    joint = FichierJoint(sha256=fichier.sha256, nom=fichier.nom, type=fichier.type)
    async with db.transaction(actor) as tx:
        recue = await rapprochement.deposer(tx, joint, lue)
        await tx.flush()
        return await queries.fiche(tx.session, recue.id)


@router.get("/factures-recues")
async def lister(
    db: Db, _lecteur: Lecteur, filtre: Filtre, limite: Limite = 50, curseur: Curseur = None
) -> Page[ResumeRecue]:
    """Received invoices, newest first, searched by number, supplier, order cited or amount."""
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur)


@router.get("/factures-recues/totaux")
async def totaux(db: Db, _lecteur: Lecteur) -> TotauxRecues:
    """Those that wait for accounts."""
    async with db.read() as session:
        return await queries.totaliser(session)


@router.get("/factures-recues/statuts")
async def a_transmettre(
    db: Db, _lecteur: Lecteur, limite: Limite = 50, curseur: Curseur = None
) -> Page[StatutATransmettre]:
    """The statuses whose message the platform has not taken, the oldest first."""
    async with db.read() as session:
        return await queries.a_transmettre(session, limite=limite, curseur=curseur)


@router.get("/factures-recues/{recue_id}", responses=refusals(errors.FactureRecueInconnue))
async def fiche(recue_id: UUID, db: Db, _lecteur: Lecteur) -> VueRecue:
    """What was read of one, and what it may be put on."""
    async with db.read() as session:
        return await queries.fiche(session, recue_id)


@router.get("/factures-recues/{recue_id}/fichier", responses=refusals(errors.FactureRecueInconnue))
async def fichier(recue_id: UUID, request: Request, db: Db, _lecteur: Lecteur) -> Response:
    """The file as it was dropped."""
    async with db.read() as session:
        recue = await session.get(FactureRecue, recue_id)
    if recue is None:
        raise errors.FactureRecueInconnue
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(recue.sha256)
    return Response(contenu, media_type=recue.type, headers=a_servir(recue.nom, recue.type))


@router.post(
    "/factures-recues/{recue_id}/chercher",
    responses=refusals(errors.FactureRecueInconnue),
)
async def chercher(recue_id: UUID, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """Look again for its supplier and its reception."""
    async with db.transaction(actor) as tx:
        await rapprochement.chercher(tx, recue_id)
        await tx.flush()
        return await queries.fiche(tx.session, recue_id)


@router.post(
    "/factures-recues/{recue_id}/choisir",
    responses=refusals(
        *(errors.FactureRecueInconnue, errors.FactureRecueTraitee, errors.ReceptionNonAttendue),
        *(errors.AvoirRecuTropGrand, errors.AvoirFournisseurTropGrand, errors.AvoirFournisseurDejaRecu),
        errors.AvoirFournisseurFutur,
    ),
)
async def choisir(recue_id: UUID, saisie: Choix, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """Say which reception it bills, or what it credits."""
    async with db.transaction(actor) as tx:
        await rapprochement.choisir(tx, recue_id, saisie.achat_id)
        await tx.flush()
        return await queries.fiche(tx.session, recue_id)


@router.post(
    "/factures-recues/{recue_id}/detacher",
    responses=refusals(
        *(errors.FactureRecueInconnue, errors.FactureRecueTraitee, errors.FactureRecueRepondue),
        errors.FactureRecueCreditee,
    ),
)
async def detacher(recue_id: UUID, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """It was put on what it does not bill."""
    async with db.transaction(actor) as tx:
        await rapprochement.detacher(tx, recue_id)
        await tx.flush()
        return await queries.fiche(tx.session, recue_id)


@router.post(
    "/factures-recues/{recue_id}/ecarter",
    responses=refusals(errors.FactureRecueInconnue, errors.FactureRecueTraitee, errors.FactureRecueAStatut),
)
async def ecarter(recue_id: UUID, saisie: Mise, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """It is none of ours."""
    async with db.transaction(actor) as tx:
        await rapprochement.ecarter(tx, recue_id, saisie.motif)
        await tx.flush()
        return await queries.fiche(tx.session, recue_id)


@router.post(
    "/factures-recues/{recue_id}/statuts",
    responses=refusals(
        *(errors.FactureRecueInconnue, errors.FactureRecueTraitee, errors.FactureRecueBloquee, errors.StatutImpossible),
        errors.FactureRecueCreditee,
        *(errors.StatutMotifManquant, errors.StatutMotifInconnu, errors.PrecisionManquante),
        *(errors.PaiementTransmisIncomplet, errors.PaiementTransmisFutur, errors.PaiementTransmisTropGrand),
    ),
)
async def poser(recue_id: UUID, saisie: SaisieStatut, db: Db, actor: Comptable, _lecteur: Lecteur) -> VueRecue:
    """Tell its supplier: approved, contested, refused, paid."""
    async with db.transaction(actor) as tx:
        await statuts.poser(tx, recue_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, recue_id)


@router.get(
    "/factures-recues/{recue_id}/statuts/{statut_id}/message",
    responses=refusals(errors.FactureRecueInconnue, errors.StatutInconnu, errors.MessageImpossible),
)
async def message(recue_id: UUID, statut_id: UUID, db: Db, _actor: Comptable, _lecteur: Lecteur) -> Response:
    """The message of the life cycle (CDAR) to hand to the platform."""
    async with db.read() as session:
        nom, contenu = await queries.message(session, recue_id, statut_id)
    return Response(contenu, media_type="application/xml", headers=a_enregistrer(nom))


@router.post(
    "/factures-recues/{recue_id}/statuts/{statut_id}/transmis",
    status_code=204,
    responses=refusals(errors.FactureRecueInconnue, errors.StatutInconnu),
)
async def transmettre(recue_id: UUID, statut_id: UUID, db: Db, actor: Comptable, _lecteur: Lecteur) -> None:
    """The platform took its message."""
    async with db.transaction(actor) as tx:
        await statuts.transmettre(tx, recue_id, statut_id)


def _lire(contenu: bytes) -> FactureLue:
    return lecture.lire(piece.xml(contenu))
