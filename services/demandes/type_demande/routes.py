"""Types, states and rules over HTTP."""

from typing import Annotated
from uuid import UUID

from services.demandes.errors import (
    CodeDejaPris,
    EtatEncoreUtilise,
    EtatInconnu,
    EtatInitialManquant,
    RegleInconnue,
    TypeInconnu,
    VersionInconnue,
)
from services.demandes.type_demande import queries, use_cases
from services.demandes.type_demande.schemas import (
    FaitSuivi,
    LigneType,
    LigneVersion,
    RetoucheEtat,
    RetoucheRegle,
    SaisieType,
    VueDomaine,
    VueType,
)
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("types-demande")
Configurer = Annotated[Actor, may("demande.configurer")]


@router.get("/types-demande")
async def lister(db: Db, _actor: CurrentActor) -> list[LigneType]:
    """Every type with its states."""
    async with db.read() as session:
        return await queries.lister(session)


@router.get("/domaines")
async def domaines(db: Db, _actor: CurrentActor) -> list[VueDomaine]:
    """What a demande may be about."""
    async with db.read() as session:
        return await queries.domaines(session)


@router.get("/types-demande/{code}", responses=refusals(TypeInconnu))
async def fiche(code: str, db: Db, _actor: CurrentActor) -> VueType:
    """A whole type: states, moves, rules."""
    async with db.read() as session:
        return await queries.fiche(session, code)


@router.get("/faits-suivis")
async def faits(_actor: CurrentActor) -> list[FaitSuivi]:
    """The facts rules may wait for."""
    return queries.faits()


@router.get("/types-demande/{code}/versions")
async def versions(code: str, db: Db, _actor: Configurer) -> list[LigneVersion]:
    """The circuits a type had before, latest first."""
    async with db.read() as session:
        return await queries.versions(session, code)


@router.get("/types-demande/{code}/versions/{numero}", responses=refusals(VersionInconnue))
async def version(code: str, numero: int, db: Db, _actor: Configurer) -> SaisieType:
    """An earlier circuit, as it would be written again: send it with PUT to put it back."""
    async with db.read() as session:
        return await queries.version(session, code, numero)


@router.post("/types-demande", status_code=201, responses=refusals(CodeDejaPris, EtatInitialManquant, EtatInconnu))
async def creer(saisie: SaisieType, db: Db, actor: Configurer) -> VueType:
    """A new type, usable at once."""
    async with db.transaction(actor) as tx:
        nouveau = await use_cases.creer(tx, saisie)
    return queries.vue(nouveau)


@router.put("/types-demande/{code}", responses=refusals(TypeInconnu, EtatEncoreUtilise, EtatInconnu, VersionPerimee))
async def remplacer(code: str, saisie: SaisieType, db: Db, version: IfMatch, actor: Configurer) -> VueType:
    """Replace the circuit of a type; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        change = await use_cases.remplacer(tx, code, saisie, version)
    return queries.vue(change)


@router.put("/types-demande/{code}/etats/{etat}", responses=refusals(TypeInconnu, EtatInconnu, VersionPerimee))
async def retoucher_etat(
    code: str, etat: str, saisie: RetoucheEtat, db: Db, version: IfMatch, actor: Configurer
) -> VueType:
    """Change a state, and where people may move from it."""
    async with db.transaction(actor) as tx:
        change = await use_cases.retoucher_etat(tx, code, etat, saisie, version)
    return queries.vue(change)


@router.put("/types-demande/{code}/regles/{regle_id}", responses=refusals(TypeInconnu, RegleInconnue, VersionPerimee))
async def regler(
    code: str, regle_id: UUID, saisie: RetoucheRegle, db: Db, version: IfMatch, actor: Configurer
) -> VueType:
    """Make a rule automatic, proposed or inactive."""
    async with db.transaction(actor) as tx:
        change = await use_cases.regler(tx, code, regle_id, saisie, version)
    return queries.vue(change)
