"""Parcs and equipment over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.maintenance.equipement.queries import listes, parcs
from services.maintenance.equipement.schemas import (
    Rangement,
    ResumeEquipement,
    ResumeParc,
    SaisieEquipement,
    SaisieRetrait,
    SaisieValeur,
    TotauxParcs,
    VueEquipement,
    VueParc,
)
from services.maintenance.equipement.use_cases import tenue, valeurs
from services.maintenance.errors import (
    CheminInvalide,
    EquipementDAutrui,
    EquipementDejaRetire,
    EquipementInconnu,
    EtiquetteDejaPosee,
    TiersNonIdentifie,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("parc")
Lecteur = Annotated[Actor, may("parc.lire")]
Auteur = Annotated[Actor, may("parc.modifier")]


def _filtre(
    q: Recherche = None,
    tiers_id: UUID | None = None,
    etiquette: Recherche = None,
    lieu_id: UUID | None = None,
    groupe_id: UUID | None = None,
    type_code: Recherche = None,
    contrat_id: UUID | None = None,
    sous_contrat: bool | None = None,
    sans_lieu: bool = False,
    retires: bool = False,
) -> listes.Filtre:
    return listes.Filtre(
        q, tiers_id, etiquette, lieu_id, groupe_id, type_code, contrat_id, sous_contrat, sans_lieu, retires
    )


@router.get("/parcs/totaux")
async def totaux_parcs(db: Db, _actor: Lecteur, q: Recherche = None) -> TotauxParcs:
    """What the same search adds up to."""
    async with db.read() as session:
        return await parcs.totaux(session, q=q)


@router.get("/parcs")
async def lister_parcs(
    db: Db, _actor: Lecteur, q: Recherche = None, limite: Limite = 50, curseur: Curseur = None
) -> Page[ResumeParc]:
    """Clients who own something, with figures."""
    async with db.read() as session:
        return await parcs.lister(session, q=q, limite=limite, curseur=curseur)


@router.get("/parcs/{tiers_id}")
async def arbre(tiers_id: UUID, db: Db, _actor: Lecteur) -> VueParc:
    """Places, groups and types of one client, with their counts."""
    async with db.read() as session:
        return await parcs.arbre(session, tiers_id)


@router.get("/equipements")
async def lister(
    db: Db,
    filtre: Annotated[listes.Filtre, Depends(_filtre)],
    _actor: Lecteur,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeEquipement]:
    """Equipment in alphabetical order, searched by words, serial or label."""
    async with db.read() as session:
        return await listes.lister(session, filtre, limite=limite, curseur=curseur)


@router.post("/equipements", status_code=201, responses=refusals(TiersNonIdentifie, EtiquetteDejaPosee, CheminInvalide))
async def ajouter(saisie: SaisieEquipement, db: Db, actor: Auteur) -> VueEquipement:
    """Add an object by hand; sold by somebody else unless said otherwise."""
    async with db.transaction(actor) as tx:
        equipement = await tenue.ajouter(tx, saisie)
        await tx.flush()
        return await listes.fiche(tx.session, equipement.id)


@router.post("/equipements/ranger", status_code=204, responses=refusals(EquipementDAutrui, CheminInvalide))
async def ranger(saisie: Rangement, db: Db, actor: Auteur) -> None:
    """Put several objects in a place or a group, created when new."""
    async with db.transaction(actor) as tx:
        await tenue.ranger(tx, saisie)


@router.get("/equipements/{equipement_id}", responses=refusals(EquipementInconnu))
async def fiche(equipement_id: UUID, db: Db, _actor: Lecteur) -> VueEquipement:
    """The whole file of an object, with the list of its values over time."""
    async with db.read() as session:
        return await listes.fiche(session, equipement_id)


@router.put("/equipements/{equipement_id}", responses=refusals(EquipementInconnu, EtiquetteDejaPosee, VersionPerimee))
async def modifier(
    equipement_id: UUID, saisie: SaisieEquipement, db: Db, version: IfMatch, actor: Auteur
) -> VueEquipement:
    """Correct an object; send If-Match with the version read. `valeurs` that differ are added to their lists."""
    async with db.transaction(actor) as tx:
        await tenue.modifier(tx, equipement_id, saisie, version)
        await tx.flush()
        return await listes.fiche(tx.session, equipement_id)


@router.post("/equipements/{equipement_id}/valeurs", status_code=201, responses=refusals(EquipementInconnu))
async def noter(equipement_id: UUID, saisie: SaisieValeur, db: Db, actor: Auteur) -> VueEquipement:
    """Say what a field is worth since a date; the values before it stay."""
    async with db.transaction(actor) as tx:
        le = saisie.le or jour_paris(tx.now)
        await valeurs.noter(tx, equipement_id, saisie.champ, saisie.valeur, le)
        await tx.flush()
        return await listes.fiche(tx.session, equipement_id)


@router.post("/equipements/{equipement_id}/retirer", responses=refusals(EquipementInconnu, EquipementDejaRetire))
async def retirer(equipement_id: UUID, saisie: SaisieRetrait, db: Db, version: IfMatch, actor: Auteur) -> VueEquipement:
    """The object leaves the parc; its history stays."""
    async with db.transaction(actor) as tx:
        await tenue.retirer(tx, equipement_id, saisie.le or jour_paris(tx.now), saisie.motif, version)
        await tx.flush()
        return await listes.fiche(tx.session, equipement_id)
