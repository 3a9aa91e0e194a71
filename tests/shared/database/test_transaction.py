"""What a use case may count on: all or nothing, announced with the change, refused when somebody wrote first."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.orm import selectinload

from shared.contracts.base import Envelope
from shared.database.database import Database
from shared.database.engine import connect
from shared.database.numbering import next_number, reserve_numbers
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.kernel.refusals import VersionPerimee
from shared.testing.eventually import eventually
from tests.shared.database.modele import Fiche, FicheNotee, Ligne, Statut, rows, une_fiche

OUTBOX = "SELECT type, key, correlation_id, causation_id, acteur_nom, occurred_at, payload FROM outbox ORDER BY seq"


async def test_a_change_and_its_fact_are_committed_together(
    database: Database, actor: Actor, clock: FrozenClock
) -> None:
    fiche, demande_id = une_fiche(), new_id()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
        tx.publish(FicheNotee(fiche_id=fiche.id, demande_id=demande_id))
        tx.publish(FicheNotee(fiche_id=fiche.id))
    assert (fiche.version, fiche.cree_le, fiche.modifie_le) == (1, clock.now(), clock.now())
    first, second = await rows(database, OUTBOX)
    assert first[:6] == (FicheNotee.type, fiche.id, demande_id, None, actor.nom, clock.now())
    assert first[6] == {"fiche_id": str(fiche.id), "total_ht": "1.10", "demande_id": str(demande_id)}
    assert second[2] is None


async def test_nothing_remains_of_a_refused_change(database: Database, actor: Actor) -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with database.transaction(actor) as tx:
            fiche = une_fiche()
            tx.add(fiche)
            tx.publish(FicheNotee(fiche_id=fiche.id))
            await tx.flush()
            raise ZeroDivisionError
    assert (
        await rows(database, "SELECT id FROM fiche UNION ALL SELECT id FROM outbox UNION ALL SELECT key FROM outbox")
        == []
    )
    assert await rows(database, "SELECT id FROM audit") == []


async def test_a_fact_alone_is_announced(database: Database, actor: Actor) -> None:
    async with database.transaction(actor, correlation_id=new_id()) as tx:
        tx.publish(FicheNotee(fiche_id=new_id()))
    ((_, _, correlation_id, *_),) = await rows(database, OUTBOX)
    assert correlation_id == tx.correlation_id


async def test_a_fact_announced_in_a_handler_names_its_cause(database: Database, actor: Actor) -> None:
    cause = Envelope(
        id=new_id(),
        seq=1,
        type="t",
        key=new_id(),
        correlation_id=new_id(),
        acteur_nom="X",
        occurred_at=database.clock.now(),
        payload={},
    )
    async with database.transaction(actor, envelope=cause) as tx:
        tx.publish(FicheNotee(fiche_id=new_id()))
    ((_, _, correlation_id, causation_id, *_),) = await rows(database, OUTBOX)
    assert (correlation_id, causation_id) == (cause.correlation_id, cause.id)


async def test_begin_leaves_the_commit_to_its_caller(database: Database, actor: Actor) -> None:
    kept, dropped = database.begin(actor), database.begin(actor)
    kept.add(une_fiche("Gardée"))
    dropped.add(une_fiche("Perdue"))
    await dropped.flush()
    await kept.finish()
    await dropped.abandon()
    assert await rows(database, "SELECT nom FROM fiche") == [("Gardée",)]


async def test_the_second_of_two_writers_is_told_who_changed_what(database: Database, actor: Actor) -> None:
    fiche = une_fiche()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    with pytest.raises(VersionPerimee) as refused:  # noqa: PT012
        async with database.transaction(actor) as tx:
            mine = await tx.get(Fiche, fiche.id)
            async with database.transaction(Actor(nom="Dominique")) as other:
                theirs = await other.get(Fiche, fiche.id)
                assert theirs is not None
                theirs.total_ht = Decimal("99.00")
            assert mine is not None
            mine.nom = "Magasin"
    (modification,) = refused.value.contexte["modifications"]
    assert (modification.par_nom, modification.version) == ("Dominique", 2)
    assert (modification.avant, modification.apres) == ({"total_ht": "12.50"}, {"total_ht": "99.00"})


async def test_an_edit_of_an_old_version_is_refused_before_anything_is_written(
    database: Database, actor: Actor
) -> None:
    fiche = une_fiche()
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    async with database.transaction(actor) as tx:
        read = await tx.get(Fiche, fiche.id)
        assert read is not None
        await tx.expect_version(read, None)
        await tx.expect_version(read, 1)
        read.statut = Statut.VALIDE
    async with database.transaction(actor) as tx:
        read = await tx.get(Fiche, fiche.id)
        assert read is not None
        with pytest.raises(VersionPerimee) as refused:
            await tx.expect_version(read, 1)
    assert [m.apres for m in refused.value.contexte["modifications"]] == [{"statut": "valide"}]


async def test_children_move_the_version_of_their_root(database: Database, actor: Actor, clock: FrozenClock) -> None:
    fiche = une_fiche(lignes=[Ligne(quantite=Decimal(1))])
    async with database.transaction(actor) as tx:
        tx.add(fiche)
    clock.advance(timedelta(hours=1))
    async with database.transaction(actor) as tx:
        read = (await tx.scalars(select(Fiche).options(selectinload(Fiche.lignes)))).one()
        read.lignes.append(Ligne(quantite=Decimal("2.5")))
    assert (read.version, read.modifie_le, read.cree_le) == (2, clock.now(), fiche.cree_le)
    async with database.transaction(actor) as tx:
        read = (await tx.scalars(select(Fiche).options(selectinload(Fiche.lignes)))).one()
        read.lignes[0].quantite = Decimal(7)
        tx.touch(read)
    assert read.version == 3


async def test_reading_cannot_write(database: Database) -> None:
    async with database.read() as session:
        session.add(une_fiche())
        with pytest.raises(TypeError, match="queries"):
            await session.flush()
    async with database.read() as session:
        with pytest.raises(TypeError, match="queries"):
            await session.execute(insert(Fiche).values(nom="x"))


async def test_numbers_have_no_gap_even_when_a_transaction_fails(database: Database, actor: Actor) -> None:
    async def take(fails: bool) -> int:
        async with database.transaction(actor) as tx:
            number = await next_number(tx, "FC-2026")
            if fails:
                raise ZeroDivisionError
            return number

    taken = await asyncio.gather(*(take(n % 3 == 0) for n in range(30)), return_exceptions=True)
    assert sorted(n for n in taken if isinstance(n, int)) == list(range(1, 21))
    async with database.transaction(actor) as tx:
        assert await reserve_numbers(tx, "FC-2026", 5) == range(21, 26)
        assert await next_number(tx, "AV-2026") == 1


async def test_connections_cut_by_the_server_are_replaced_before_use(database: Database, actor: Actor) -> None:
    used: set[Any] = set()
    event.listen(database.engine.sync_engine, "checkout", lambda lent, *_: used.add(lent.driver_connection))
    for _ in range(2):
        async with database.transaction(actor) as tx:
            tx.add(une_fiche())
        admin = await connect(database.url)
        await admin.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")
        await admin.close()
        await eventually(lambda: _all_closed(used))
    async with database.transaction(actor) as tx:
        tx.add(une_fiche())
    assert await rows(database, "SELECT count(*) FROM fiche") == [(3,)]
    assert len(used) == 3


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


async def _all_closed(connections: set[Any]) -> bool:
    """The client has seen every end: a server leaves `pg_stat_activity` a moment before its socket closes."""
    return all(connection.is_closed() for connection in connections)


async def test_a_statement_of_the_driver_goes_with_its_savepoint(database: Database, actor: Actor) -> None:
    async with database.transaction(actor) as tx:
        await tx.fetch("SELECT 1")
        savepoint = await tx.session.begin_nested()
        await tx.fetch("INSERT INTO compteur VALUES ('essai', 1)")
        await savepoint.rollback()
        tx.add(une_fiche())
    assert await rows(database, "SELECT serie FROM compteur") == []
    assert len(await rows(database, "SELECT id FROM fiche")) == 1
