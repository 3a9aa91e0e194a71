"""Preventive visits over HTTP."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Response

from services.maintenance.copies import queries as copies
from services.maintenance.errors import (
    EquipementDAutrui,
    SocieteNonRenseignee,
    VisiteAVenir,
    VisiteInconnue,
    VisiteTransitionImpossible,
)
from services.maintenance.visite import documents, queries
from services.maintenance.visite.schemas import (
    Declenchement,
    ResumeVisite,
    SaisieDeclenchement,
    SaisiePreparation,
    SaisieRealisation,
    VueVisite,
)
from services.maintenance.visite.use_cases import calendrier, deroulement
from shared.fichiers.noms import nom_propre
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("visites")
Lecteur = Annotated[Actor, may("visite.lire")]
Auteur = Annotated[Actor, may("visite.realiser")]
Etat = Literal["a_traiter", "programmee", "due", "planifiee", "effectuee", "realisee", "annulee"]


def _filtre(
    q: Recherche = None,
    tiers_id: UUID | None = None,
    contrat_id: UUID | None = None,
    demande_id: UUID | None = None,
    etat: Etat | None = None,
    du: dt.date | None = None,
    au: dt.date | None = None,
) -> queries.Filtre:
    return queries.Filtre(q, tiers_id, contrat_id, demande_id, etat, du, au)


@router.get("/visites")
async def lister(
    db: Db,
    filtre: Annotated[queries.Filtre, Depends(_filtre)],
    _actor: Lecteur,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeVisite]:
    """Visits by due date; `etat=a_traiter` for those somebody must act on."""
    async with db.read() as session:
        return await queries.lister(session, filtre, limite=limite, curseur=curseur)


@router.post("/visites/declencher")
async def declencher(saisie: SaisieDeclenchement, db: Db, actor: Auteur) -> Declenchement:
    """Announce now the visits due within the horizon; each one once, whoever asks and however often."""
    async with db.transaction(actor) as tx:
        ids = await calendrier.declencher_visites_dues(tx, jour_paris(tx.now), saisie.horizon_jours)
    return Declenchement(visite_ids=ids)


@router.get("/visites/{visite_id}", responses=refusals(VisiteInconnue))
async def fiche(visite_id: UUID, db: Db, _actor: Lecteur) -> VueVisite:
    """A visit with its objects."""
    async with db.read() as session:
        return await queries.fiche(session, visite_id)


@router.post(
    "/visites/{visite_id}/preparer",
    responses=refusals(VisiteInconnue, VisiteTransitionImpossible, EquipementDAutrui, VersionPerimee),
)
async def preparer(visite_id: UUID, saisie: SaisiePreparation, db: Db, version: IfMatch, actor: Auteur) -> VueVisite:
    """Give the visit its day, its technician and the objects to look at."""
    async with db.transaction(actor) as tx:
        await deroulement.preparer(tx, visite_id, saisie, version)
        await tx.flush()
        return await queries.fiche(tx.session, visite_id)


@router.get("/visites/{visite_id}/fiche.pdf", responses=refusals(VisiteInconnue, SocieteNonRenseignee))
async def fiche_pdf(visite_id: UUID, request: Request, db: Db, _actor: Lecteur) -> Response:
    """The fillable sheet to take on site."""
    async with db.read() as session:
        visite = await queries.fiche(session, visite_id)
        societe = await copies.societe(session)
        client = await copies.fiche_tiers(session, visite.tiers_id)
    means: Means = request.app.state.means
    contenu = await documents.pdf(means.renderer, visite, societe, client)
    nom = nom_propre(f"visite-{visite.contrat_numero}-{visite.periode}.pdf")
    return Response(contenu, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{nom}"'})


@router.post(
    "/visites/{visite_id}/realiser",
    responses=refusals(VisiteInconnue, VisiteTransitionImpossible, VisiteAVenir, EquipementDAutrui, VersionPerimee),
)
async def realiser(visite_id: UUID, saisie: SaisieRealisation, db: Db, version: IfMatch, actor: Auteur) -> VueVisite:
    """Record the readings: the parc is updated at the date of the visit."""
    async with db.transaction(actor) as tx:
        await deroulement.realiser(tx, visite_id, saisie, version)
        await tx.flush()
        return await queries.fiche(tx.session, visite_id)
