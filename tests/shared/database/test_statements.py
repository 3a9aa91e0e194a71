"""A statement built once is sent by the driver, and nobody can tell: same rows, same transaction, same refusals, same reach."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import bindparam, event, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from shared.database.database import Database
from shared.database.engine import connect
from shared.database.etendue import Regle
from shared.database.statements import among, once
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from shared.testing.statements import sent
from tests.shared.database.modele import Fiche, Statut, rows, une_fiche

LUES = select(Fiche.nom, Fiche.total_ht, Fiche.statut, Fiche.options, func.count().over().label("nombre")).where(
    among(Fiche.id, "ids")
)
LUES_DIRECT = once(LUES.where(Fiche.nom != ""))
CELLES = once(select(Fiche.id).where(Fiche.nom == bindparam("nom")))
RENOMMER = once(
    update(Fiche.__table__).where(Fiche.id == bindparam("de")).values(nom=bindparam("vers")).returning(Fiche.statut)  # type: ignore[arg-type]
)
AJOUTER = once(insert(Fiche.__table__))  # type: ignore[arg-type]


@pytest.fixture
async def fiche(database: Database, actor: Actor) -> Fiche:
    """One sheet, written."""
    fiche = une_fiche("Réserve", options={"a": ["é", 1]}, prix=Decimal("3.1000"))
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    return fiche


def by_session(database: Database) -> list[str]:
    """What SQLAlchemy itself sends from now on."""
    seen: list[str] = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    return seen


async def test_rows_are_those_of_the_session(database: Database, actor: Actor, fiche: Fiche) -> None:
    seen = by_session(database)
    async with database.transaction(actor) as tx:
        par_session = (await tx.execute(LUES, {"ids": [fiche.id]})).one()
        assert len(seen) == 1
        par_pilote = (await tx.execute(LUES_DIRECT, {"ids": [fiche.id]})).one()
    assert tuple(par_pilote) == tuple(par_session)
    assert (par_pilote.statut, par_pilote.options, par_pilote.nombre) == (Statut.BROUILLON, {"a": ["é", 1]}, 1)
    async with database.read() as session:
        assert list(await session.scalars(CELLES, {"nom": "Réserve"})) == [fiche.id]
        assert await session.scalar(CELLES, {"nom": "ailleurs"}) is None
    assert len(seen) == 1


async def test_it_sees_what_is_pending_and_is_undone_with_the_rest(database: Database, actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with database.transaction(actor) as tx:
            neuve = une_fiche("Atelier")
            tx.add(neuve)
            assert await tx.scalar(CELLES, {"nom": "Atelier"}) == neuve.id
            assert await tx.scalar(RENOMMER, {"de": neuve.id, "vers": "Étage"}) is Statut.BROUILLON
            assert await tx.scalar(CELLES, {"nom": "Étage"}) == neuve.id
            raise ZeroDivisionError
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Fiche)) == 0


async def test_the_first_statement_begins_the_transaction(database: Database, actor: Actor, fiche: Fiche) -> None:
    tx = database.begin(actor)
    await tx.scalar(RENOMMER, {"de": fiche.id, "vers": "Étage"})
    await tx.abandon()
    async with database.transaction(actor) as tx:
        await tx.fetch("UPDATE fiche SET nom = 'Cave' WHERE id = $1", fiche.id)
    async with database.read() as session:
        assert await session.scalar(select(Fiche.nom)) == "Cave"


async def test_a_refusal_of_the_database_is_told_the_same_way(database: Database, actor: Actor, fiche: Fiche) -> None:
    async def doubler(tx: Any, statement: Any) -> None:
        valeurs = {"id": fiche.id, "version": 1, "nom": "Deux", "total_ht": Decimal(1), "statut": Statut.VALIDE}
        await tx.execute(statement, {**valeurs, "cree_le": tx.now, "modifie_le": tx.now})

    etats = []
    for statement in (AJOUTER, insert(Fiche.__table__)):  # type: ignore[arg-type]
        with pytest.raises(IntegrityError) as refus:
            async with database.transaction(actor) as tx:
                await doubler(tx, statement)
        etats.append((refus.value.orig.sqlstate, refus.value.orig.__cause__.detail))  # type: ignore[union-attr]
    assert etats[0] == etats[1]


async def test_a_narrowed_reach_is_kept(database: Database, fiche: Fiche) -> None:
    regle = Regle("fiche", Fiche, lambda source, _qui: source.nom == "à soi")
    database.etendues = (regle,)
    borne = Actor(nom="Manon", id=new_id(), etendues=frozenset({("fiche", "siens")}))
    async with database.transaction(borne) as tx:
        assert await tx.scalar(CELLES, {"nom": "Réserve"}) is None
    async with database.transaction(Actor.systeme("essai")) as tx:
        assert await tx.scalar(CELLES, {"nom": "Réserve"}) == fiche.id


async def test_the_connection_of_a_cancelled_statement_serves_nobody_else(database: Database, actor: Actor) -> None:
    async def tenir() -> None:
        async with database.transaction(actor) as tx:
            tenues.append((await tx.fetch("SELECT pg_backend_pid()"))[0][0])
            tenue.set()
            await tx.fetch("SELECT pg_sleep(60)")

    tenues: list[int] = []
    tenue = asyncio.Event()
    travail = asyncio.create_task(tenir())
    await tenue.wait()
    travail.cancel()
    with pytest.raises(asyncio.CancelledError):
        await travail
    async with database.transaction(actor) as tx:
        assert (await tx.fetch("SELECT pg_backend_pid()"))[0][0] not in tenues


LENT = """
CREATE FUNCTION dormir() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER lent AFTER INSERT ON compteur DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dormir()
"""


async def test_the_connection_of_a_cancelled_commit_serves_nobody_else(database: Database, actor: Actor) -> None:
    async def ecrire() -> None:
        async with database.transaction(actor) as tx:
            tenues.append((await tx.fetch("SELECT pg_backend_pid()"))[0][0])
            await tx.fetch("INSERT INTO compteur VALUES ('lent', 1)")

    async def en_train_de_valider() -> None:
        dites = await rows(database, f"SELECT query FROM pg_stat_activity WHERE pid = {tenues[0]}")
        assert dites[0][0].startswith("COMMIT")

    tenues: list[int] = []
    proprietaire = await connect(database.url)
    await proprietaire.execute(LENT)
    try:
        travail = asyncio.create_task(ecrire())
        await eventually(en_train_de_valider)
        travail.cancel()
        with pytest.raises(asyncio.CancelledError):
            await travail
        async with database.transaction(actor) as tx:
            assert (await tx.fetch("SELECT pg_backend_pid()"))[0][0] not in tenues
        assert await rows(database, "SELECT serie FROM compteur") == []
    finally:
        await proprietaire.execute("DROP FUNCTION dormir CASCADE")
        await proprietaire.close()


def test_objects_are_left_to_the_session() -> None:
    with pytest.raises(TypeError):
        once(select(Fiche))


async def test_it_is_counted(database: Database, actor: Actor, fiche: Fiche) -> None:
    with sent(database) as seen:
        async with database.transaction(actor) as tx:
            for _ in range(2):
                await tx.scalar(CELLES, {"nom": fiche.nom})
            await tx.execute(LUES, {"ids": [fiche.id]})
            autres: Any = update(Fiche.__table__).where(Fiche.id == bindparam("de")).values(nom=bindparam("vers"))  # type: ignore[arg-type]
            await tx.execute(autres, [{"de": new_id(), "vers": "a"}, {"de": new_id(), "vers": "b"}])
    assert len(seen) == 4
