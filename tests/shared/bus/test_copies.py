"""Copies declared as such: written without a session, with the guarantees of every other subscription."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import BigInteger
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.bus.handling import GroupHandler
from shared.bus.relay import Relay
from shared.bus.subscriptions import Groupe
from shared.bus.transports.inprocess import InProcessTransport
from shared.contracts.base import Envelope, Fact
from shared.database.base import ServiceBase
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from shared.testing.statements import sent
from tests.shared.bus.banc import Banc, NoteLue, NotePrise, rows

TROP_GRAND = 2**40


class Base(ServiceBase, DeclarativeBase):
    """The tables of these tests."""


class CopieNote(Base):
    """The last note of each account."""

    __tablename__ = "copie_note"
    compte_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    rang: Mapped[int]


class RangVu(Base):
    """Every place an account was seen at: nothing but a key."""

    __tablename__ = "rang_vu"
    compte_id: Mapped[UUID] = mapped_column(primary_key=True)
    rang: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture
async def suiveur(banc: Banc) -> Banc:
    """The bench, whose listener keeps the last note of each account."""

    @banc.subscriptions.copies(CopieNote, NotePrise)
    def copier(fait: NotePrise) -> Values:
        return {"compte_id": fait.compte_id, "rang": fait.rang}

    async with banc.auditeur.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return banc


async def _copies(banc: Banc) -> dict[UUID, int]:
    return {ligne[0]: ligne[1] for ligne in await rows(banc.auditeur, "SELECT compte_id, rang FROM copie_note")}


async def _carried(banc: Banc, *facts: Fact) -> list[Envelope]:
    """The envelopes of facts just emitted, as a transport receives them."""
    seen: list[Envelope] = []

    class Temoin(InProcessTransport):
        async def publish(self, batch: object, suspects: frozenset[UUID]) -> set[UUID]:
            seen.extend(batch)  # type: ignore[arg-type]
            return {envelope.id for envelope in seen}

    await banc.emit(*facts)
    await Relay(banc.emetteur, Temoin()).sweep_once()
    return seen


@pytest.fixture
async def guichet(suiveur: Banc) -> AsyncIterator[GroupHandler]:
    """What receives deliveries, called by hand."""
    handler = GroupHandler(suiveur.auditeur, suiveur.subscriptions, Groupe.ORDONNE)
    yield handler
    await handler.close()


async def test_facts_travel_to_the_copy(suiveur: Banc) -> None:
    comptes = [new_id() for _ in range(3)]
    await suiveur.start()
    for rang in range(10):
        await suiveur.emit(*(NotePrise(compte_id=compte, rang=rang) for compte in comptes))

    async def check() -> None:
        assert await _copies(suiveur) == dict.fromkeys(comptes, 9)
        assert await rows(suiveur.auditeur, "SELECT count(*) FROM inbox") == [(30,)]

    await eventually(check)


async def test_the_last_fact_wins_whatever_the_order_and_the_repetitions(suiveur: Banc, guichet: GroupHandler) -> None:
    compte = new_id()
    premier, second, dernier = await _carried(suiveur, *(NotePrise(compte_id=compte, rang=rang) for rang in (1, 2, 3)))
    await guichet.handle([second])
    await guichet.handle([premier])
    assert await _copies(suiveur) == {compte: 2}
    await guichet.handle([dernier, second])
    await guichet.handle([premier, second, dernier])
    assert await _copies(suiveur) == {compte: 3}
    assert await rows(suiveur.auditeur, "SELECT count(*) FROM inbox") == [(3,)]


async def test_a_fact_the_table_refuses_is_put_aside_alone(suiveur: Banc, guichet: GroupHandler) -> None:
    bon, mauvais = new_id(), new_id()
    facts = (NotePrise(compte_id=mauvais, rang=TROP_GRAND), NotePrise(compte_id=bon, rang=1))
    await guichet.handle(await _carried(suiveur, *facts))
    assert await _copies(suiveur) == {bon: 1}
    ((nom, etat, erreur, _),) = await suiveur.parked()
    assert (nom, etat) == ("copier", "waiting")
    assert "out of range" in erreur


async def test_a_copy_waits_behind_an_earlier_fact_of_its_key(suiveur: Banc, guichet: GroupHandler) -> None:
    @suiveur.subscriptions.on(NoteLue)
    async def capricieux(tx: Transaction, fait: NoteLue) -> None:
        raise RuntimeError("pas encore")

    compte, libre = new_id(), new_id()
    lue, prise, autre = await _carried(
        suiveur,
        NoteLue(compte_id=compte),
        NotePrise(compte_id=compte, rang=1),
        NotePrise(compte_id=libre, rang=7),
    )
    await guichet.handle([lue])
    await guichet.handle([prise, autre])
    assert await _copies(suiveur) == {libre: 7}
    assert [ligne[:2] for ligne in await suiveur.parked()] == [("capricieux", "waiting"), ("copier", "waiting")]


async def test_a_connection_cut_between_two_facts_loses_none(suiveur: Banc, guichet: GroupHandler) -> None:
    compte = new_id()
    premier, second = await _carried(suiveur, *(NotePrise(compte_id=compte, rang=rang) for rang in (1, 2)))
    await guichet.handle([premier])
    couper = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'copies-auditeur' AND datname = current_database()"
    )
    assert await rows(suiveur.auditeur, couper) == [(True,)]
    await guichet.handle([second])
    assert await _copies(suiveur) == {compte: 2}


@pytest.fixture
async def collecteur(banc: Banc) -> AsyncIterator[GroupHandler]:
    """The bench, whose listener adds rows of a table that is nothing but its key: two for an even note, none for an odd one."""

    @banc.subscriptions.collects(RangVu, NotePrise)
    def collecter(fait: NotePrise) -> list[Values]:
        rangs = (fait.rang, fait.rang + 1) if fait.rang % 2 == 0 else ()
        return [{"compte_id": fait.compte_id, "rang": rang} for rang in rangs]

    async with banc.auditeur.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    handler = GroupHandler(banc.auditeur, banc.subscriptions, Groupe.ORDONNE)
    yield handler
    await handler.close()


async def test_rows_collected_stay_whatever_is_repeated_and_without_a_session(
    banc: Banc, collecteur: GroupHandler
) -> None:
    compte = new_id()
    faits = await _carried(banc, *(NotePrise(compte_id=compte, rang=rang) for rang in (2, 3, 4, 5)))
    with sent(banc.auditeur) as par_session:
        await collecteur.handle(faits[2:])
        await collecteur.handle([faits[1]])
        await collecteur.handle(faits)
    assert par_session == []
    vus = await rows(banc.auditeur, "SELECT compte_id, rang FROM rang_vu ORDER BY rang")
    assert vus == [(compte, rang) for rang in (2, 3, 4, 5)]
    assert await rows(banc.auditeur, "SELECT count(*) FROM inbox") == [(4,)]


async def test_rows_collected_beside_a_suspect_go_through_the_usual_way(banc: Banc, collecteur: GroupHandler) -> None:
    compte = new_id()
    (fait,) = await _carried(banc, NotePrise(compte_id=compte, rang=6))
    await collecteur.handle([fait], suspects=frozenset({fait.id}))
    await collecteur.handle([fait], suspects=frozenset({fait.id}))
    assert await rows(banc.auditeur, "SELECT rang FROM rang_vu ORDER BY rang") == [(6,), (7,)]


async def test_a_table_that_holds_more_than_its_key_is_a_copy(banc: Banc) -> None:
    with pytest.raises(ValueError, match="holds more than a key"):
        banc.subscriptions.collects(CopieNote, NotePrise)
