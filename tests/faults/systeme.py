"""Two small services whose every change can be counted: accounts that take numbers, and those who note them."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import DeclarativeBase, Mapped

from shared.bus.subscriptions import Subscriptions
from shared.contracts.base import Fact
from shared.database import platform
from shared.database.base import ServiceBase
from shared.database.columns import Aggregate
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

COMPTES = 40
RANGS = 50
FAITS = COMPTES * RANGS
MOI = Actor(nom="Banc de pannes", permissions=frozenset({"*"}))

TABLES = """
CREATE TABLE journal (compte_id uuid, rang int);
CREATE TABLE solde (compte_id uuid PRIMARY KEY, rang int, seq bigint);
CREATE TABLE inversion (compte_id uuid, attendu int, recu int);
CREATE TABLE travail (compte_id uuid, rang int, PRIMARY KEY (compte_id, rang));
"""


class Base(ServiceBase, DeclarativeBase):
    """The tables of the emitter."""


class Compte(Aggregate, Base):
    """An account and the last number it took."""

    __tablename__ = "compte"
    rang: Mapped[int]


class RangPris(Fact, type="pannes.rang_pris.v1", key="compte_id"):
    """An account took its next number."""

    compte_id: UUID
    rang: int


async def create_tables(emetteur: Database, auditeur: Database) -> None:
    """Everything both services need, and the accounts at zero."""
    for database in (emetteur, auditeur):
        async with database.engine.begin() as connection:
            await connection.run_sync(platform.metadata.create_all)
    async with emetteur.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with auditeur.engine.begin() as connection:
        for statement in TABLES.strip().split(";\n"):
            await connection.execute(text(statement))
    async with emetteur.transaction(MOI) as tx:
        tx.add_all(Compte(rang=0) for _ in range(COMPTES))


async def prendre(tx: Transaction, compte_id: UUID) -> int:
    """Take the next number, announce it, and return it; 0 when all are taken."""
    compte = await tx.get(Compte, compte_id, with_for_update=True)
    if compte is None or compte.rang >= RANGS:
        return 0
    compte.rang += 1
    tx.publish(RangPris(compte_id=compte.id, rang=compte.rang))
    return compte.rang


class Sabotage:
    """What the handlers of a process do beside their work; production code knows nothing of it."""

    async def in_journal(self, tx: Transaction, fait: RangPris) -> None:
        """Called once the journal row is written, before the commit."""

    async def in_solde(self, tx: Transaction, fait: RangPris) -> None:
        """Called once the projection is written, before the commit."""


def subscriptions(sabotage: Sabotage) -> Subscriptions:
    """The listener: an order-blind journal, an ordered projection, a job."""
    declared = Subscriptions("auditeur")

    @declared.on(RangPris, group="parallele")
    async def journal(tx: Transaction, fait: RangPris) -> None:
        values = {"c": fait.compte_id, "r": fait.rang}
        await tx.execute(text("INSERT INTO journal VALUES (:c, :r)"), values)
        await sabotage.in_journal(tx, fait)

    @declared.on(RangPris)
    async def solde(tx: Transaction, fait: RangPris) -> None:
        assert tx.envelope is not None
        values = {"c": fait.compte_id, "r": fait.rang, "s": tx.envelope.seq}
        await tx.execute(text(INVERSION), {"c": fait.compte_id, "r": fait.rang})
        await tx.execute(text(PROJECTION), values)
        await sabotage.in_solde(tx, fait)

    @declared.job(RangPris)
    async def travail(db: Database, fait: RangPris) -> None:
        if fait.rang % 10 == 0:
            async with db.transaction(MOI) as tx:
                values = {"c": fait.compte_id, "r": fait.rang}
                await tx.execute(text("INSERT INTO travail VALUES (:c, :r) ON CONFLICT DO NOTHING"), values)

    return declared


INVERSION = """
INSERT INTO inversion SELECT :c, coalesce(max(rang), 0) + 1, :r FROM solde WHERE compte_id = :c
HAVING coalesce(max(rang), 0) + 1 <> :r
"""
PROJECTION = """
INSERT INTO solde VALUES (:c, :r, :s)
ON CONFLICT (compte_id) DO UPDATE SET rang = excluded.rang, seq = excluded.seq WHERE excluded.seq > solde.seq
"""
