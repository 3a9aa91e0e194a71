"""The workshop's work on an object, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request

from services.inventory.atelier import queries as fenetre
from services.inventory.atelier import use_cases
from services.inventory.atelier.rules import Coffre, coffre_des_reglages
from services.inventory.atelier.schemas import (
    SaisieAction,
    SaisieConfiguration,
    SaisiePreparation,
    SaisieSerie,
    SaisieVisibilite,
    VueConsultation,
    VueJumeau,
    VueSecret,
)
from services.inventory.errors import (
    ActionInconnue,
    ConfigurationRefusee,
    EtiquetteDejaPosee,
    EtiquetteInconnue,
    FeuilleVerrouillee,
    HistoriqueInconnu,
    JumeauInconnu,
    ObjetDejaEtiquete,
    ObjetNonUnitaire,
    ObjetSorti,
    PhotoManquante,
    SecretAbsent,
    SerieDejaPrise,
)
from services.inventory.etiquette.schemas import SaisieEtiquette, SaisieLot, VueLotComplet
from services.inventory.historique import queries
from services.inventory.historique.schemas import VueHistorique
from shared.database.transaction import Transaction
from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.types import PHOTOS
from shared.fichiers_joints.errors import FichierInconnu
from shared.fichiers_joints.routes import OCTETS, Nom, recevoir
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("atelier")
Preparateur = Annotated[Actor, may("feuille.preparer")]
Cle = Annotated[str, Path(max_length=40)]
COMMUNS = (HistoriqueInconnu, FeuilleVerrouillee, ObjetSorti)


@router.put(
    "/historiques/{historique_id}/configuration",
    responses=refusals(*COMMUNS, ConfigurationRefusee, ObjetNonUnitaire),
)
async def configurer(
    historique_id: UUID, saisie: SaisieConfiguration, request: Request, db: Db, actor: Preparateur
) -> VueHistorique:
    """Save values of the configuration form; a partial save is welcome."""
    async with db.transaction(actor) as tx:
        await use_cases.configurer(tx, historique_id, saisie.valeurs, coffre(request))
        return await _vue(tx, historique_id)


@router.put(
    "/historiques/{historique_id}/preparation",
    responses=refusals(
        *COMMUNS,
        ConfigurationRefusee,
        ActionInconnue,
        PhotoManquante,
        ObjetNonUnitaire,
        JumeauInconnu,
        EtiquetteInconnue,
        EtiquetteDejaPosee,
        ObjetDejaEtiquete,
        SerieDejaPrise,
    ),
)
async def preparer(
    historique_id: UUID, saisie: SaisiePreparation, request: Request, db: Db, actor: Preparateur
) -> VueHistorique:
    """Save the whole configuration window at once: values, ticks, serial number, visibility, label."""
    async with db.transaction(actor) as tx:
        await use_cases.preparer(tx, historique_id, saisie, coffre(request))
        return await _vue(tx, historique_id)


@router.get("/historiques/{historique_id}/jumeau", responses=refusals(HistoriqueInconnu))
async def jumeau(historique_id: UUID, db: Db, _actor: Preparateur) -> VueJumeau | None:
    """The twin on the same feuille whose configuration this object can take over, without its secrets."""
    async with db.read() as session:
        return await fenetre.jumeau(session, historique_id)


@router.post("/historiques/{historique_id}/secrets/{cle}/reveler", responses=refusals(HistoriqueInconnu, SecretAbsent))
async def reveler(historique_id: UUID, cle: Cle, request: Request, db: Db, actor: Preparateur) -> VueSecret:
    """Read a secret value in clear; the reading is recorded."""
    async with db.transaction(actor) as tx:
        return VueSecret(cle=cle, valeur=await use_cases.reveler(tx, historique_id, cle, coffre(request)))


@router.get("/historiques/{historique_id}/consultations")
async def consultations(historique_id: UUID, db: Db, _actor: Preparateur) -> list[VueConsultation]:
    """Who read the secrets of this object in clear, the last twenty."""
    async with db.read() as session:
        return await fenetre.consultations(session, historique_id)


@router.put("/historiques/{historique_id}/actions/{cle}", responses=refusals(*COMMUNS, ActionInconnue, PhotoManquante))
async def cocher(historique_id: UUID, cle: Cle, saisie: SaisieAction, db: Db, actor: Preparateur) -> VueHistorique:
    """Tick or untick a workshop operation."""
    async with db.transaction(actor) as tx:
        await use_cases.cocher(tx, historique_id, cle, est_faite=saisie.est_faite)
        return await _vue(tx, historique_id)


@router.put(
    "/historiques/{historique_id}/actions/{cle}/photos/{fichier_id}",
    responses=refusals(
        *COMMUNS, ActionInconnue, FichierInconnu, FichierTropGros, FichierVide, TypeRefuse, ContenuTrompeur
    ),
    openapi_extra=OCTETS,
)
async def photographier(
    historique_id: UUID, cle: Cle, fichier_id: UUID, nom: Nom, request: Request, db: Db, actor: Preparateur
) -> VueHistorique:
    """Keep the photo in the body as one of the operation; the sender draws the id: sent again, it is kept once."""
    pose = await recevoir(request, nom, PHOTOS)
    async with db.transaction(actor) as tx:
        await use_cases.photographier(tx, historique_id, cle, fichier_id, pose)
        return await _vue(tx, historique_id)


@router.put("/historiques/{historique_id}/visibilite", responses=refusals(*COMMUNS))
async def choisir_visibilite(
    historique_id: UUID, saisie: SaisieVisibilite, db: Db, actor: Preparateur
) -> VueHistorique:
    """Whether the object will enter the client's parc."""
    async with db.transaction(actor) as tx:
        await use_cases.choisir_visibilite(tx, historique_id, saisie.est_visible_parc)
        return await _vue(tx, historique_id)


