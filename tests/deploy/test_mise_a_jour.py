"""A database installed with an earlier form of a migration is brought to the same tables as a new one."""

import pytest
from sqlalchemy import text

from shared.database import migrations
from shared.database.database import Database

# What 0004 made before its text was changed, from what it makes today.
AVANT = {
    "billing": (
        "ALTER TABLE releve_bancaire RENAME TO releve",
        "ALTER TABLE releve RENAME CONSTRAINT pk_releve_bancaire TO pk_releve",
        "ALTER TABLE operation_bancaire RENAME COLUMN releve_bancaire_id TO releve_id",
        "ALTER TABLE operation_bancaire"
        " RENAME CONSTRAINT fk_operation_bancaire_releve_bancaire_id TO fk_operation_bancaire_releve_id",
        "ALTER INDEX ix_operation_bancaire_releve_bancaire_id RENAME TO ix_operation_bancaire_releve_id",
    ),
    "commercial": (
        "ALTER TABLE signature DROP COLUMN document_signe_type",
        "ALTER TABLE proposition DROP COLUMN papier_signe_sha256,"
        " DROP COLUMN papier_signe_nom, DROP COLUMN papier_signe_type",
    ),
}
COLONNES = """
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, column_name
"""
INDEX = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"
CONTRAINTES = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY conname"


async def _schema(database: Database) -> list[list[tuple[object, ...]]]:
    async with database.read() as session:
        return [[tuple(ligne) for ligne in await session.execute(text(r))] for r in (COLONNES, INDEX, CONTRAINTES)]


@pytest.mark.parametrize("service", AVANT)
async def test_une_base_d_avant_finit_comme_une_neuve(service: str, empty_database_url: str) -> None:
    await migrations.upgrade(service, empty_database_url)
    database = Database(service, empty_database_url)
    try:
        neuve = await _schema(database)
        async with database.engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA public CASCADE"))
            await connection.execute(text("CREATE SCHEMA public"))
        await migrations.upgrade(service, empty_database_url, revision="0004")
        async with database.engine.begin() as connection:
            for instruction in AVANT[service]:
                await connection.execute(text(instruction))
        await migrations.upgrade(service, empty_database_url)
        assert await _schema(database) == neuve
    finally:
        await database.close()
