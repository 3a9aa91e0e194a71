"""The directory over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.contacts.errors import (
    GenreFerme,
    SiretDejaConnu,
    TiersAbsorbe,
    TiersDejaClient,
    TiersInconnu,
    TypeDeContactInconnu,
)
from services.contacts.genre.schemas import CodeGenre
from services.contacts.tiers import queries, rules, use_cases
from services.contacts.tiers.schemas import Doublon, LigneTiers, SaisieTiers, VueTiers
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("tiers")
Court = Annotated[str, Query(max_length=200)]


@router.get("/tiers")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("tiers.lire")],
    q: Recherche = None,
    role: CodeGenre | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneTiers]:
    """The directory, searched by name, code, e-mail, town or phone digits."""
    async with db.read() as session:
        return await queries.lister(session, q=q, role=role, limite=limite, curseur=curseur)


@router.post("/tiers", status_code=201, responses=refusals(SiretDejaConnu, TypeDeContactInconnu, GenreFerme))
async def creer(saisie: SaisieTiers, db: Db, actor: Annotated[Actor, may("tiers.modifier")]) -> VueTiers:
    """A new tiers."""
    async with db.transaction(actor) as tx:
        tiers = await use_cases.creer(tx, saisie)
    return VueTiers.model_validate(tiers)


@router.get("/tiers/doublons")
async def doublons(
    db: Db,
    _actor: Annotated[Actor, may("tiers.lire")],
    nom: Court = "",
    telephone: Court = "",
    email: Court = "",
    siren: Court = "",
    sauf: UUID | None = None,
) -> list[Doublon]:
    """At most three tiers that look like what is being typed."""
    saisi = {"nom": nom.strip(), "email": email.strip().lower(), "siren": "".join(siren.split())}
    async with db.read() as session:
        return await queries.doublons(session, telephone=rules.telephone_probable(telephone), sauf=sauf, **saisi)


@router.get("/tiers/{tiers_id}", responses=refusals(TiersInconnu))
async def fiche(tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("tiers.lire")]) -> VueTiers:
    """The whole file of one tiers."""
    async with db.read() as session:
        return await queries.fiche(session, tiers_id)


@router.put(
    "/tiers/{tiers_id}",
    responses=refusals(TiersInconnu, TiersAbsorbe, SiretDejaConnu, VersionPerimee, TypeDeContactInconnu, GenreFerme),
)
async def modifier(
    tiers_id: UUID, saisie: SaisieTiers, db: Db, version: IfMatch, actor: Annotated[Actor, may("tiers.modifier")]
) -> VueTiers:
    """Replace the file; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        tiers = await use_cases.modifier(tx, tiers_id, saisie, version)
    return VueTiers.model_validate(tiers)


@router.post("/tiers/{tiers_id}/convertir", responses=refusals(TiersInconnu, TiersDejaClient))
async def convertir(tiers_id: UUID, db: Db, actor: Annotated[Actor, may("tiers.modifier")]) -> VueTiers:
    """A prospect becomes a client."""
    async with db.transaction(actor) as tx:
        tiers = await use_cases.convertir_prospect(tx, tiers_id)
    return VueTiers.model_validate(tiers)