@router.put("/historiques/{historique_id}/numero-serie", responses=refusals(*COMMUNS, ObjetNonUnitaire, SerieDejaPrise))
async def noter_serie(historique_id: UUID, saisie: SaisieSerie, db: Db, actor: Preparateur) -> VueHistorique:
    """The serial number read on an object received without."""
    async with db.transaction(actor) as tx:
        await use_cases.noter_serie(tx, historique_id, saisie.numero_serie)
        return await _vue(tx, historique_id)


@router.post(
    "/historiques/{historique_id}/etiquette",
    responses=refusals(*COMMUNS, EtiquetteInconnue, EtiquetteDejaPosee, ObjetDejaEtiquete, ObjetNonUnitaire),
)
async def etiqueter(historique_id: UUID, saisie: SaisieEtiquette, db: Db, actor: Preparateur) -> VueHistorique:
    """Bind a label: a code of ours, unique in the whole base."""
    async with db.transaction(actor) as tx:
        await use_cases.etiqueter(tx, historique_id, saisie.code)
        return await _vue(tx, historique_id)


@router.post("/etiquettes/generer", status_code=201, responses=refusals(FeuilleVerrouillee))
async def generer(saisie: SaisieLot, db: Db, actor: Annotated[Actor, may("etiquette.imprimer")]) -> VueLotComplet:
    """Make a batch of codes; its sheet is then printed with GET /etiquettes/lots/{id}/planche."""
    async with db.transaction(actor) as tx:
        lot, codes = await use_cases.generer_etiquettes(tx, saisie)
        await tx.flush()
        return VueLotComplet(
            id=lot.id,
            nombre=lot.nombre,
            posees=sum(e.historique_id is not None for e in codes),
            par_nom=lot.par_nom,
            cree_le=lot.cree_le,
            codes=[e.code for e in codes],
        )


def coffre(request: Request) -> Coffre:
    """The safe of this process."""
    means: Means = request.app.state.means
    return coffre_des_reglages(means.settings)


async def _vue(tx: Transaction, historique_id: UUID) -> VueHistorique:
    await tx.flush()
    return await queries.fiche(tx.session, historique_id, avec_couts=tx.actor.may("couts.voir"))
